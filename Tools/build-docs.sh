#!/usr/bin/env bash
# Builds the documentation of the library's modules into .build-docs with the toolchain's own DocC. A broken link is an
# error.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

# A toolchain on Linux has docc beside swift; Xcode finds it with xcrun.
docc=$(command -v docc || xcrun --find docc 2>/dev/null) \
  || fail "docc is missing. It comes with the toolchains of swift.org and with Xcode: put its folder into PATH."
command -v swift-symbolgraph-extract >/dev/null || xcrun --find swift-symbolgraph-extract >/dev/null 2>&1 \
  || fail "swift-symbolgraph-extract is missing. It comes with the toolchains of swift.org and with Xcode."

sdk=()
if [ "$(uname)" = Darwin ]; then sdk=(-sdk "$(xcrun --show-sdk-path)"); fi
triple=$(swift -print-target-info | sed -En 's/^ *"triple": "(.*)",$/\1/p' | head -1)

# A module's pages link to those of earlier modules.
modules=(Chainrule ChainruleTables ChainruleData ChainruleFormats)

say "Building the library"
swift build -c release --no-color-diagnostics --target ChainruleFormats >&2
products=$(swift build -c release --no-color-diagnostics --show-bin-path)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
archives=()
dependencies=()
for module in "${modules[@]}"; do
  say "Building the documentation of $module"
  # People import Chainrule, but most of what they use comes from modules that it re-exports. The others re-export whole
  # modules that have their own pages.
  exported=()
  if [ "$module" = Chainrule ]; then exported=(-experimental-allowed-reexported-modules=ChainruleCore,ChainruleKernels); fi
  mkdir "$work/$module"
  swift symbolgraph-extract -module-name "$module" ${exported[@]+"${exported[@]}"} -emit-extension-block-symbols \
    -I "$products/Modules" -I "$products/VectorIntrinsics.build" -I "$products/CPUFeatures.build" -I Sources/CZlib \
    -target "$triple" ${sdk[@]+"${sdk[@]}"} -minimum-access-level public -output-dir "$work/$module"
  "$docc" convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$work/$module" \
    --output-path "$work/$module.doccarchive" --fallback-display-name "$module" \
    --fallback-bundle-identifier "$module" --enable-experimental-external-link-support \
    ${dependencies[@]+"${dependencies[@]}"} --warnings-as-errors
  archives+=("$work/$module.doccarchive")
  dependencies+=(--dependency "$work/$module.doccarchive")
done

rm -rf .build-docs
"$docc" merge "${archives[@]}" --output-path .build-docs --synthesized-landing-page-name Chainrule

say "Done. To read it: python3 -m http.server -d .build-docs, then http://127.0.0.1:8000/documentation/"
