#!/usr/bin/env bash
# Makes every package of the executables that lie in dist/RID, in dist/packages: packaging/all.sh RID…
# `./publish.sh --all` calls it after it has built them. What each package holds: docs/packages.md.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

need python3 python3
need dpkg-deb dpkg
need readelf binutils

rm -rf -- "$packages" "$staging"
mkdir -p -- "$packages" "$staging"
for rid in "$@"; do
  [[ -x "$root/dist/$rid/spec-kitty" ]] || die "dist/$rid/spec-kitty is missing; build it: ./publish.sh --rid $rid"
  mkdir -p -- "$staging/$rid"
  python3 "$root/packaging/components.py" "$rid" "$version" "$staging/$rid"
  install -m 644 "$staging/$rid/sbom.cdx.json" "$packages/spec-kitty-$version-$rid.cdx.json"
  "$root/packaging/tarball.sh" "$rid"
  "$root/packaging/deb.sh" "$rid"
done
"$root/packaging/npm.sh" "$@"
python3 "$root/packaging/dotnet-tool.py" "$version" "$packages" "$@"

cd "$packages"
sha256sum -- * >"$staging/SHA256SUMS"
mv -f -- "$staging/SHA256SUMS" SHA256SUMS
printf 'packed  dist/packages/%s\n' *
