"""The site stays small: nobody should wait for it."""

import gzip

import brotli
import pytest

# Bytes as gzip makes them, which is what every host can send. The figures that compute are on every page of the course from the
# start; those that learn are fetched when one of them comes near the screen.
MODULES = {"chainrule-opening.wasm": 40_000, "chainrule.wasm": 60_000, "chainrule-learning.wasm": 115_000}
# Everything that the page asks for before anybody scrolls.
FIRST_LOAD = 140_000


def sizes(content):
    return len(content), len(gzip.compress(content, 9)), len(brotli.compress(content))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_fits_its_budget(site_folder, name):
    module = (site_folder / name).read_bytes()
    assert module.startswith(b"\0asm")
    plain, zipped, _ = sizes(module)
    print(f"{name}: {plain} bytes, {zipped} with gzip, {MODULES[name]} allowed")
    assert zipped <= MODULES[name]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_load_fits_its_budget(site, site_folder, open_page, report, width):
    """What the page asks for until it rests. The copy for reading offline, which comes after that, is counted by itself."""
    asked = set()
    page = open_page(site, viewport={"width": width, "height": 844},
                     prepare=lambda page: page.on("request", lambda request: asked.add(request.url)))
    page.wait_for_function("document.querySelector('chainrule-figure').isReady")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    names = sorted(url.removeprefix(site) or "index.html" for url in asked if not url.endswith("sw.js"))
    assert {"index.html", "style.css", "chainrule-figure.js", "chainrule-opening.wasm"} <= set(names)
    assert not {"chainrule.wasm", "chainrule-learning.wasm"} & set(names)
    table = {name: sizes((site_folder / name).read_bytes()) for name in names}
    total = [sum(column) for column in zip(*table.values())]
    later = sizes((site_folder / "chainrule-learning.wasm").read_bytes())
    rows = [*table.items(), ("together", total), ("later: learning", later)]
    report(f"The first load at {width} pixels, in bytes: plain, with gzip, with brotli\n"
           + "\n".join(f"  {name:30}" + "".join(f"{size:9,}" for size in row) for name, row in rows))
    assert total[1] <= FIRST_LOAD


def test_what_learns_is_there_when_the_reader_is(site, open_page):
    page = open_page(site)
    figure = page.locator("chainrule-figure[name='regression']")
    assert not figure.evaluate("figure => figure.isReady")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('chainrule-figure[name=regression]').isReady")
