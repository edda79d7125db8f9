# What the benchmarks' reports have in common; to be sourced. Sets nothing but functions, and reads $root, $runs and $to_stdout.
to_stdout=false

options() {
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --runs) runs="$2"; shift ;;
      --stdout) to_stdout=true ;;
      *) printf '%s: what is %q?\n' "${0##*/}" "$1" >&2; exit 1 ;;
    esac
    shift
  done
}

executable() {
  local rid=linux-x64
  [[ "$(uname -m)" != aarch64 ]] || rid=linux-arm64
  printf '%s/dist/%s/spec-kitty' "$root" "$rid"
}

processor() {
  local name
  name="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  printf '%s' "${name:-$(uname -m)}"
}

heading() {
  printf '# %s\n\n' "$1"
  printf -- '- date: %s\n- commit: %s%s\n' "$(date -u +%F)" "$(git -C "$root" rev-parse --short=12 HEAD)" "$(git -C "$root" diff --quiet HEAD -- src schemas || printf ' and changes')"
  printf -- '- machine: %s, %s processors, %s of memory\n' "$(processor)" "$(nproc)" "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
  printf -- '- system: %s, Linux %s, %s\n' "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" "$(uname -r)" "$(stat -f -c %T "${TMPDIR:-/tmp}")"
  printf -- '- tools: .NET SDK %s, %s\n' "$(dotnet --version)" "$(git --version)"
  printf -- '- executable: %s bytes, sha256 %s\n' "$(stat -c %s "$(executable)")" "$(sha256sum <"$(executable)" | cut -d ' ' -f 1)"
  printf -- '- load average at the start: %s\n' "$(cut -d ' ' -f 1 /proc/loadavg)"
}

# publish_report FILE NAME: to stdout, or to its place among the results.
publish_report() {
  if $to_stdout; then
    cat "$1"
    return
  fi
  local slug
  slug="$(processor | tr -cs '[:alnum:]' '-' | tr '[:upper:]' '[:lower:]' | sed 's/-$//')"
  mkdir -p "$root/benchmarks/results"
  cp "$1" "$root/benchmarks/results/$(date -u +%F)-$slug-$2.md"
  printf 'wrote %s\n' "benchmarks/results/$(date -u +%F)-$slug-$2.md"
}

# load_report MODE TITLE SECONDS: what the driver of many callers says.
load_report() {
  local work="$root/artifacts/benchmark-$1"
  rm -rf -- "$work"
  mkdir -p "$work"
  cd "$root"
  ./publish.sh --if-stale >/dev/null
  dotnet build benchmarks/load -c Release -o "$work/load" --nologo -v quiet
  {
    heading "$2"
    printf '\n'
    "$work/load/load" "$1" "$(executable)" "$3"
  } >"$work/report.md"
  publish_report "$work/report.md" "$1"
}
