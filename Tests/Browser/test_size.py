"""The WebAssembly module stays small: a page that shows one figure should not wait for it."""

import gzip
import os
from pathlib import Path

# Bytes, as a web server sends the module: compressed with gzip. Two figures fitted into 60,000; each of the course's brings
# 3,000 to 6,000, of the 108,000 that the first load of the whole page may take.
BUDGET = 78_000


def test_the_module_fits_its_budget():
    module = (Path(os.environ["CHAINRULE_SITE"]) / "chainrule.wasm").read_bytes()
    assert module.startswith(b"\0asm")
    compressed = len(gzip.compress(module, 9))
    print(f"chainrule.wasm: {len(module)} bytes, {compressed} with gzip, {BUDGET} allowed")
    assert compressed <= BUDGET
