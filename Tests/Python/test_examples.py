"""The programs of Examples/, each in a package that depends on Chainrule by its path, built and run as their readers would."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parent.parent.parent


def build(package, scratch, *flags):
    """Builds a package beside the repository's other build folders; returns the folder of its products."""
    command = ["swift", "build", "-c", "release", "--no-color-diagnostics", "--package-path", str(ROOT / package)]
    command += ["--scratch-path", str(ROOT / scratch), *flags]
    # SwiftPM does not look for new files in a package that it depends on by path, unless it plans the build anew.
    (ROOT / scratch / "release.yaml").unlink(missing_ok=True)
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    ours = [line for line in built.stdout.splitlines() if "warning:" in line and str(ROOT) in line]
    assert not ours, ours
    return ROOT / scratch / "release"


def run(program, *arguments):
    result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_six_programs():
    products = build("Examples", ".build-examples")
    assert run(products / "Penguins", ROOT / "data/penguins.csv") == "Chinstrap\n"
    table = run(products / "ClassifyTable", ROOT / "data/iris.csv")
    right, count = map(int, re.search(r"right: (\d+) of (\d+)", table).groups())
    assert count == 30 and right >= 27
    fit = run(products / "FitCurve")
    assert fit.startswith("epoch 50: ")
    assert abs(float(re.search(r"sin 1 = ([\d.]+)", fit).group(1)) - 0.8415) < 0.1
    assert float(re.search(r"loss   ([\d.e-]+)", run(products / "Autoencoder")).group(1)) < 0.01
    assert run(products / "ResumeTraining") == "the same bits: true\n"
    gradients = run(products / "InspectGradients")
    sizes = [float(size) for size in re.findall(r"layer 1: .* gradient ([\d.e-]+)", gradients)]
    assert len(sizes) == 2 and sizes[0] < 1e-4 and sizes[1] > 0.01
    assert all(float(error) < 1e-6 for error in re.findall(r"off by ([\d.e-]+)", gradients))


def test_embedded():
    flags = ["-enable-experimental-feature", "Embedded", "-wmo"]
    products = build("Examples/Embedded", ".build-embedded", *(part for flag in flags for part in ("-Xswiftc", flag)))
    assert run(products / "EmbeddedTraining") == "0\n1\n1\n0\n"
