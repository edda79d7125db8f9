# Read by the scripts beside it: where things are, which version they are of, and how an archive is made the same each time.
# shellcheck shell=bash

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly root
# shellcheck disable=SC2034 # the scripts that read this one use it
readonly packages="$root/dist/packages"
readonly staging="$root/artifacts/packages"

die() {
  printf 'publish.sh: %s\n' "$1" >&2
  exit 1
}

need() { # command, Debian package
  command -v "$1" >/dev/null || die "$1 is missing; install it: apt-get install $2"
}

# Times, owners, locale and permissions of the machine are no part of a package.
export LC_ALL=C TZ=UTC
umask 022

# The one place of the version, for the executable as for every package.
version="$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")"
readonly version
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "Directory.Build.props has no <Version> of the form 1.2.3"

# The time that every file of every package bears: that of the commit.
if [[ -z "${SOURCE_DATE_EPOCH:-}" ]]; then
  SOURCE_DATE_EPOCH="$(git -C "$root" log -1 --format=%ct 2>/dev/null)" ||
    die "packages bear the time of their commit, and this is no git checkout; set SOURCE_DATE_EPOCH"
fi
export SOURCE_DATE_EPOCH

cpu_of() { # RID, in the words of npm
  printf '%s\n' "${1##*-}"
}

debian_of() { # RID, in the words of dpkg
  case "$1" in
    linux-x64) printf 'amd64\n' ;;
    linux-arm64) printf 'arm64\n' ;;
    *) die "$1 has no name in Debian" ;;
  esac
}

# The same bytes from the same files, whoever packs them, where and when. Arguments: the archive, the directory, what to take from it.
archive() {
  local file="$1" directory="$2"
  shift 2
  mkdir -p -- "$(dirname -- "$file")"
  tar --create --format=ustar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX,a-s \
    --directory="$directory" -- "$@" | gzip -9n >"$file.part"
  mv -f -- "$file.part" "$file"
}

# What is installed under a prefix such as /usr or /usr/local, laid out below DIRECTORY. Arguments: RID, directory, where zsh looks.
lay_tree() {
  local rid="$1" to="$2" zsh="${3:-site-functions}" share="$2/share" doc="$2/share/doc/spec-kitty" file
  rm -rf -- "$to"
  install -D -m 755 "$root/dist/$rid/spec-kitty" "$to/bin/spec-kitty"
  install -D -m 644 "$root/dist/man/spec-kitty.1" "$share/man/man1/spec-kitty.1"
  install -D -m 644 "$root/dist/completions/spec-kitty.bash" "$share/bash-completion/completions/spec-kitty"
  install -D -m 644 "$root/dist/completions/_spec-kitty" "$share/zsh/$zsh/_spec-kitty"
  install -D -m 644 "$root/dist/completions/spec-kitty.fish" "$share/fish/vendor_completions.d/spec-kitty.fish"
  install -D -m 644 "$root/dist/completions/spec-kitty.ps1" "$share/spec-kitty/spec-kitty.ps1"
  for file in "$root"/dist/schemas/*.json; do
    install -D -m 644 "$file" "$share/spec-kitty/schemas/${file##*/}"
  done
  install -D -m 644 "$root/README.md" "$doc/README.md"
  install -m 644 "$staging/$rid/NOTICES" "$doc/NOTICES"
  install -m 644 "$staging/$rid/sbom.cdx.json" "$doc/sbom.cdx.json"
  [[ ! -e "$root/LICENSE" ]] || install -m 644 "$root/LICENSE" "$doc/LICENSE"
}
