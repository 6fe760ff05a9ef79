#!/usr/bin/env bash
# Builds the WebAssembly modules and what the figures say about themselves, and makes the site of them and of the text in
# Web/course: .build-site, for any static host. Touches only what changed. SITE_URL says where the site will be, which
# only the picture in social networks needs to know.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

site=.build-site
material=.build-material

# With --tests also the modules that the tests compare with the native engine and tables.
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
