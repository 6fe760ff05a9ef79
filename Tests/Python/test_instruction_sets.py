"""Loops for one instruction set stay among themselves."""

import pathlib
import platform
import subprocess

import pytest

OBJECTS = pathlib.Path(__file__).parent.parent.parent / ".build" / "release" / "ChainruleKernelsX86V3.build"


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="there are no such loops for this processor")
def test_no_code_for_avx2_can_be_linked_elsewhere():
    """A linker keeps one of several weak copies of a function: a copy of the standard library's that was compiled for AVX2
    could be the one, and would crash on processors without. So what is weak has to belong to the module itself."""
    objects = sorted(OBJECTS.glob("*.o"))
    assert objects, f"{OBJECTS} has no objects: build the package first"
    names = subprocess.run(["nm", *objects], capture_output=True, text=True, check=True).stdout.splitlines()
    weak = {line.split()[-1] for line in names if len(line.split()) == 3 and line.split()[1] in "WVwv"}
    defined = [line for line in names if " T " in line]
    assert len(defined) > 10
    foreign = [n for n in weak if not n.startswith("$s21ChainruleKernelsX86V3") and n != "__swift_reflection_version"]
    assert foreign == []
