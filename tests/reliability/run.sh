#!/usr/bin/env bash
# Tries hard to break the published executable: faults, kills, races, full disks, hostile files, wrong clocks.
#
#   tests/reliability/run.sh [--sample|--long] [--only PART,...] [--seed N] [--jobs N] [--work DIRECTORY] [--table FILE]
#
# Minutes by default; --sample takes a part of each part, for every change; --long takes hours. --only nothing lists the parts. The last
# line is "N passed, N failed", before it stands the table that docs/reliability.md explains. Publishes the executable first
# where it is missing or older than its sources; SPEC_KITTY names another one.
# Needs what publish.sh needs, and strace, gcc, git and util-linux; mounting needs root or a user namespace.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
readonly root

for tool in strace:strace gcc:gcc git:git prlimit:util-linux unshare:util-linux dotnet:dotnet-sdk-10.0; do
  command -v "${tool%%:*}" >/dev/null || { printf 'run.sh: %s is missing; install it: apt-get install %s\n' "${tool%%:*}" "${tool#*:}" >&2; exit 1; }
done

binary="${SPEC_KITTY:-}"
if [[ -z "$binary" ]]; then
  "$root/publish.sh" --if-stale >&2
  rid=linux-x64
  [[ "$(uname -m)" != aarch64 ]] || rid=linux-arm64
  binary="$root/dist/$rid/spec-kitty"
fi
(cd -- "$root" && dotnet build tests/reliability -c Release --nologo -v quiet) >&2

driver=("$root/artifacts/bin/SpecKitty.Reliability/release/SpecKitty.Reliability" --binary "$binary" "$@")

# A mount namespace of its own, so that mounts of a killed run go with it.
if [[ $EUID -eq 0 ]] && unshare --mount true 2>/dev/null; then
  exec unshare --mount "${driver[@]}"
elif unshare --user --map-root-user --mount true 2>/dev/null; then
  exec unshare --user --map-root-user --mount "${driver[@]}"
fi
exec "${driver[@]}"
