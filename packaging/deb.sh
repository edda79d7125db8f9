#!/usr/bin/env bash
# dist/packages/spec-kitty_VERSION_ARCHITECTURE.deb.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

rid="$1"
architecture="$(debian_of "$rid")"
tree="$staging/$rid/deb"
doc="$tree/usr/share/doc/spec-kitty"
binary="$tree/usr/bin/spec-kitty"
readonly maintainer="SpecKitty.Aot contributors <spec-kitty@users.noreply.github.com>"

# The C library that the executable asks for, and nothing but it.
libc6() {
  local library
  while read -r library; do
    case "$library" in
      libc.so.* | libm.so.* | libpthread.so.* | libdl.so.* | librt.so.* | ld-linux*) ;;
      *) die "dist/$rid/spec-kitty needs $library, which packaging/deb.sh knows no Debian package for" ;;
    esac
  done < <(readelf -d "$binary" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  readelf -V "$binary" | grep -o 'GLIBC_[0-9.]*' | sort -V | tail -n 1 | cut -d _ -f 2
}

rm -rf -- "$tree"
lay_tree "$rid" "$tree/usr" vendor-completions
gzip -9n "$tree/usr/share/man/man1/spec-kitty.1"
mv -- "$doc/NOTICES" "$doc/copyright"
rm -f -- "$doc/LICENSE"
printf 'spec-kitty (%s) unstable; urgency=medium\n\n  * Built from the sources of this version.\n\n -- %s  %s\n' \
  "$version" "$maintainer" "$(date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')" | gzip -9n >"$doc/changelog.gz"
install -D -m 644 "$root/packaging/lintian-overrides" "$tree/usr/share/lintian/overrides/spec-kitty"

mkdir -- "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: spec-kitty
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size --exclude=DEBIAN "$tree" | cut -f 1)
Depends: libc6 (>= $(libc6))
Recommends: git (>= 1:2.38)
Section: devel
Priority: optional
Description: native host of the Spec Kitty orchestrator contract
 Orchestrators of coding agents spawn spec-kitty once per call, thousands of
 times a run; each call reads or moves a mission on disk and prints one JSON
 envelope. It shares the files of Spec Kitty projects with the Python host.
 .
 Reading needs nothing else. Commits, merges and coordination branches need git.
CONTROL
(cd "$tree" && find usr -type f | sort | xargs -d '\n' md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -type d -exec chmod 755 {} +
chmod 644 "$tree/DEBIAN/"*
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$tree" "$packages/spec-kitty_${version}_$architecture.deb" >/dev/null
