#!/usr/bin/env bash
# Fails where a C++ file is not as clang-format writes it.
set -euo pipefail
cd "$1"
git ls-files '*.cpp' '*.hpp' | xargs -r clang-format --dry-run --Werror
