# Shared by the scripts in this folder; sourced, not run.

say() { printf '%s\n' "==> $*" >&2; }

fail() {
  printf '%s\n' "error: $*" >&2
  exit 1
}

# Installs Debian packages, with sudo unless already root.
apt_install() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "installing $* needs root and sudo is missing. As root: apt-get install $*"
    as_root=(sudo)
  fi
  say "Installing $* with apt-get"
  ${as_root[@]+"${as_root[@]}"} apt-get update -qq >&2 || fail "apt-get update failed: is there a network?"
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get -o Dpkg::Use-Pty=0 install -y -qq --no-install-recommends "$@" >&2 || fail "apt-get could not install $*"
}

has_apt() { command -v apt-get >/dev/null; }
