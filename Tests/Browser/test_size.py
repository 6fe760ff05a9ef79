"""The WebAssembly module stays small: a page that shows one figure should not wait for it."""

import gzip
import os
from pathlib import Path

BUDGET = 60_000  # bytes, as a web server sends the module: compressed with gzip


def test_the_module_fits_its_budget():
    module = (Path(os.environ["CHAINRULE_SITE"]) / "chainrule.wasm").read_bytes()
    assert module.startswith(b"\0asm")
    compressed = len(gzip.compress(module, 9))
    print(f"chainrule.wasm: {len(module)} bytes, {compressed} with gzip, {BUDGET} allowed")
    assert compressed <= BUDGET
