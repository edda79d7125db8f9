#!/usr/bin/env bash
# What a merge of ten lanes costs, beside the same merge by hand: the git commands that a person would give for it.
#
#   benchmarks/merge.sh [--rounds N] [--stdout]
#
# Each round (15 by default) makes four repositories alike and merges them: by merge-mission and by hand, lanes with worktrees and without. Both sides begin and end
# with the same refs, files and clean checkouts. Processes are counted with strace, in a round of their own. Writes benchmarks/results/merge.md, or stdout.
# Needs what publish.sh needs, and python3 and strace. Run it on a machine that does nothing else.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
rounds=15
to_stdout=false

die() {
  printf 'merge.sh: %s\n' "$1" >&2
  exit 1
}

while [[ $# -gt 0 ]]; do
  case "$1" in
    --rounds) rounds="$2"; shift ;;
    --stdout) to_stdout=true ;;
    *) die "what is '$1'? usage: benchmarks/merge.sh [--rounds N] [--stdout]" ;;
  esac
  shift
done
for tool in python3 strace dotnet git; do
  command -v "$tool" >/dev/null || die "$tool is missing; install it: apt-get install python3 strace git"
done

cd "$root"
./publish.sh --if-stale >/dev/null
rid=linux-x64
[[ "$(uname -m)" != aarch64 ]] || rid=linux-arm64
work="$(mktemp -d)"
readonly work
trap 'rm -rf -- "$work"' EXIT
cpu="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
{
  printf '# A merge of ten lanes\n\n'
  printf -- '- date: %s\n- commit: %s%s\n' "$(date -u +%F)" "$(git rev-parse --short=12 HEAD)" "$(git diff --quiet HEAD -- src schemas || printf ' and changes')"
  printf -- '- machine: %s, %s processors; load average at the start %s\n' "${cpu:-$(uname -m)}" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
  printf -- '- %s; %s rounds, both sides in turn in each\n\n' "$(git --version)" "$rounds"
  python3 benchmarks/merge.py "$root/dist/$rid/spec-kitty" "$work" "$rounds"
} >"$work/report.md"
if $to_stdout; then cat "$work/report.md"; else cp "$work/report.md" benchmarks/results/merge.md; printf 'wrote benchmarks/results/merge.md\n'; fi
