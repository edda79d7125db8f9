#!/usr/bin/env bash
# Builds the native executable, and shows it at work.
#
#   ./publish.sh [--rid RID]        dist/RID/spec-kitty; this machine's RID by default
#   ./publish.sh demo [--rid RID]   the same, then a three-WP mission driven from planned to landed by the executable alone
#   ./publish.sh --if-stale         builds only if dist/RID/spec-kitty is missing or older than its sources; else says nothing
#   ./publish.sh --all [--verify]   packages for linux-x64 and linux-arm64 (or --rid RID alone) in dist/packages; --verify builds
#                                   them once more in a clone elsewhere and compares, byte by byte (docs/packages.md)
#
# Needs the .NET SDK that global.json names, gcc (or clang) with the C library's headers, and binutils.
# Debug symbols go to dist/symbols/RID, aside from what is shipped.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
readonly root
readonly project="src/Runtime/SpecKitty.Runtime.csproj"

die() {
  printf 'publish.sh: %s\n' "$1" >&2
  exit 1
}

host_rid() {
  local libc="linux" cpu
  [[ "$(uname -s)" == Linux ]] || die "only Linux is supported, this is $(uname -s)"
  case "$(uname -m)" in
    x86_64) cpu=x64 ;;
    aarch64) cpu=arm64 ;;
    *) die "only x86_64 and aarch64 are supported, this is $(uname -m)" ;;
  esac
  if ldd --version 2>&1 | grep -qi musl; then libc="linux-musl"; fi
  printf '%s-%s\n' "$libc" "$cpu"
}

find_dotnet() {
  local candidate wanted said status
  wanted="$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")"
  for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" "${HOME:+$HOME/.dotnet/dotnet}"; do
    [[ -n "$candidate" && -x "$candidate" ]] || continue
    # `dotnet --version` obeys global.json, so it fails where only other SDKs are installed.
    status=0
    said="$(cd "$root" && "$candidate" --version 2>&1)" || status=$?
    if [[ $status -eq 0 ]]; then
      printf '%s\n' "$candidate"
      return
    fi
    # What is not about SDKs, such as a home that cannot be written, is no missing SDK.
    if ! grep -q 'SDKs\{0,1\} w\(as\|ere\) not found\|No \.NET SDKs were found\|application.* does not exist' <<<"$said"; then
      die "$candidate does not run: $(sed '/^ *$/d; s/^ *//' <<<"$said" | head -n 1)"
    fi
  done
  die ".NET SDK $wanted (or a later ${wanted%??}xx) is missing; install it: https://dot.net/download, or apt-get install dotnet-sdk-10.0"
}

# The linker driver for RID, and its objcopy; a foreign RID needs a cross compiler.
choose_linker() {
  local rid="$1" triple="" debian=""
  if [[ "$rid" != "$(host_rid)" ]]; then
    case "$(host_rid) $rid" in
      "linux-x64 linux-arm64") triple=aarch64-linux-gnu debian=arm64 ;;
      "linux-arm64 linux-x64") triple=x86_64-linux-gnu debian=amd64 ;;
      *) die "$rid cannot be built on $(host_rid); build it on a machine of its own" ;;
    esac
    if ! command -v "$triple-gcc" >/dev/null || ! command -v "$triple-objcopy" >/dev/null; then
      die "$rid needs a cross compiler; install it: apt-get install gcc-${triple/_/-} libc6-dev-$debian-cross"
    fi
    linker="$triple-gcc" objcopy="$triple-objcopy"
  else
    linker=""
    for candidate in clang gcc; do
      if command -v "$candidate" >/dev/null; then linker="$candidate"; break; fi
    done
    [[ -n "$linker" ]] || die "a linker is missing; install one: apt-get install gcc libc6-dev"
    objcopy=objcopy
    command -v objcopy >/dev/null || die "objcopy is missing; install it: apt-get install binutils"
  fi

  local scratch
  scratch="$(mktemp -d)"
  printf 'int main(void) { return 0; }\n' >"$scratch/probe.c"
  if ! "$linker" -fuse-ld=bfd "$scratch/probe.c" -o "$scratch/probe" -pthread -ldl -lrt -lm >/dev/null 2>&1; then
    rm -rf -- "$scratch"
    die "$linker cannot link a C program; install what it lacks: apt-get install gcc libc6-dev binutils"
  fi
  rm -rf -- "$scratch"
}

