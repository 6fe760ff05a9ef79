"""The same seed gives the same bits in the browser as natively."""

import base64
import json
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
EXPECTED = json.loads((ROOT / "Tests" / "Vectors" / "fingerprints.json").read_text())


@pytest.mark.parametrize("name", EXPECTED["figures"])
def test_fingerprint(figure, name):
    expected = EXPECTED["figures"][name]
    f = figure(name)
    f.locator.evaluate("(figure, seed) => figure.setAttribute('seed', seed)", str(expected["seed"]))
    f.wait(f"figure.get('seed') === {expected['seed']}")
    f.locator.evaluate("(figure, steps) => { for (let i = 0; i < steps; i++) figure.set('step'); }", expected["steps"])
    assert f.steps == expected["steps"]
    assert f.fingerprint == expected["fingerprint"]


def test_engine(browser, site):
    """Every optimizer, activation, loss, schedule and normalization, in a module of the engine alone."""
    module = ROOT / ".build-wasm" / "release" / "FingerprintWasm.wasm"
    page = browser.new_page()
    page.goto(site)
    found = page.evaluate(
        """async (text) => {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const { instance } = await WebAssembly.instantiate(bytes, {});
            const engine = instance.exports;
            return Array.from({ length: engine.fingerprint_count() }, (_, index) =>
                BigInt.asUintN(64, engine.fingerprint(index)).toString(16));
        }""",
        base64.b64encode(module.read_bytes()).decode(),
    )
    page.close()
    assert found == EXPECTED["engine"]
