#!/usr/bin/env bash
# What publish.sh says when something is missing: one line that names it and the remedy, status 1, and nothing built.
# Each case runs publish.sh with a PATH of its own: a directory of links to what a bare machine has, less or more.
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
scratch="$(mktemp -d)"
trap 'rm -rf -- "$scratch"' EXIT
failed=0

# A machine with the usual commands, and those of the arguments besides: name=file, or name=! for a command that fails.
machine() {
  local bin="$scratch/bin" pair command
  rm -rf -- "$bin"
  mkdir "$bin"
  for command in bash sh env uname ldd sed grep cat head cut sort find xargs sha256sum mktemp mkdir rm mv cp flock dirname stat tr tail git python3; do
    ln -s "$(command -v "$command")" "$bin/$command"
  done
  for pair in "$@"; do
    if [[ "${pair#*=}" == '!' ]]; then
      printf '#!/bin/sh\nexit 1\n' >"$bin/${pair%%=*}"
      chmod +x "$bin/${pair%%=*}"
    else
      ln -s "${pair#*=}" "$bin/${pair%%=*}"
    fi
  done
}

# Arguments: the text that the line has to contain, and publish.sh's arguments. HOME is an empty directory unless `home` says otherwise.
expect() {
  local wanted="$1" said status=0
  shift
  said="$(env -i PATH="$scratch/bin" HOME="${home:-$scratch}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 "$root/publish.sh" "$@" 2>&1)" || status=$?
  if [[ $status -ne 1 || "$said" == *$'\n'* || "$said" != "publish.sh: "*"$wanted"* ]]; then
    printf 'publish.sh %s: status %d, not one line with "%s":\n%s\n' "$*" "$status" "$wanted" "$said"
    failed=1
  fi
}

dotnet="$(command -v dotnet)"
cc="$(command -v gcc || command -v clang)"
link=(gcc="$cc" as="$(command -v as)" ld="$(command -v ld)" ld.bfd="$(command -v ld.bfd)")
foreign=linux-arm64 triple=aarch64-linux-gnu debian=arm64
if [[ "$(uname -m)" == aarch64 ]]; then foreign=linux-x64 triple=x86-64-linux-gnu debian=amd64; fi

machine
expect '.NET SDK 10.0.401 (or a later 10.0.4xx) is missing; install it: https://dot.net/download, or apt-get install dotnet-sdk-10.0'

# Another SDK than global.json's: the host that is there finds none that fits.
mkdir "$scratch/other"
printf '#!/bin/sh\necho "A compatible .NET SDK was not found." >&2\nexit 155\n' >"$scratch/other/dotnet"
chmod +x "$scratch/other/dotnet"
machine dotnet="$scratch/other/dotnet"
expect '.NET SDK 10.0.401 (or a later 10.0.4xx) is missing; install it: '

machine dotnet="$dotnet"
home=/dev/null/nowhere
expect "does not run: The user's home directory could not be determined. Set the 'DOTNET_CLI_HOME' environment variable"
home=

expect 'a linker is missing; install one: apt-get install gcc libc6-dev'

machine dotnet="$dotnet" gcc="$cc"
expect 'objcopy is missing; install it: apt-get install binutils'

# A compiler without the C library's files, and one without a linker, fail alike.
machine dotnet="$dotnet" gcc='!' objcopy="$(command -v objcopy)"
expect 'gcc cannot link a C program; install what it lacks: apt-get install gcc libc6-dev binutils'

machine dotnet="$dotnet" "${link[@]}" objcopy="$(command -v objcopy)"
expect "$foreign needs a cross compiler; install it: apt-get install gcc-$triple libc6-dev-$debian-cross" --rid "$foreign"
expect 'nonsense cannot be built on' --rid nonsense
expect 'osx-arm64 cannot be built on' --rid=osx-arm64
expect '--rid needs a value' --rid
expect "what is '--nonsense'? usage: ./publish.sh" --nonsense
expect '--verify compares packages; say --all too' --verify

exit $failed