# One digest of everything that decides what the executable is.
inputs_digest() {
  (
    cd "$root"
    {
      find src schemas docs/errors -type f
      printf '%s\n' global.json .globalconfig .editorconfig Directory.Build.props Directory.Packages.props publish.sh
    } | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -d ' ' -f 1
  )
}

stamp_of() { # RID: what the stamp file has to say for dist/RID/spec-kitty to be up to date
  printf '%s %s\n' "$(inputs_digest)" "$(sha256sum <"$root/dist/$1/spec-kitty" | cut -d ' ' -f 1)"
}

is_fresh() {
  local rid="$1"
  [[ -x "$root/dist/$rid/spec-kitty" && -f "$root/artifacts/publish/$rid.stamp" ]] &&
    [[ "$(cat "$root/artifacts/publish/$rid.stamp")" == "$(stamp_of "$rid")" ]]
}

# What runs an executable for RID here: nothing, or qemu with the libraries of the cross compiler. Fails where nothing does.
emulator() {
  local cpu
  case "$1 $(host_rid)" in
    "linux-arm64 linux-x64") cpu=aarch64 ;;
    "linux-x64 linux-arm64") cpu=x86_64 ;;
    *) [[ "$1" == "$(host_rid)" ]]; return ;;
  esac
  command -v "qemu-$cpu" >/dev/null && printf '%s -L /usr/%s-linux-gnu' "$(command -v "qemu-$cpu")" "$cpu"
}

smoke_test() {
  local binary="$1" answer scratch
  local -a through
  read -ra through <<<"$2"
  scratch="$(mktemp -d)"
  answer="$(cd "$scratch" && env -i "${through[@]}" "$binary" orchestrator-api contract-version)" || die "smoke test: contract-version ended with status $?"
  rmdir -- "$scratch" || die "smoke test: contract-version left a file behind"
  case "$answer" in
    *$'\n'*) die "smoke test: more than one line: $answer" ;;
    '{"contract_version": "1.0.0", "command": "orchestrator-api.contract-version", "timestamp": "'*'"success": true, "error_code": null, "data": {'*'}}') ;;
    *) die "smoke test: not the envelope that was expected: $answer" ;;
  esac
  printf 'smoke   %s\n' "$answer"
}

# What the executable says of itself, as files: the contract, the pages about error codes, completions, the man page.
publish_documents() {
  local binary="$1" level staging="$root/artifacts/publish/documents"
  rm -rf -- "$staging"
  mkdir -p "$staging/schemas" "$staging/docs" "$staging/completions" "$staging/man"
  cp -R -- "$root/docs/errors" "$staging/docs/"
  for level in $("$binary" orchestrator-api contract-version | sed 's/.*"supported_levels": \[\([^]]*\)\].*/\1/' | tr -d '",'); do
    "$binary" schema --level "$level" >"$staging/schemas/orchestrator-api-$level.schema.json"
  done
  "$binary" schema tools >"$staging/schemas/tools.json"
  "$binary" errors --json >"$staging/schemas/errors.json"
  "$binary" completions bash >"$staging/completions/spec-kitty.bash"
  "$binary" completions zsh >"$staging/completions/_spec-kitty"
  "$binary" completions fish >"$staging/completions/spec-kitty.fish"
  "$binary" completions powershell >"$staging/completions/spec-kitty.ps1"
  "$binary" man >"$staging/man/spec-kitty.1"
  local part
  for part in schemas docs completions man; do
    rm -rf -- "${root:?}/dist/$part"
    mv -- "$staging/$part" "$root/dist/$part"
  done
}

