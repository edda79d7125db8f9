#!/usr/bin/env bash
# Many callers at once: 1 to 64 on one mission and on many, and readers beside writers.
#
#   benchmarks/concurrency.sh [--runs SECONDS] [--stdout]
#
# Every figure is taken over some seconds (5 by default). Writes benchmarks/results/DATE-CPU-concurrency.md, or stdout with --stdout. Needs what publish.sh needs.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
. "$root/benchmarks/report.sh"
runs=5
options "$@"
load_report concurrency Concurrency "$runs"
