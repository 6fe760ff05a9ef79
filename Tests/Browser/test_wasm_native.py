"""The same seed gives the same bits in the browser as natively, and so does the same table."""

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


@pytest.fixture
def run(browser, site):
    """Runs JavaScript in a page, which sees a module for the tests and an argument, and returns something."""
    page = browser.new_page()
    page.goto(site)

    def run(name, code, argument=None):
        module = ROOT / ".build-wasm" / "release" / f"{name}.wasm"
        return page.evaluate(
            """async ([text, argument]) => {
                const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                const hex = (number) => BigInt.asUintN(64, number).toString(16);
                const { instance } = await WebAssembly.instantiate(decode(text), {});
                const module = instance.exports;
                const all = (count, value) => Array.from({ length: count }, (_, index) => hex(value(index)));
                CODE
            }""".replace("CODE", code),
            [base64.b64encode(module.read_bytes()).decode(), argument],
        )

    yield run
    page.close()


def test_engine(run):
    """Every optimizer, activation, loss, schedule and normalization, in a module of the engine alone."""
    assert run("FingerprintWasm", "return all(module.fingerprint_count(), module.fingerprint)") == EXPECTED["engine"]


def test_tables(run):
    """Numbers, categories, dates, missing cells, Latin-1, decimal commas, UTF-16, free text: read, and encoded."""
    count = "module.table_count()"
    assert run("TablesWasm", f"return all({count}, module.table_fingerprint)") == EXPECTED["tables"]
    assert run("TablesWasm", f"return all({count}, module.encoding_fingerprint)") == EXPECTED["encodings"]


@pytest.mark.parametrize("file", EXPECTED["files"], ids=lambda file: f"{file['path']}-{file['target']}")
def test_table_files(run, file):
    found = run(
        "TablesWasm",
        """const bytes = decode(argument.bytes);
           const place = module.file_memory(bytes.length);
           new Uint8Array(module.memory.buffer).set(bytes, place);
           return [
               hex(module.file_table_fingerprint(place, bytes.length)),
               hex(module.file_encoding_fingerprint(place, bytes.length, argument.target)),
           ];""",
        {"bytes": base64.b64encode((ROOT / file["path"]).read_bytes()).decode(), "target": file["target"]},
    )
    assert found == [file["table"], file["encoding"]]
