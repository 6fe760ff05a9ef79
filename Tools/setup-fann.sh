#!/usr/bin/env bash
# Compiles `make bench`'s worker for FANN and prints its path. Installs Debian's libfann-dev if necessary. If FANN isn't
# available, prints only a message to standard error, and the benchmark runs without it.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

source=Benchmarks/peers/fann.c
library=.build-benchmarks/fann/libfann-peer.so
if [ ! -e "$library" ] || [ "$source" -nt "$library" ]; then
  has_fann() { echo '#include <floatfann.h>' | cc -E - >/dev/null 2>&1; }
  if ! has_fann && has_apt; then apt_install libfann-dev gcc libc6-dev; fi
  if ! has_fann; then
    say "FANN (floatfann.h) is missing, and left out. To have it: apt-get install libfann-dev, or brew install fann."
    exit 0
  fi
  mkdir -p "$(dirname "$library")"
  cc -O3 -march=native -shared -fPIC -o "$library" "$source" -lfloatfann -lm || fail "cc could not compile $source."
fi
printf '%s\n' "$PWD/$library"
