"""The same seed gives the same bits in the browser as natively."""

import json
import pathlib

import pytest

EXPECTED = json.loads((pathlib.Path(__file__).parent.parent / "Vectors" / "fingerprints.json").read_text())


@pytest.mark.parametrize("name", EXPECTED)
def test_fingerprint(figure, name):
    expected = EXPECTED[name]
    f = figure(name)
    f.locator.evaluate("(figure, seed) => figure.setAttribute('seed', seed)", str(expected["seed"]))
    f.wait(f"figure.get('seed') === {expected['seed']}")
    f.locator.evaluate("(figure, steps) => { for (let i = 0; i < steps; i++) figure.set('step'); }", expected["steps"])
    assert f.steps == expected["steps"]
    assert f.fingerprint == expected["fingerprint"]
