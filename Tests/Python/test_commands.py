"""Every command that the README, the pages and the help texts show works, and every target of the Makefile is run by something.

A command that nothing here knows fails the test: run it, or add it to a list below with the reason why not.
"""

import gzip
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()
PAGES = sorted(
    str(page.relative_to(ROOT))
    for pattern in ("*.md", "Documentation/*.md", "Sources/*/*.docc/*.md", "Benchmarks/*.md", "Examples/*.md",
                    "CommandLine/*.md", "data/*.md", "Tests/Vectors/*.md")
    for page in ROOT.glob(pattern))

# Blocks of a page that a test runs as they stand.
BLOCKS_RUN_ELSEWHERE = {
    "Documentation/YourOwnTable.md": "test_your_own_table.py runs every block",
    "README.md": "test_your_own_table.py runs the block that trains",
    "Sources/Chainrule/Chainrule.docc/GettingStarted.md": "test_getting_started, below",
}
# Commands in the text of a page that are neither `make` nor `chainrule`.
EXEMPT = {
    "swift run": "test_client.py",
    "swift run -c release": "test_getting_started, below",
    "swift test -c release": "Architecture.md says why it isn't used alone; make test-swift runs it with its flags",
    "python Tools/golden_vectors.py": "needs PyTorch and scikit-learn, and its results are committed in Tests/Vectors",
}
# Who runs each target of the Makefile.
TARGETS = {
    "help": "test_makefile.py",
    "docs": "test_makefile.py",
    "test": "people and continuous integration: it's setup, lint, test-swift and test-python",
    "setup": "make test",
    "lint": "make test",
    "test-swift": "make test",
    "test-python": "make test",
    "site": "make test-python runs its script with --tests",
    "lab": "LabServerTests start the server, make test-python runs the builds",
    "screenshots": "test_screenshots, below, for one figure",
    "examples": "test_examples.py",
    "format": "test_format_and_clean, below",
    "clean": "test_format_and_clean, below",
    "fuzz": "long; make test-swift runs the same tests with fewer inputs",
    "sanitize": "long; make test-swift runs the same tests without sanitizers",
    "bench": "long",
    "bench-kernels": "long",
    "bench-tables": "long",
    "bench-read": "long",
    "bench-fashion": "long",
    "bench-browser": "long",
}
# Commands that the blocks and examples start with.
COMMANDS = ("make", "chainrule", "swift", "python", "python3", "git", "cd", "mkdir", "zcat", "curl", "docker", "npm", "pip")


def command_lines(text):
    """The lines of a block, without comments."""
    return [line.strip() for line in re.sub(r"(^|\s)#.*", "", text, flags=re.M).splitlines() if line.strip()]


