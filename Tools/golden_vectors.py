"""Writes Tests/Vectors/*.json: the numbers of PyTorch and scikit-learn that the Swift tests compare with.

For maintainers; the tests read the files and need no Python. In a fresh environment with exactly these versions:

    pip install torch==2.13.0 scikit-learn==1.9.1 numpy==2.4.6
    python Tools/golden_vectors.py

Everything is computed in double precision from inputs that single precision holds exactly, so that Swift starts from the
same numbers. Running it again gives the same files, byte for byte.
"""

import json
import math
import sys
from pathlib import Path

import numpy
import sklearn
import torch

from golden import activations, initializers, losses, metrics, optimizers, schedules

PINNED = {"torch": "2.13.0", "scikit-learn": "1.9.1", "numpy": "2.4.6"}
FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Vectors"


def check_versions():
    found = {"torch": torch.__version__.split("+")[0], "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
    if found != PINNED:
        sys.exit(f"found {found}, but the vectors are made with {PINNED}: install these versions")


def plain(value):
    """The value as JSON: what is not finite becomes text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (torch.Tensor, numpy.ndarray, numpy.generic)):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def text(content):
    """JSON with one line for each entry of the lists at the top."""
    lines = []
    for key, value in content.items():
        if isinstance(value, list):
            entries = ",\n".join("  " + json.dumps(plain(entry)) for entry in value)
            lines.append(f'"{key}": [\n{entries}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(plain(value))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main():
    check_versions()
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    for module in (activations, initializers, losses, metrics, optimizers, schedules):
        name = module.__name__.split(".")[-1]
        content = {"provenance": {"program": "Tools/golden_vectors.py", **PINNED}, **module.vectors()}
        path = FOLDER / f"{name}.json"
        path.write_text(text(content))
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
