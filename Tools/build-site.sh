#!/usr/bin/env bash
# Builds the WebAssembly module and what the figures say about themselves, and makes the site of them and of the text in
# Web/course: .build-site, for any static host. Touches only what changed. SITE_URL says where the site will be, which
# only the picture in social networks needs to know.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

site=.build-site
module=.build-wasm/chainrule.wasm
material=.build-material

# With --tests also the module that the tests compare with the native engine.
products=(ChainruleWasm)
if [ "${1:-}" = --tests ]; then products+=(FingerprintWasm); fi

command -v swift >/dev/null || fail "Swift is missing: install Swift 6.3 or newer, see https://www.swift.org/install"
say "Building the WebAssembly module"
build=(swift build -c release --no-color-diagnostics --package-path Web --scratch-path .build-wasm
  --triple wasm32-unknown-none-wasm --toolset Web/toolset.json)
for product in "${products[@]}"; do "${build[@]}" --product "$product"; done
# Binaryen makes the module a fifth smaller, and changes no result.
command -v wasm-opt >/dev/null || { has_apt && apt_install binaryen; } ||
  fail "wasm-opt is missing: install Binaryen (brew install binaryen, or https://github.com/WebAssembly/binaryen)."
linked=$("${build[@]}" --show-bin-path)/ChainruleWasm.wasm
if [ ! -e "$module" ] || [ "$linked" -nt "$module" ]; then
  say "Making it small"
  wasm-opt -Oz --converge --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals "$linked" -o "$module"
fi
printf 'WebAssembly module: %d bytes, %d with gzip\n' "$(wc -c <"$module")" "$(gzip -9 -c "$module" | wc -c)"

say "Asking the figures about themselves"
native=(swift build -c release --no-color-diagnostics)
"${native[@]}" --product SiteMaterial >&2
"$("${native[@]}" --show-bin-path)/SiteMaterial" "$material"

Tools/setup-python.sh .build-site-python Tools/site/requirements.txt
PYTHONDONTWRITEBYTECODE=1 .build-site-python/bin/python Tools/site/build.py \
  --material "$material" --module "$module" --out "$site"
say "The site is in $site"
