#!/usr/bin/env bash
# dist/packages/spec-kitty-VERSION-RID.tar.gz: one directory, laid out like /usr/local, so that
# `tar -xf … --strip-components=1 -C /usr/local` installs it.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

rid="$1"
name="spec-kitty-$version-$rid"
lay_tree "$rid" "$staging/$rid/tar/$name"
archive "$packages/$name.tar.gz" "$staging/$rid/tar" "$name"
