#!/usr/bin/env bash
# Fails where an object compiled for a wide instruction set defines code that the linker may share
# with objects of the baseline: an older processor would then meet instructions that it lacks.
# wide_code.sh LIBRARY MEMBER...
set -euo pipefail
library=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for member in "$@"; do
  (cd "$folder" && ar x "$library" "$member")
  if shared=$(nm -C "$folder/$member" | grep -E ' [WVu] '); then
    echo "$member defines code that others may share:"
    echo "$shared"
    exit 1
  fi
done
