#!/usr/bin/env bash
# Builds every package once more, from a clone in a directory of another name and depth, and compares with dist/packages: packaging/verify.sh RID…
# `./publish.sh --all --verify` calls it. What differs is named, and both builds are kept to be looked at.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

need git git
[[ -z "$(git -C "$root" status --porcelain --untracked-files=no)" ]] || die "--verify compares with a clone of the last commit; commit your changes first"
again="$(mktemp -d)/elsewhere/built-once-more"
git clone -q --no-hardlinks "$root" "$again"
git -C "$again" checkout -q --detach "$(git -C "$root" rev-parse HEAD)"
if [[ $# -eq 1 ]]; then
  "$again/publish.sh" --all --rid "$1" >"$staging/again.log"
else
  "$again/publish.sh" --all >"$staging/again.log"
fi || { cat "$staging/again.log"; die "the second build failed (above)"; }
if ! diff -r "$packages" "$again/dist/packages"; then
  die "two builds of one commit differ (above); the second is in $again"
fi
printf 'same    %d files, built twice\n' "$(find "$packages" -type f | wc -l)"
rm -rf -- "${again%/elsewhere/*}"
