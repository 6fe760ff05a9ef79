"""The site stays small: nobody should wait for it."""

import gzip

import brotli

# Bytes of the WebAssembly module as gzip makes them, which is what every host can send: about 3,000 for each figure.
MODULE = 88_000
# Bytes of everything that a first visit asks for, as brotli makes them, which browsers are sent wherever a host knows it.
FIRST_VISIT = 108_000


def sizes(content):
    return len(content), len(gzip.compress(content, 9)), len(brotli.compress(content))


def test_the_module_fits_its_budget(site_folder):
    module = (site_folder / "chainrule.wasm").read_bytes()
    assert module.startswith(b"\0asm")
    plain, zipped, _ = sizes(module)
    print(f"chainrule.wasm: {plain} bytes, {zipped} with gzip, {MODULE} allowed")
    assert zipped <= MODULE


def test_the_first_visit_fits_its_budget(site, site_folder, open_page, capsys):
    """Everything is counted: the page, what it loads, and what the copy for reading offline adds to that."""
    asked = set()
    page = open_page(site, prepare=lambda page: page.context.on("request", lambda request: asked.add(request.url)))
    page.wait_for_function("[...document.querySelectorAll('chainrule-figure')].every(figure => figure.isReady)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    names = sorted(url.removeprefix(site) or "index.html" for url in asked)
    assert {"index.html", "style.css", "chainrule-figure.js", "chainrule.wasm", "sw.js"} <= set(names)
    table = {name: sizes((site_folder / name).read_bytes()) for name in names}
    total = [sum(column) for column in zip(*table.values())]
    with capsys.disabled():
        print("\nThe first visit, in bytes: plain, with gzip, with brotli")
        for name, row in [*table.items(), ("together", total)]:
            print(f"  {name:20}" + "".join(f"{size:9,}" for size in row))
    assert total[2] <= FIRST_VISIT
