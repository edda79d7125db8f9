#!/usr/bin/env bash
# What a call costs from fork to exit, beside a C program and beside the least that a native .NET program can be.
#
#   benchmarks/coldstart.sh [--rounds N] [--runs N] [--stdout]
#
# Every command runs in rounds (8 by default) of 50 runs after 20 warm-ups each, one command after the other in every round, so that a
# slow minute of the machine falls on all of them; ratios are taken within a round and their median is reported. Beside wall time: instructions
# (callgrind), minor page faults, peak resident set, processor time. Writes benchmarks/results/DATE-CPU.md, or stdout with --stdout.
# Needs what publish.sh needs, and hyperfine, valgrind and python3. Run it on a machine that does nothing else.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
rounds=8
runs=50
to_stdout=false

die() {
  printf 'coldstart.sh: %s\n' "$1" >&2
  exit 1
}

while [[ $# -gt 0 ]]; do
  case "$1" in
    --rounds) rounds="$2"; shift ;;
    --runs) runs="$2"; shift ;;
    --stdout) to_stdout=true ;;
    *) die "what is '$1'? usage: benchmarks/coldstart.sh [--rounds N] [--runs N] [--stdout]" ;;
  esac
  shift
done
for tool in hyperfine valgrind python3 gcc dotnet git; do
  command -v "$tool" >/dev/null || die "$tool is missing; install it: apt-get install hyperfine valgrind python3 gcc git"
done

readonly work="$root/artifacts/coldstart"
rm -rf -- "$work"
mkdir -p "$work/measured"
cd "$root"
./publish.sh --if-stale >/dev/null
gcc -static -O2 -o "$work/hello" benchmarks/hello.c
gcc -O2 -o "$work/usage" benchmarks/usage.c
dotnet publish benchmarks/bare -c Release -o "$work/bare" --nologo -v quiet
rm -f -- "$work/bare/bare.dbg" # valgrind cannot read it and gives up
rid=linux-x64
[[ "$(uname -m)" != aarch64 ]] || rid=linux-arm64
readonly kitty="$root/dist/$rid/spec-kitty"

project="$(mktemp -d)"
readonly project
trap 'rm -rf -- "$project"' EXIT
python3 benchmarks/fixture.py "$project"
git -C "$project" init -q
cd "$project"
mission="kitty-specs/077-mission-terminology-cleanup"
cp "$mission/status.events.jsonl" "$work/seed"
policy='{"orchestrator_id":"bench","orchestrator_version":"1.0.0","agent_family":"codex","approval_mode":"never","sandbox_mode":"workspace_write","network_mode":"none","dangerous_flags":[]}'
api="$kitty orchestrator-api"
here="--mission 077-mission-terminology-cleanup"
restore="cp $work/seed $mission/status.events.jsonl"

# name | what restores the fixture before each run | the command
rows=(
  "hello (static C)||$work/hello"
  "bare (native .NET)||$work/bare/bare"
  "contract-version||$api contract-version"
  "mission-state||$api mission-state $here"
  "mission-state by number||$api mission-state --mission 077"
  "list-ready||$api list-ready $here"
  "start-implementation, held already||$api start-implementation $here --wp WP05 --actor bench --policy '$policy'"
  "start-implementation|$restore|$api start-implementation $here --wp WP06 --actor bench --policy '$policy'"
  "start-review|$restore|$api start-review $here --wp WP04 --actor bench --policy '$policy'"
  "transition|$restore|$api transition $here --wp WP05 --to blocked --actor bench --note why"
  "mission not found||$api mission-state --mission nowhere"
  "usage error||$api mission-state"
  "--help||$api --help"
)

index=0
for row in "${rows[@]}"; do
  IFS='|' read -r name prepare command <<<"$row"
  [[ -z "$prepare" ]] || $prepare
  eval "set -- $command"
  printf '%s\n' "$name" >"$work/measured/$index.name"
  "$work/usage" 50 "$@" >"$work/measured/$index.usage"
  [[ -z "$prepare" ]] || $prepare
  # A call that is refused has its own exit status; what counts is the line that callgrind prints.
  { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null || true; } | sed -n 's/.*Collected : \([0-9]*\).*/\1/p' >"$work/measured/$index.instructions"
  index=$((index + 1))
done
for ((round = 0; round < rounds; round++)); do
  index=0
  for row in "${rows[@]}"; do
    IFS='|' read -r name prepare command <<<"$row"
    options=(-N --ignore-failure --warmup 20 --runs "$runs" --style none --export-json "$work/measured/$index.$round.json")
    [[ -z "$prepare" ]] || options+=(--prepare "$prepare")
    hyperfine "${options[@]}" "$command" >/dev/null 2>&1
    index=$((index + 1))
  done
done

cd "$root"
cpu="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
slug="$(printf '%s' "${cpu:-$(uname -m)}" | tr -cs '[:alnum:]' '-' | tr '[:upper:]' '[:lower:]' | sed 's/-$//')"
output="benchmarks/results/$(date -u +%F)-$slug.md"
mkdir -p benchmarks/results
{
  printf '# Cold start\n\n'
  printf -- '- date: %s\n- commit: %s%s\n' "$(date -u +%F)" "$(git rev-parse --short=12 HEAD)" "$(git diff --quiet HEAD -- src schemas || printf ' and changes')"
  printf -- '- machine: %s, %s processors, %s of memory\n' "${cpu:-$(uname -m)}" "$(nproc)" "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
  printf -- '- system: %s, Linux %s\n' "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" "$(uname -r)"
  printf -- '- tools: .NET SDK %s, %s, %s, %s\n' "$(dotnet --version)" "$(gcc --version | head -n 1)" "$(hyperfine --version)" "$(valgrind --version)"
  printf -- '- executable: %s bytes, sha256 %s\n' "$(stat -c %s "$kitty")" "$(sha256sum <"$kitty" | cut -d ' ' -f 1)"
  printf -- '- mission: six work packages, 54 rows, %s bytes of log\n' "$(stat -c %s "$work/seed")"
  printf -- '- method: %s rounds of %s runs after 20 warm-ups, commands in turn, no shell; load average at the end %s\n\n' "$rounds" "$runs" "$(cut -d ' ' -f 1 /proc/loadavg)"
  python3 benchmarks/coldstart_table.py "$work/measured"
} >"$work/report.md"
if $to_stdout; then cat "$work/report.md"; else cp "$work/report.md" "$output"; printf 'wrote %s\n' "$output"; fi
