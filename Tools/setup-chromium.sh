#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome for the browser tests. If there is none, installs Debian's package, or
# elsewhere lets Playwright download one, which needs .build-python. CHAINRULE_CHROMIUM selects another browser.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

# A browser counts when it runs: on some systems `chromium` is a stub that asks for a snap.
runs() { "$1" --version >/dev/null 2>&1; }

# Where Playwright stores its browser.
playwright_browser() {
  .build-python/bin/python -c 'if True:
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null
}

find_browser() {
  local candidate
  for candidate in chromium chromium-browser google-chrome-stable google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if candidate=$(command -v "$candidate") && runs "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  candidate=$(playwright_browser) && runs "$candidate" && printf '%s\n' "$candidate"
}

if [ -n "${CHAINRULE_CHROMIUM:-}" ]; then
  runs "$CHAINRULE_CHROMIUM" || fail "CHAINRULE_CHROMIUM=$CHAINRULE_CHROMIUM does not run."
  printf '%s\n' "$CHAINRULE_CHROMIUM"
  exit
fi

# Without a font, the pages show no text.
if has_apt && [ ! -d /usr/share/fonts/truetype/dejavu ]; then apt_install fonts-dejavu-core; fi

if find_browser; then exit; fi
if grep -qsx 'ID=debian' /etc/os-release; then
  apt_install chromium
else
  say "Fetching Chromium with Playwright"
  with_deps=()
  if has_apt; then with_deps=(--with-deps); fi
  .build-python/bin/python -m playwright install ${with_deps[@]+"${with_deps[@]}"} chromium >&2 ||
    fail "no Chromium for the browser tests: install Chromium or Chrome, or name one in CHAINRULE_CHROMIUM."
fi
find_browser || fail "the Chromium that was installed does not run: try it with --version."
