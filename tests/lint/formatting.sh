#!/usr/bin/env bash
# Fails where a C++ file is not as clang-format writes it.
set -euo pipefail
cd "$1"
find src tests bench validation -name '*.cpp' -o -name '*.hpp' | xargs -r clang-format --dry-run --Werror
