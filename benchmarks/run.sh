#!/usr/bin/env bash
# A whole run, simulated: 64 agents, 200 work packages, as the reference client calls the host. How much of it is the host?
#
#   benchmarks/run.sh [--runs SECONDS] [--stdout]
#
# SECONDS is how long an agent works on a package on average (6 by default; a real one takes minutes). Writes benchmarks/results/DATE-CPU-run.md, or
# stdout with --stdout. Needs what publish.sh needs.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
. "$root/benchmarks/report.sh"
runs=6
options "$@"
load_report run 'Simulated run' "$runs"
