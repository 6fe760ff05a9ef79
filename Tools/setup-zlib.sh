#!/usr/bin/env bash
# Sees to zlib's header and library, with which packed files are read; macOS has them, Debian's zlib1g-dev has them too.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

has_zlib() { echo '#include <zlib.h>' | "${CC:-cc}" -E - >/dev/null 2>&1 || [ -e /usr/include/zlib.h ]; }

if [ "$(uname)" = Darwin ] || has_zlib; then exit 0; fi
has_apt && apt_install zlib1g-dev
has_zlib || fail "zlib.h is missing: install zlib's development files (zlib1g-dev, zlib-devel)."
