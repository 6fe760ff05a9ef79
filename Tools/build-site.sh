#!/usr/bin/env bash
# Builds the WebAssembly module and puts it with the pages of Web/site into .build-site. Touches only what changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

pages=Web/site
site=.build-site
module=chainrule.wasm

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
built=.build-wasm/$module
if [ ! -e "$built" ] || [ "$linked" -nt "$built" ]; then
  say "Making it small"
  wasm-opt -Oz --converge --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals "$linked" -o "$built"
fi
printf 'WebAssembly module: %d bytes, %d with gzip\n' "$(wc -c <"$built")" "$(gzip -9 -c "$built" | wc -c)"

# update FROM TO: copies a file if it differs.
update() {
  cmp -s "$1" "$2" && return
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2"
  chmod 644 "$2"
}

mkdir -p "$site"
update "$built" "$site/$module"
(cd "$pages" && find . -type f) | while IFS= read -r file; do update "$pages/$file" "$site/$file"; done
(cd "$site" && find . -type f ! -path "./$module") | while IFS= read -r file; do
  [ -e "$pages/$file" ] || rm "$site/$file"
done
find "$site" -mindepth 1 -type d -empty -delete
say "The site is in $site"
