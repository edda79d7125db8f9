#!/usr/bin/env bash
# Breaks the reducer, the lane machine, the store, the readers of the log and the merge planner, one change at a time, and asks the tests whether they notice.
#
#   tests/mutation/run.sh [JOBS [PART [N]]]      the mutants that were not tried yet: with as many workers as there are processors; those of a room, or of files whose names
#                                                have that part, or of several (lock|RowTime); of a sample of one of N, always the same
#   tests/mutation/run.sh --again [JOBS [PART]]  those that were tried and not noticed, but for the known survivors, with the tests that take long too
#   tests/mutation/run.sh --report               the score of all that were tried so far
#   tests/mutation/run.sh --check                only compiles them
#
# MUTATION_TESTS="Lock Faults" asks only the tests with one of these in their names: quick, to see what new ones notice; what they do not notice is not kept.
#
# The last line is the score; status 1 below 90 %. artifacts/mutation/results.txt says of each mutant what noticed it (delete it to begin anew); docs/mutation.md says how it works.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The fuzzers come last, where nothing smaller noticed; a sample of their sample is enough there.
export FUZZ_EXECUTIONS="${FUZZ_EXECUTIONS:-1500}"
mkdir -p artifacts/mutation

dotnet build tests/mutation --nologo -v quiet
dotnet build tests/Runtime.Tests --nologo -v quiet
# Once more with what the generators wrote laid down: the mutants are compiled from it.
rm -rf artifacts/mutation/generated
dotnet build src/Runtime --no-dependencies --no-incremental --nologo -v quiet -p:EmitCompilerGeneratedFiles=true -p:CompilerGeneratedFilesOutputPath="$PWD/artifacts/mutation/generated"
tool=artifacts/bin/SpecKitty.Mutation/debug/SpecKitty.Mutation
if [[ "${1:-}" == --check ]]; then
  exec "$tool" check .
fi
if [[ "${1:-}" == --report ]]; then
  exec "$tool" report .
fi
if [[ "${1:-}" == --again ]]; then
  exec "$tool" again . "${2:-$(nproc)}" "${3:-}"
fi
exec "$tool" run . "${1:-$(nproc)}" "${2:-}" "${3:-1}"
