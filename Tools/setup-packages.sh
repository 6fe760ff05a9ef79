#!/usr/bin/env bash
# Unpacks Python packages into a folder, without their dependencies, for packages of which only the files are needed.
# Does nothing if it's up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

folder=$1
requirements=$2
stamp=$folder/requirements.installed
if cmp -s "$requirements" "$stamp"; then exit 0; fi

say "Fetching the packages of $requirements"
rm -rf "$folder"
python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --target "$folder" \
  -r "$requirements" || fail "pip could not install $requirements: is there a network?"
cp "$requirements" "$stamp"
