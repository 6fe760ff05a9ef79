#!/usr/bin/env bash
# Runs a build command and fails if it warned about this repository's own files. Dependencies may warn.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" 2>&1 | tee "$log"

own="$PWD/(Package.swift|(Sources|Tests|Tools|Snippets|CommandLine|Web)/[^:]*)"
# SwiftPM calls a package by its folder when it warns about the manifest.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]')
if grep -Eq "^$own:[0-9:]+ warning:|^warning: '($package|commandline|web)':" "$log"; then
  # The compiler warns once; so that the next build warns again, the files count as changed.
  sed -En "s#^($own):[0-9:]+ warning:.*#\1#p" "$log" | sort -u | while IFS= read -r file; do touch "$file"; done
  fail "there are warnings in our own code (see above)."
fi