def blocks(page):
    return re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```$", (ROOT / page).read_text(), re.M | re.S)


def inline(page):
    """Commands in the text: between backquotes, or alone on an indented line."""
    text = re.sub(r"^```.*?^```$", "", (ROOT / page).read_text(), flags=re.M | re.S)
    found = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ {4}(\S.*)$", text, re.M)
    for command in found:
        words = [word for word in command.split() if not re.fullmatch(r"[A-Z_]+=\S*", word)]
        # A word alone names the program.
        if len(words) > 1 and words[0] in COMMANDS:
            yield command


def check_make(command):
    words = command.split()
    variables = [word.split("=")[0] for word in words[words.index("make"):] if "=" in word]
    targets = [word for word in words[words.index("make") + 1:] if "=" not in word]
    assert targets and set(targets) <= set(TARGETS), f"“{command}”: the Makefile has no such target"
    for variable in variables:
        assert f"$({variable}" in MAKEFILE, f"“{command}”: the Makefile doesn't use {variable}"


def check_chainrule(chainrule, command):
    """The subcommand exists and has the options that are shown."""
    words = [word for word in command.split()[1:] if word != "help"]
    help_text = chainrule("help", *words[:1])
    for option in words[1:]:
        if option.startswith("-") and len(option) > 1:
            assert re.search(rf"(^|[\s,/]){re.escape(option)}\b", help_text), f"“{command}”: there's no {option}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_a_page(page, chainrule):
    for command in inline(page):
        if "make" in command.split():
            check_make(command)
        elif command.startswith("chainrule "):
            check_chainrule(chainrule, command)
        else:
            assert command in EXEMPT, f"{page}: nothing checks the command “{command}”"
    for block in blocks(page):
        for command in command_lines(block):
            if command.startswith("make "):
                check_make(command)
            else:
                assert page in BLOCKS_RUN_ELSEWHERE, f"{page}: nothing runs “{command}”"


def test_no_exemption_is_left_over():
    shown = {command for page in PAGES for command in inline(page)}
    assert set(EXEMPT) <= shown
    assert {page for page in PAGES if any(not line.startswith("make ") for block in blocks(page)
                                          for line in command_lines(block))} == set(BLOCKS_RUN_ELSEWHERE)


# MARK: The command's help


def write_table(path, columns, count=60):
    """Rows of small numbers and words, by the names of the columns."""
    values = {
        "id": lambda i: i, "address": lambda i: f"Street {i}", "price": lambda i: 100 + 3 * (i % 17) + i % 5,
        "rooms": lambda i: i % 17, "patient": lambda i: i // 3, "outcome": lambda i: ["well", "ill"][i % 4 == 0],
        "dose": lambda i: i % 4,
    }
    lines = [",".join(columns)] + [",".join(str(values[name](i)) for name in columns) for i in range(count)]
    path.write_text("\n".join(lines) + "\n")


@pytest.fixture
def folder(tmp_path, chainrule):
    """A folder with every file that the examples of the help texts name."""
    for name in ("iris.csv", "penguins.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    iris = (tmp_path / "iris.csv").read_text()
    for name in ("more.csv", "new.csv"):
        (tmp_path / name).write_text(iris)
    write_table(tmp_path / "houses.csv", ["id", "address", "rooms", "price"])
    write_table(tmp_path / "visits.csv", ["patient", "dose", "outcome"])
    write_table(tmp_path / "test.csv", ["id", "rooms", "price"])
    with gzip.open(tmp_path / "big.csv.gz", "wt") as file:
        file.write((tmp_path / "test.csv").read_text())
    chainrule("train", "test.csv", "--target", "price", "--ignore", "id", "--epochs", 2, "--output", "model.safetensors")
    return tmp_path


def examples(chainrule):
    """The examples of every help text, train's first: the others use its models."""
    names = re.findall(r"^  ([a-z]+) ", chainrule("--help").split("SUBCOMMANDS:")[1], re.M)
    found = []
    for name in sorted(names, key=lambda name: name != "train"):
        text = chainrule("help", name)
        part = re.search(r"^Examples?:(.*?)^USAGE:", text, re.M | re.S)
        found += [line.strip() for line in part.group(1).splitlines() if line.strip()] if part else []
    return found


def test_examples_of_the_help_texts_run(folder, chainrule):
    found = examples(chainrule)
    assert len(found) > 9 and all(re.match(r"(chainrule|zcat) ", example) for example in found), found
    binary = pathlib.Path(os.environ["CHAINRULE_BINARY"])
    environment = dict(os.environ, PATH=f"{binary.parent}:{os.environ['PATH']}")
    for example in found:
        result = subprocess.run(
            ["bash", "-o", "pipefail", "-c", example], cwd=folder, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, f"{example}\n{result.stderr}"


def test_the_overview_shows_commands_that_exist(chainrule):
    text = " ".join(chainrule("--help").split("USAGE:")[0].split())
    shown = re.findall(r"chainrule ([a-z]+)((?: (?:--[a-z]+|[A-Z]+))*)", text)
    assert len(shown) >= 3
    for name, rest in shown:
        check_chainrule(chainrule, f"chainrule {name}{rest}")


# MARK: The Makefile


def test_every_target_is_run():
    targets = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M).group(1).split())
    assert targets == set(TARGETS), "say above who runs each target of the Makefile"
    prerequisites = re.search(r"^test: ([a-z -]+)", MAKEFILE, re.M).group(1).split()
    assert set(prerequisites) == {name for name, runner in TARGETS.items() if runner == "make test"}


@pytest.mark.parametrize("target", [name for name in TARGETS if name.startswith("bench") or name in ("lab", "site")])
def test_what_long_targets_run_exists(target):
    """Not run, but every script, list and product that the recipe names is there."""
    shown = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = re.findall(r"(?<![\w./-])((?:Tools|Benchmarks)/[\w./-]+)", shown)
    assert files
    for name in files:
        assert (ROOT / name).exists(), f"make {target} uses {name}, which doesn't exist"
        if name.endswith(".sh"):
            assert os.access(ROOT / name, os.X_OK), f"{name} can't be run"
    benchmarks = (ROOT / "Benchmarks" / "Package.swift").read_text()
    for product in re.findall(r"--scratch-path \.build-benchmarks/swift --product (\w+)", shown):
        assert f'"{product}"' in benchmarks, f"Benchmarks/Package.swift has no {product}"


def test_site_runs_the_script_that_the_tests_run():
    recipe = re.search(r"^site:.*\n((?:\t.*\n)+)", MAKEFILE, re.M).group(1)
    assert "Tools/build-site.sh\n" in recipe and "Tools/build-site.sh --tests\n" in MAKEFILE


def test_examples_runs_the_programs_that_the_tests_run():
    recipe = re.search(r"^examples:.*\n((?:\t.*\n)+)", MAKEFILE, re.M).group(1)
    programs = re.search(r"for program in ([\w ]+);", recipe).group(1).split()
    run = (ROOT / "Tests" / "Python" / "test_examples.py").read_text()
    assert len(programs) == 6 and all(f'products / "{program}"' in run for program in programs)


@pytest.fixture
def copy(tmp_path):
    """The repository as it's committed, in a folder of its own."""
    folder = tmp_path / "chainrule"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, folder], check=True)
    return folder


def test_format_and_clean(copy):
    """Formatting leaves the code as it is; cleaning removes all folders that are built, and nothing else."""
    def make(target):
        return subprocess.run(["make", "--no-print-directory", target], cwd=copy, capture_output=True, text=True, check=True)

    make("format")
    # Every folder that some rule or script writes.
    scripts = MAKEFILE + "".join(path.read_text() for path in (ROOT / "Tools").glob("*.sh"))
    folders = {name.rstrip(".") for name in re.findall(r"(?<![\w/$])\.build(?:-[a-z]+)*", scripts)}
    assert len(folders) > 8
    for folder in folders:
        (copy / folder / "inside").mkdir(parents=True)
    make("clean")
    assert [path.name for path in copy.glob(".build*")] == []
    status = subprocess.run(["git", "status", "--porcelain"], cwd=copy, capture_output=True, text=True, check=True)
    assert status.stdout == ""


def test_screenshots(tmp_path):
    site = os.environ.get("CHAINRULE_SITE")
    if not site or not os.environ.get("CHAINRULE_CHROMIUM"):
        pytest.skip("CHAINRULE_SITE and CHAINRULE_CHROMIUM are not set: run these tests with `make test-python`.")
    subprocess.run([sys.executable, ROOT / "Tools" / "screenshots.py", site, tmp_path, "relu"], check=True)
    assert {f"relu-{width}-{scheme}.png" for width in (390, 1280) for scheme in ("light", "dark")} <= {
        path.name for path in tmp_path.iterdir()}


# MARK: Getting started


def test_getting_started(copy):
    """The page's commands, its changes to the manifest, and its program, in the order in which a reader does them."""
    page = (ROOT / "Sources/Chainrule/Chainrule.docc/GettingStarted.md").read_text()
    found = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.M | re.S)
    commands = [text for language, text in found if language == "sh"]
    swift = [text for language, text in found if language == "swift"]
    assert len(commands) == 1 and commands[0].startswith("mkdir Disc\n")
    assert swift[0].startswith("dependencies: [.package(path:") and swift[1].startswith("dependencies: [.product(")
    assert swift[2].startswith("platforms: ")
    subprocess.run(["bash", "-e", "-c", commands[0]], cwd=copy.parent, check=True, capture_output=True)
    package = copy.parent / "Disc"
    manifest = (package / "Package.swift").read_text()
    manifest = manifest.replace("    targets: [", f"    {swift[0].strip()}\n    targets: [", 1)
    manifest = re.sub(r'(\.executableTarget\(\s*name: "Disc")', lambda m: f"{m.group(1)},\n{swift[1].strip()}", manifest)
    (package / "Package.swift").write_text(manifest)
    (package / "Sources/Disc/Disc.swift").unlink()
    (package / "Sources/Disc/main.swift").write_text("".join(swift[3:]))
    run = next(command for command in inline("Sources/Chainrule/Chainrule.docc/GettingStarted.md")
               if command == "swift run -c release")
    # The page shows what the portable kernels print, which is the same on every machine.
    environment = {**os.environ, "CHAINRULE_KERNELS": "portable"}
    result = subprocess.run(shlex.split(run), cwd=package, capture_output=True, text=True, env=environment)
    assert result.returncode == 0, result.stderr
    for language, text in found:
        if language == "text":
            assert text in result.stdout
