#!/usr/bin/env bash
# Prints the path of the WebDriver of a WebKit for the browser tests: on Linux WebKitGTK's, on a virtual screen;
# installs Debian's packages if necessary. On macOS it's Safari's own, which must be enabled once: `safaridriver
# --enable`. CHAINRULE_WEBKIT_DRIVER selects another WebKitWebDriver.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

if [ "$(uname)" = Darwin ]; then
  command -v safaridriver || fail "safaridriver is missing: it comes with Safari."
  exit
fi

driver=${CHAINRULE_WEBKIT_DRIVER:-WebKitWebDriver}
missing=()
if ! command -v "$driver" >/dev/null; then missing+=(webkit2gtk-driver); fi
if ! command -v Xvfb >/dev/null; then missing+=(xvfb); fi
if [ ${#missing[@]} -gt 0 ]; then
  { has_apt && apt_install "${missing[@]}"; } ||
    fail "WebKitWebDriver and Xvfb are missing for the browser tests: install WebKitGTK's WebDriver and Xvfb."
fi
command -v "$driver" || fail "$driver is not there: CHAINRULE_WEBKIT_DRIVER should be the path of a WebKitWebDriver."
