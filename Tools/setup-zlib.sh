#!/usr/bin/env bash
# Installs zlib's header and library, for reading gzipped files, if they're missing. macOS has them; on Debian they're
# in zlib1g-dev.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

has_zlib() { echo '#include <zlib.h>' | "${CC:-cc}" -E - >/dev/null 2>&1 || [ -e /usr/include/zlib.h ]; }

if [ "$(uname)" = Darwin ] || has_zlib; then exit 0; fi
has_apt && apt_install zlib1g-dev
has_zlib || fail "zlib.h is missing: install zlib's development files (zlib1g-dev, zlib-devel)."
