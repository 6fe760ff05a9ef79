"""What the Makefile offers works. Its other targets run in `make test` itself, or are benchmarks that take long."""

import json
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
    pages = ROOT / ".build-docs" / "documentation"
    for page in ("", "chainrule", "chainruletables", "chainruledata", "chainruleformats", "chainrule/gettingstarted",
                 "chainruletables/table", "chainruledata/idxfile", "chainruleformats/tabularmodel",
                 "chainruleformats/pytorchfiles"):
        assert "<html" in (pages / page / "index.html").read_text(), page
    text = json.loads((ROOT / ".build-docs/data/documentation/chainruleformats/pytorchfiles.json").read_text())
    assert text["metadata"]["title"] == "PyTorch’s files" or text["metadata"]["title"] == "PyTorch's files"
