#!/usr/bin/env bash
# What a call costs as a project grows: rows in a mission's log, work packages in a mission, missions in a repository.
#
#   benchmarks/scale.sh [--runs N] [--stdout]
#
# Every call runs N times (20 by default); the least and the median wall time, processor time, instructions (callgrind) and the peak resident set are reported, on a warm
# cache. Writes benchmarks/results/DATE-CPU-scale.md, or stdout with --stdout. Needs what publish.sh needs, valgrind and python3, and 1.5 GB of disk.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
. "$root/benchmarks/report.sh"
runs=20
options "$@"

readonly work="$root/artifacts/scale"
rm -rf -- "$work"
mkdir -p "$work"
cd "$root"
./publish.sh --if-stale >/dev/null
gcc -O2 -o "$work/scan" benchmarks/scan.c
gcc -O2 -o "$work/usage" benchmarks/usage.c
fixtures="$(mktemp -d)"
readonly fixtures
trap 'rm -rf -- "$fixtures"' EXIT
{
  heading 'Scale'
  printf -- '- method: %s runs of each call, no shell, warm cache\n\n' "$runs"
  python3 benchmarks/scale.py "$(executable)" "$work" "$fixtures" "$runs"
} >"$work/report.md"
publish_report "$work/report.md" scale
