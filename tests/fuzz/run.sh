#!/usr/bin/env bash
# Fuzzes everything that takes bytes from outside, in process: argv, policy, evidence, event logs and their merge, meta.json, lanes.json, task files, config.yaml.
#
#   tests/fuzz/run.sh [EXECUTIONS [SEED [TEST]]]    a million each by default; a seed that differs from run to run; all targets, or the test of FuzzTests with that name
#
# `dotnet test` does the same with ten thousand and always the same seed. What breaks a target is made smaller and kept in artifacts/fuzz; once it is understood it
# belongs into tests/Runtime.Tests/Fuzz/Data/<target>/, where it is tried first from then on. docs/fuzzing.md says what is asked of each target.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export FUZZ_EXECUTIONS="${1:-1000000}" FUZZ_SEED="${2:-$((RANDOM * 32768 + RANDOM))}" FUZZ_CRASHES="$PWD/artifacts/fuzz" FUZZ_TALLY="$PWD/artifacts/fuzz/tally.txt"
mkdir -p artifacts/fuzz
: >"$FUZZ_TALLY"

dotnet build tests/Runtime.Tests -c Release --nologo -v quiet
printf '%d executions each, seed %d\n' "$FUZZ_EXECUTIONS" "$FUZZ_SEED"
status=0
artifacts/bin/SpecKitty.Runtime.Tests/release/SpecKitty.Runtime.Tests --no-progress --treenode-filter "/*/*/FuzzTests/${3:-*}" || status=$?
sort "$FUZZ_TALLY"
exit "$status"
