#!/usr/bin/env bash
# Runs a build command, and fails if there was a warning about this repository's own files. Dependencies may warn.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" 2>&1 | tee "$log"

own="$PWD/(Package.swift|(Sources|Tests|Tools|Snippets|CommandLine|Web)/[^:]*)"
# When SwiftPM warns about a manifest, it names the package by its folder.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]')
if grep -Eq "^$own:[0-9:]+ warning:|^warning: '($package|commandline|web)':" "$log"; then
  # The compiler warns only once. Mark the files as changed so that the next build warns again.
  sed -En "s#^($own):[0-9:]+ warning:.*#\1#p" "$log" | sort -u | while IFS= read -r file; do touch "$file"; done
  fail "there are warnings in our own code (see above)."
fi
