#!/usr/bin/env bash
# Builds the library's documentation into .build-docs with the toolchain's own DocC. A link that leads nowhere is an error.
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

say "Building the library"
swift build -c release --no-color-diagnostics --target Chainrule >&2
products=$(swift build -c release --no-color-diagnostics --show-bin-path)

say "Building the documentation"
symbols=$(mktemp -d)
trap 'rm -rf "$symbols"' EXIT
# Chainrule is what people import; most of what they use comes from the modules that it exports again.
swift symbolgraph-extract -module-name Chainrule -experimental-allowed-reexported-modules=ChainruleCore,ChainruleKernels \
  -I "$products/Modules" -I "$products/VectorIntrinsics.build" -I "$products/CPUFeatures.build" -target "$triple" ${sdk[@]+"${sdk[@]}"} -minimum-access-level public -output-dir "$symbols"
"$docc" convert Sources/Chainrule/Chainrule.docc --additional-symbol-graph-dir "$symbols" --output-path .build-docs \
  --fallback-display-name Chainrule --warnings-as-errors

say "Done. To read it: python3 -m http.server -d .build-docs, then http://127.0.0.1:8000/documentation/chainrule/"
