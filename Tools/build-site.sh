#!/usr/bin/env bash
# Builds the WebAssembly modules and what the figures say about themselves, and makes the site of them and of the text in
# Web/course: .build-site, for any static host. Touches only what changed. SITE_URL says where the site will be, which
# only the picture in social networks needs to know.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

site=.build-site
modules=.build-wasm/modules
material=.build-material

# With --tests also the module that the tests compare with the native engine.
products=(ChainruleWasm ChainruleLearningWasm)
if [ "${1:-}" = --tests ]; then products+=(FingerprintWasm); fi

command -v swift >/dev/null || fail "Swift is missing: install Swift 6.3 or newer, see https://www.swift.org/install"
say "Building the WebAssembly modules"
build=(swift build -c release --no-color-diagnostics --package-path Web --scratch-path .build-wasm
  --triple wasm32-unknown-none-wasm --toolset Web/toolset.json)
for product in "${products[@]}"; do "${build[@]}" --product "$product"; done
linked=$("${build[@]}" --show-bin-path)
# Binaryen makes a module a fifth smaller, and changes no result.
command -v wasm-opt >/dev/null || { has_apt && apt_install binaryen; } ||
  fail "wasm-opt is missing: install Binaryen (brew install binaryen, or https://github.com/WebAssembly/binaryen)."
mkdir -p "$modules"
# shrink PRODUCT FILE
shrink() {
  local from=$linked/$1.wasm to=$modules/$2
  if [ ! -e "$to" ] || [ "$from" -nt "$to" ]; then
    say "Making $2 small"
    wasm-opt -Oz --converge --low-memory-unused --zero-filled-memory --enable-simd --enable-bulk-memory \
      --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals "$from" -o "$to"
  fi
  printf '%s: %d bytes, %d with gzip\n' "$2" "$(wc -c <"$to")" "$(gzip -9 -c "$to" | wc -c)"
}
shrink ChainruleWasm chainrule.wasm
shrink ChainruleLearningWasm chainrule-learning.wasm

say "Asking the figures about themselves"
native=(swift build -c release --no-color-diagnostics)
"${native[@]}" --product SiteMaterial >&2
"$("${native[@]}" --show-bin-path)/SiteMaterial" "$material"

Tools/setup-python.sh .build-site-python Tools/site/requirements.txt
PYTHONDONTWRITEBYTECODE=1 .build-site-python/bin/python Tools/site/build.py \
  --material "$material" --modules "$modules" --out "$site"
say "The site is in $site"
