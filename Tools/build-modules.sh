#!/usr/bin/env bash
# Builds WebAssembly modules: `Tools/build-modules.sh ChainruleWasm=chainrule.wasm FingerprintWasm`. A product with a
# file name is optimized for size and saved under that name in .build-wasm/modules. Touches only what changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

modules=.build-wasm/modules

command -v swift >/dev/null || fail "Swift is missing: install Swift 6.3 or newer, see https://www.swift.org/install"
say "Building the WebAssembly modules"
build=(swift build -c release --no-color-diagnostics --package-path Web --scratch-path .build-wasm
  --triple wasm32-unknown-none-wasm --toolset Web/toolset.json)
for module in "$@"; do "${build[@]}" --product "${module%=*}"; done
linked=$("${build[@]}" --show-bin-path)
# Binaryen makes a module a fifth smaller, with the same results.
command -v wasm-opt >/dev/null || { has_apt && apt_install binaryen; } ||
  fail "wasm-opt is missing: install Binaryen (brew install binaryen, or https://github.com/WebAssembly/binaryen)."
mkdir -p "$modules"
# shrink PRODUCT FILE
shrink() {
  local from=$linked/$1.wasm to=$modules/$2
  if [ ! -e "$to" ] || [ "$from" -nt "$to" ]; then
    say "Making $2 small"
    # Taking the control flow apart and rebuilding it, twice, saves another two percent.
    wasm-opt --flatten --rereloop -Oz --flatten --rereloop -Oz -Oz --converge --code-folding -Oz \
      --low-memory-unused --zero-filled-memory --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals "$from" -o "$to"
  fi
  printf '%s: %d bytes, %d with gzip\n' "$2" "$(wc -c <"$to")" "$(gzip -9 -c "$to" | wc -c)"
}
for module in "$@"; do
  if [[ $module = *=* ]]; then shrink "${module%=*}" "${module#*=}"; fi
done