publish() {
  local rid="$1" dotnet linker objcopy digest staging log through status=0
  dotnet="$(find_dotnet)"
  choose_linker "$rid"
  digest="$(inputs_digest)"
  staging="$root/artifacts/publish/$rid"
  log="$root/artifacts/publish/$rid.log"
  # The native compiler's target looks at the assembly alone, not at its options or substitutions.
  rm -rf -- "$staging" "$root/artifacts/obj/SpecKitty.Runtime/"*/native
  mkdir -p "$staging" "$root/dist/$rid" "$root/dist/symbols/$rid"

  local -a options=(-c Release -o "$staging" --nologo -v minimal -p:TreatWarningsAsErrors=true -p:CppCompilerAndLinker="$linker" -p:ObjCopyName="$objcopy")
  # The committed lock file is about linux-x64; others get theirs under artifacts/.
  if [[ "$rid" == linux-x64 && "$(host_rid)" == linux-x64 ]]; then
    options+=(-p:RestoreLockedMode=true)
  else
    options+=(-p:SpecKittyRid="$rid")
  fi
  (cd "$root" && DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 "$dotnet" publish "$project" "${options[@]}") >"$log" 2>&1 || status=$?
  if [[ $status -ne 0 ]]; then
    cat "$log" >&2
    die "dotnet publish failed (above; also in artifacts/publish/$rid.log)"
  fi
  if grep -E '\bIL[23][0-9]{3}\b|: warning ' "$log" >&2; then
    die "the build warned (above)"
  fi

  mv -f -- "$staging/spec-kitty.dbg" "$root/dist/symbols/$rid/spec-kitty.dbg"
  # What is linked in, symbol by symbol: benchmarks/gate.py says from it who grew.
  mv -f -- "$root/artifacts/obj/SpecKitty.Runtime/"*/native/spec-kitty.map.xml "$root/dist/symbols/$rid/spec-kitty.map.xml"
  # A rename, so that no running call ever sees half an executable.
  mv -f -- "$staging/spec-kitty" "$root/dist/$rid/spec-kitty"
  if through="$(emulator "$rid")"; then
    smoke_test "$root/dist/$rid/spec-kitty" "$through"
  else
    printf 'smoke   skipped: %s does not run on %s; with qemu it does: apt-get install qemu-user\n' "$rid" "$(host_rid)"
  fi
  if [[ "$rid" == "$(host_rid)" ]]; then publish_documents "$root/dist/$rid/spec-kitty"; fi
  printf '%s %s\n' "$digest" "$(sha256sum <"$root/dist/$rid/spec-kitty" | cut -d ' ' -f 1)" >"$root/artifacts/publish/$rid.stamp"
  printf 'size    %s bytes\n' "$(stat -c %s "$root/dist/$rid/spec-kitty")"
  printf 'sha256  %s\n' "$(sha256sum <"$root/dist/$rid/spec-kitty" | cut -d ' ' -f 1)"
  printf 'built   dist/%s/spec-kitty\n' "$rid"
}

# ---------------------------------------------------------------------------------------------------------------------------
# The demonstration. Everything is made with plain files and git, and moved by the executable alone.

readonly demo_mission="001-demo-mission"
readonly demo_policy='{"orchestrator_id": "demo", "orchestrator_version": "1.0.0", "agent_family": "shell", "approval_mode": "never", "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": []}'

demo_git() {
  git -c user.name=Demo -c user.email=demo@example.invalid -c commit.gpgsign=false -c core.hooksPath=/dev/null "$@"
}

