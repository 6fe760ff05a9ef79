"""What the Makefile offers works. Its other targets run in `make test` itself, or are benchmarks that take long."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parent.parent.parent


def make(target):
    result = subprocess.run(["make", "--no-print-directory", target], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_help_lists_every_target():
    text = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", text, re.M).group(1).split())
    listed = set(re.findall(r"^  make ([a-z-]+)", make("help"), re.M))
    assert listed == targets


def test_the_documentation_is_built():
    make("docs")
    index = (ROOT / ".build-docs" / "documentation" / "chainrule" / "index.html").read_text()
    assert "<html" in index
