#!/usr/bin/env bash
# Runs the quickstart study and says where its report is. Run again: it resumes.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-build/quickstart}
build/vitreous run examples/quickstart/study.toml --out "$out"
echo "The report: $(realpath "$out")/report.html"
