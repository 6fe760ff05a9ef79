#!/usr/bin/env bash
# Prints the folder of Fashion-MNIST's four IDX files, unpacked; installs Debian's dataset-fashion-mnist if necessary.
# (H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, 2017; MIT licence.)
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

folder=.build-benchmarks/fashion-mnist
packed=/usr/share/datasets/fashion-mnist
mkdir -p "$folder"
for file in train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte; do
  [ -s "$folder/$file" ] && continue
  if [ ! -e "$packed/$file.gz" ]; then
    { has_apt && apt_install dataset-fashion-mnist; } ||
      fail "Fashion-MNIST is missing: put its four files, unpacked, into $folder."
  fi
  gunzip -c "$packed/$file.gz" >"$folder/$file.part"
  mv "$folder/$file.part" "$folder/$file"
done
printf '%s\n' "$PWD/$folder"
