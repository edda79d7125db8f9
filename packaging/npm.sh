#!/usr/bin/env bash
# dist/packages/spec-kitty-aot-VERSION.tgz, and spec-kitty-aot-linux-CPU-VERSION.tgz with the executable for one platform.
# The first depends on all of the others as optional ones; npm installs that one alone whose os, cpu and libc fit.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

fields() { # name, description: what every one of them says
  local licence="UNLICENSED"
  [[ ! -e "$root/LICENSE" ]] || licence="SEE LICENSE IN LICENSE"
  printf '  "name": "%s",\n  "version": "%s",\n  "description": "%s",\n  "license": "%s",\n' "$1" "$version" "$2" "$licence"
}

documents() { # directory, RID whose notices apply
  install -D -m 644 "$root/README.md" "$1/README.md"
  install -m 644 "$staging/$2/NOTICES" "$1/NOTICES"
  [[ ! -e "$root/LICENSE" ]] || install -m 644 "$root/LICENSE" "$1/LICENSE"
}

platforms=""
for rid in "$@"; do
  name="spec-kitty-aot-$rid"
  directory="$staging/npm/$rid/package"
  documents "$directory" "$rid"
  install -D -m 755 "$root/dist/$rid/spec-kitty" "$directory/bin/spec-kitty"
  install -m 644 "$staging/$rid/sbom.cdx.json" "$directory/sbom.cdx.json"
  # Of another name than the wrapper's, so that both can be linked side by side: this one is the executable itself.
  {
    printf '{\n'
    fields "$name" "The executable of spec-kitty-aot for $rid"
    printf '  "os": ["linux"],\n  "cpu": ["%s"],\n  "libc": ["glibc"],\n' "$(cpu_of "$rid")"
    printf '  "bin": { "spec-kitty-native": "bin/spec-kitty" },\n  "preferUnplugged": true\n}\n'
  } >"$directory/package.json"
  archive "$packages/$name-$version.tgz" "$staging/npm/$rid" package
  platforms+="${platforms:+, }\"$name\": \"$version\""
done

directory="$staging/npm/wrapper/package"
documents "$directory" "$1"
install -D -m 755 "$root/packaging/npm/spec-kitty.js" "$directory/bin/spec-kitty.js"
install -d "$directory/man" "$directory/schemas"
install -m 644 "$root/dist/man/spec-kitty.1" "$directory/man/spec-kitty.1"
install -m 644 "$root"/dist/schemas/*.json "$directory/schemas"
{
  printf '{\n'
  fields spec-kitty-aot "Native host of the Spec Kitty orchestrator contract"
  printf '  "bin": { "spec-kitty": "bin/spec-kitty.js" },\n  "man": ["man/spec-kitty.1"],\n  "engines": { "node": ">=18" },\n'
  printf '  "optionalDependencies": { %s }\n}\n' "$platforms"
} >"$directory/package.json"
archive "$packages/spec-kitty-aot-$version.tgz" "$staging/npm/wrapper" package
