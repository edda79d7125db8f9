#!/usr/bin/env bash
# What a call costs from fork to exit, beside a C program and beside the least that a native .NET program can be.
#
#   benchmarks/coldstart.sh [--rounds N] [--stdout]
#
# Every command runs once in each of N rounds (400 by default), so that a slow minute of the machine falls on all of them alike; the ratio to the bare program
# is taken within a round, and the median of all rounds is reported. Beside wall time: instructions (callgrind), minor page faults, peak resident set,
# processor time, and where the instructions of some calls are spent, room by room.
# Writes benchmarks/results/DATE-CPU.md, or stdout with --stdout. Needs what publish.sh needs, and valgrind and python3.
set -euo pipefail
exec python3 -- "$(dirname -- "${BASH_SOURCE[0]}")/coldstart.py" "$@"
