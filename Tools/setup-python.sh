#!/usr/bin/env bash
# Creates a Python environment from a list of requirements: .build-python from Tests/requirements.txt, unless two
# arguments name others. Does nothing if it's up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tools/common.sh

environment=${1:-.build-python}
requirements=${2:-Tests/requirements.txt}
stamp=$environment/requirements.installed
if cmp -s "$requirements" "$stamp" && "$environment/bin/python" -c '' 2>/dev/null; then exit 0; fi

command -v python3 >/dev/null || { has_apt && apt_install python3 python3-venv; } ||
  fail "python3 is missing: install Python 3.11 or newer."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$(python3 --version) is too old for the tests: install Python 3.11 or newer."
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  { has_apt && apt_install python3-venv; } || fail "Python's venv module is missing: install it (python3-venv)."
fi

say "Setting up Python in $environment"
rm -rf "$environment"
python3 -m venv "$environment" || fail "python3 -m venv $environment failed."
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
  -r "$requirements" || fail "pip could not install $requirements: is there a network?"
cp "$requirements" "$stamp"
