"""README.md and Documentation/YourOwnTable.md: every command runs and prints what the page shows, and its Swift code is an example's."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
PAGE = (ROOT / "Documentation" / "YourOwnTable.md").read_text()


def blocks():
    """The page's fenced blocks, in order: their language and text."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture
def folder(tmp_path):
    """A folder with the page's tables, and the command in its PATH."""
    shutil.copy(ROOT / "data" / "penguins.csv", tmp_path)
    tables = [text for language, text in blocks() if language == "csv"]
    assert len(tables) == 1, "the page has one table of its own: new.csv"
    (tmp_path / "new.csv").write_text(tables[0])
    return tmp_path


def shell(folder, line):
    binary = pathlib.Path(os.environ["CHAINRULE_BINARY"])
    # The portable loops print the same digits on every processor.
    environment = dict(os.environ, CHAINRULE_KERNELS="portable", PATH=f"{binary.parent}:{os.environ['PATH']}")
    result = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, f"{line}{result.stderr}"
    return result


def test_commands_print_what_the_page_shows(folder):
    result, compared = None, 0
    for language, text in blocks():
        if language == "sh":
            result = shell(folder, text)
        elif language in ("text", "stderr") and result:
            assert text == (result.stdout if language == "text" else result.stderr)
            compared += 1
    assert compared >= 6


def test_the_table_begins_as_the_page_shows():
    shown = next(text for language, text in blocks() if language == "text")
    assert (ROOT / "data" / "penguins.csv").read_text().startswith(shown)


def test_code_is_the_example():
    example = (ROOT / "Examples" / "Sources" / "Penguins" / "main.swift").read_text()
    code = [text for language, text in blocks() if language == "swift"]
    assert len(code) == 2
    for block in code:
        body = block.split("\n\n", 1)
        assert body[0] == "import ChainruleFormats" and body[1] in example


def test_the_commands_of_the_readme_run(tmp_path):
    readme = (ROOT / "README.md").read_text()
    lines = [block for block in re.findall(r"^```sh\n(.*?)^```$", readme, re.M | re.S) if "chainrule train" in block]
    assert len(lines) == 1
    (tmp_path / "data").symlink_to(ROOT / "data")
    result = shell(tmp_path, f"set -e\n{lines[0]}")
    assert len(result.stdout.splitlines()) > 344 and (tmp_path / "penguins.safetensors").exists()
