"""A program that uses the library as a newcomer's would: in a package of its own, which resolves nothing else."""

import json
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent

MANIFEST = """// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "Client",
  dependencies: [{dependency}],
  targets: [
    .executableTarget(name: "Client", dependencies: [.product(name: "Chainrule", package: "chainrule")])
  ])
"""

PROGRAM = """import Chainrule

let data = Dataset(inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0], inputCount: 2, targetCount: 1)
var run = try TrainingRun(
  network: Network("2, 8 tanh, 1 sigmoid", seed: 1), data: data, optimizer: .adam(learningRate: 0.05),
  stopping: .after(epochs: 300))
try run.train()
print(run.network.predict([1, 0])[0] > 0.9)
"""


def make_client(folder, dependency):
    (folder / "Sources" / "Client").mkdir(parents=True)
    (folder / "Package.swift").write_text(MANIFEST.replace("{dependency}", dependency))
    (folder / "Sources" / "Client" / "main.swift").write_text(PROGRAM)


def swift(folder, *arguments):
    result = subprocess.run(["swift", *arguments], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def resolved(folder):
    """The names of all packages that the client's package depends on, directly or not."""
    def names(package):
        return [name for child in package["dependencies"] for name in [child["identity"], *names(child)]]

    text = swift(folder, "package", "show-dependencies", "--format", "json")
    return names(json.loads(text[text.index("{"):]))


@pytest.fixture
def library(tmp_path):
    """A repository of the library as it is committed, with a version."""
    folder = tmp_path / "chainrule"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, folder], check=True)
    subprocess.run(["git", "tag", "1.0.0"], cwd=folder, check=True)
    return folder


def test_by_path_nothing_else_is_resolved(library, tmp_path):
    client = tmp_path / "client"
    make_client(client, f'.package(name: "chainrule", path: "{library}")')
    assert resolved(client) == ["chainrule"]


def test_by_address_and_version_nothing_else_is_resolved_and_a_plain_run_learns(library, tmp_path):
    client = tmp_path / "client"
    make_client(client, f'.package(url: "file://{library}", from: "1.0.0")')
    assert resolved(client) == ["chainrule"]
    assert swift(client, "run").splitlines()[-1] == "true"