demo_task() { # WP, title, dependencies
  local wp="$1" title="$2"
  shift 2
  {
    printf -- '---\nwork_package_id: %s\ntitle: %s\n' "$wp" "$title"
    if [[ $# -eq 0 ]]; then printf 'dependencies: []\n'; else printf 'dependencies:\n'; printf -- '- %s\n' "$@"; fi
    printf -- '---\n\n# %s: %s\n\n## Activity Log\n\n' "$wp" "$title"
  } >"kitty-specs/$demo_mission/tasks/$wp-${title// /-}.md"
}

demo_lane() { # lane, group, WPs as JSON, lanes it depends on as JSON
  printf '    {"lane_id": "%s", "wp_ids": %s, "write_scope": [], "predicted_surfaces": [], "depends_on_lanes": %s, "parallel_group": %d}' "$1" "$3" "$4" "$2"
}

demo_mission_files() {
  local mission_id=01JQ8Z4T6V9W0X1Y2Z3A4B5C6D now
  now="$(date -u +%Y-%m-%dT%H:%M:%S+00:00)"
  mkdir -p .kittify "kitty-specs/$demo_mission/tasks"
  printf 'agents:\n  available: []\n' >.kittify/config.yaml
  printf '.worktrees/\n' >.gitignore
  cat >"kitty-specs/$demo_mission/meta.json" <<META
{
  "created_at": "$now",
  "friendly_name": "Demo mission",
  "mission_id": "$mission_id",
  "mission_number": 1,
  "mission_slug": "$demo_mission",
  "mission_type": "software-dev",
  "slug": "$demo_mission",
  "target_branch": "main"
}
META
  printf '# Demo mission\n' >"kitty-specs/$demo_mission/spec.md"
  demo_task WP01 "lay the ground"
  demo_task WP02 "build on it" WP01
  demo_task WP03 "finish" WP01 WP02
  {
    printf '{\n  "version": 1,\n  "mission_slug": "%s",\n  "mission_id": "%s",\n' "$demo_mission" "$mission_id"
    printf '  "mission_branch": "kitty/mission-%s",\n  "target_branch": "main",\n  "lanes": [\n' "$demo_mission"
    demo_lane lane-a 0 '["WP01"]' '[]' && printf ',\n'
    demo_lane lane-b 1 '["WP02", "WP03"]' '["lane-a"]' && printf '\n'
    printf '  ],\n  "computed_at": "%s",\n  "computed_from": "dependency_graph",\n  "planning_artifact_wps": []\n}\n' "$now"
  } >"kitty-specs/$demo_mission/lanes.json"
}

# Prints the call and its envelope. The first argument says which answer the demonstration counts on: ok, or an error code.
demo_call() {
  local expected="$1" argument shown="" status=0
  shift
  for argument in "$@"; do
    if [[ "$argument" == "$demo_policy" ]]; then argument="'{…}'"; elif [[ ! "$argument" =~ ^[A-Za-z0-9_./=:-]+$ ]]; then argument="'$argument'"; fi
    shown+=" $argument"
  done
  printf '\n$ spec-kitty orchestrator-api%s\n' "$shown"
  demo_answer="$("$demo_binary" orchestrator-api "$@")" || status=$?
  printf '%s\n' "$demo_answer"
  if [[ "$expected" == ok ]]; then
    [[ $status -eq 0 && "$demo_answer" == *'"success": true'* ]] || die "demo: this call should have succeeded (status $status)"
  else
    [[ $status -eq 1 && "$demo_answer" == *"\"error_code\": \"$expected\""* ]] || die "demo: this call should have been refused with $expected (status $status)"
  fi
}

demo_field() { # the value of a string field of the last answer
  sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" <<<"$demo_answer"
}

# What an agent would do in its workspace: here, one commit on the lane's branch.
demo_agent() { # WP, lane
  local wp="$1" branch="kitty/mission-$demo_mission-$2" workspace
  workspace="$(demo_field workspace_path)"
  if demo_git rev-parse -q --verify "refs/heads/$branch" >/dev/null; then
    demo_git worktree add -q "$workspace" "$branch"
  else
    demo_git worktree add -q -b "$branch" "$workspace" "kitty/mission-$demo_mission"
  fi
  printf 'made by %s\n' "$wp" >"$workspace/$wp.txt"
  demo_git -C "$workspace" add "$wp.txt"
  demo_git -C "$workspace" commit -q -m "Work of $wp"
  demo_git worktree remove "$workspace"
  printf '\n# an agent commits %s.txt on %s\n' "$wp" "$branch"
}

demo_work_package() { # WP, lane
  local wp="$1" review="review/$1/1"
  local -a here=(--mission "$demo_mission" --wp "$wp")
  demo_call ok start-implementation "${here[@]}" --actor builder --policy "$demo_policy"
  demo_agent "$wp" "$2"
  demo_call ok transition "${here[@]}" --to for_review --actor builder --subtasks-complete --implementation-evidence-present --policy "$demo_policy"
  demo_call ok start-review "${here[@]}" --actor reviewer --review-ref "$review" --policy "$demo_policy"
  demo_call ok transition "${here[@]}" --to approved --actor reviewer --evidence-json "$(demo_evidence "$review")" --policy "$demo_policy"
}

demo_evidence() {
  printf '{"review": {"reviewer": "reviewer", "verdict": "approved", "reference": "%s"}}' "$1"
}

# How a mission ends: accepted, then every lane landed on the target at once, which makes its work packages done.
demo_finish() {
  demo_call ok accept-mission --mission "$demo_mission" --actor lead
  demo_call ok merge-mission --mission "$demo_mission"
  printf '\n# on main now:\n'
  demo_git log --oneline main
  demo_git ls-files '*.txt'
}

demo() {
  local scratch
  demo_binary="$root/dist/$1/spec-kitty"
  command -v git >/dev/null || die "demo: git is missing; install it: apt-get install git"
  scratch="$(mktemp -d)"
  # shellcheck disable=SC2064 # the directory of now, not the one of then
  trap "rm -rf -- '$scratch'" EXIT
  unset "${!GIT_@}" "${!SPEC_KITTY@}" "${!SPECIFY_@}"
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
  mkdir "$scratch/project"
  cd "$scratch/project"
  printf '# a scratch repository with the mission %s: WP01; WP02 needs WP01; WP03 needs both\n' "$demo_mission"
  demo_git init -q -b main
  # merge-mission commits as whoever the repository says, as for any caller.
  git config user.name Demo
  git config user.email demo@example.invalid
  demo_mission_files
  demo_git add -A
  demo_git commit -q -m "Plan the demo mission"
  demo_git branch "kitty/mission-$demo_mission"

  demo_call ok contract-version
  demo_call ok mission-state --mission "$demo_mission"
  demo_call ok list-ready --mission "$demo_mission"
  demo_call TRANSITION_REJECTED start-implementation --mission "$demo_mission" --wp WP03 --actor builder --policy "$demo_policy"
  demo_work_package WP01 lane-a
  demo_call ok list-ready --mission "$demo_mission"
  demo_work_package WP02 lane-b
  demo_work_package WP03 lane-b
  demo_finish
  demo_call ok mission-state --mission "$demo_mission"
  [[ "$demo_answer" == *'"done": 3'* ]] || die "demo: the mission should be done"
  printf '\n# the mission is done\n'
}

main() {
  local rid="" want_demo=false if_stale=false all=false verify=false
  local -a rids
  while [[ $# -gt 0 ]]; do
    case "$1" in
      demo) want_demo=true ;;
      --if-stale) if_stale=true ;;
      --all) all=true ;;
      --verify) verify=true ;;
      --rid) [[ $# -ge 2 ]] || die "--rid needs a value"; rid="$2"; shift ;;
      --rid=*) rid="${1#--rid=}" ;;
      -h | --help) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; return ;;
      *) die "what is '$1'? usage: ./publish.sh [demo] [--rid RID] [--if-stale] [--all [--verify]]" ;;
    esac
    shift
  done
  if $all && [[ -z "$rid" ]]; then rids=(linux-x64 linux-arm64); else rids=("${rid:-$(host_rid)}"); fi
  if $want_demo && [[ "${rids[*]}" != "$(host_rid)" ]]; then die "demo: ${rids[*]} does not run on $(host_rid)"; fi
  if $verify && ! $all; then die "--verify compares packages; say --all too"; fi

  # Several test projects may ask at the same time; one builds, the others wait and find it fresh.
  mkdir -p "$root/artifacts/publish"
  exec 9>"$root/artifacts/publish/lock"
  flock 9
  # The packages hold what the executable of this machine says of itself, whichever they are for.
  if $all && [[ " ${rids[*]} " != *" $(host_rid) "* ]] && ! is_fresh "$(host_rid)"; then publish "$(host_rid)" 9>&-; fi
  for rid in "${rids[@]}"; do
    if ! $if_stale || ! is_fresh "$rid"; then publish "$rid" 9>&-; fi
  done
  if $all; then "$root/packaging/all.sh" "${rids[@]}" 9>&-; fi
  exec 9>&-
  if $verify; then "$root/packaging/verify.sh" "${rids[@]}"; fi
  if $want_demo; then demo "$(host_rid)"; fi
}

main "$@"
