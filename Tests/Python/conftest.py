"""The `chainrule` executable, run in a folder of its own."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent


@pytest.fixture
def chainrule(tmp_path):
    binary = os.environ.get("CHAINRULE_BINARY")
    if not binary:
        pytest.exit("CHAINRULE_BINARY is not set: run these tests with `make test-python`.", returncode=2)

    def run(*arguments, kernels=None):
        environment = dict(os.environ, CHAINRULE_KERNELS=kernels or "")
        result = subprocess.run(
            [binary, *map(str, arguments)], cwd=tmp_path, capture_output=True, text=True, env=environment)
        assert result.returncode == 0, result.stderr
        run.complaints = result.stderr
        return result.stdout

    return run


@pytest.fixture
def iris():
    return ROOT / "data" / "iris.csv"
