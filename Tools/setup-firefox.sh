#!/usr/bin/env bash
# Prints the path of a Firefox for the browser tests; installs Debian's firefox-esr if necessary. CHAINRULE_FIREFOX
# selects another one.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

# A browser counts when it runs: on some systems `firefox` is a stub that asks for a snap, and a snap can't be driven from here.
runs() { HOME=$(mktemp -d) "$1" --version >/dev/null 2>&1; }

find_browser() {
  local candidate
  for candidate in firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"; do
    if candidate=$(command -v "$candidate") && runs "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

if [ -n "${CHAINRULE_FIREFOX:-}" ]; then
  runs "$CHAINRULE_FIREFOX" || fail "CHAINRULE_FIREFOX=$CHAINRULE_FIREFOX does not run."
  printf '%s\n' "$CHAINRULE_FIREFOX"
  exit
fi

if find_browser; then exit; fi
if grep -qsx 'ID=debian' /etc/os-release; then apt_install firefox-esr; fi
find_browser || fail "no Firefox for the browser tests: install Firefox, or name one in CHAINRULE_FIREFOX."
