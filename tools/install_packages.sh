#!/usr/bin/env bash
# Installs what is missing of the named sections of tools/packages.txt: install_packages.sh build run test
set -euo pipefail
list="$(dirname "$0")/packages.txt"
wanted=()
for section in "$@"; do
  mapfile -t -O "${#wanted[@]}" wanted < <(awk -v s="[$section]" '/^\[/ {on = ($0 == s); next} on && NF && !/^#/' "$list")
done
missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0
echo "Installing from Debian: ${missing[*]}" >&2
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "error: these packages are missing and there is no sudo: ${missing[*]}" >&2; exit 2; }
  as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
