#!/usr/bin/env bash
# Builds the site in .build-site, for any static host, from the WebAssembly modules, the figures' descriptions, and the
# text in Web/course. Touches only what changed. SITE_URL is the site's address, which only the picture for social
# networks needs.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

site=.build-site
material=.build-material

# With --tests, also builds the modules that the tests compare with the native engine and tables.
products=(ChainruleOpeningWasm=chainrule-opening.wasm ChainruleWasm=chainrule.wasm
  ChainruleLearningWasm=chainrule-learning.wasm)
if [ "${1:-}" = --tests ]; then products+=(FingerprintWasm TablesWasm); fi
Tools/build-modules.sh "${products[@]}"

say "Asking the figures about themselves"
native=(swift build -c release --no-color-diagnostics)
"${native[@]}" --product SiteMaterial >&2
"$("${native[@]}" --show-bin-path)/SiteMaterial" "$material"

Tools/setup-python.sh .build-site-python Tools/site/requirements.txt
PYTHONDONTWRITEBYTECODE=1 .build-site-python/bin/python Tools/site/build.py \
  --material "$material" --modules .build-wasm/modules --out "$site"
say "The site is in $site"
