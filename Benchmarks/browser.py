"""Times the engine in WebAssembly, in a real Chromium: `make bench-browser` runs this.

    browser.py [--module FILE] [--blocks N]

Each work is done in blocks of 20 ms or more, the works taking turns; a time is the median over the blocks. Prints a
table, and writes .build-benchmarks/browser.json. Fails if a loss did not fall, or a result changed from block to block.
CHAINRULE_CHROMIUM names the browser. FILE is another module with the same exports, below the repository's folder.
"""

import argparse
import json
import math
import os
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))

from browsing import serving  # noqa: E402


@dataclass
class Work:
    name: str
    target: float
    """The most it should take, in microseconds."""
    given: float | None
    """What JavaScript took for the same work, in microseconds."""
    peer: str
    trains: bool


# In the order of the module's works.
WORKS = (
    Work("playground net, epoch of 250, batches of 10", 25, 250, "nn.ts", trains=True),
    Work("playground net, 100 × 100 outputs", 500, 8_300, "nn.ts", trains=False),
    Work("classification net, step of 30", 150, 3_900, "article", trains=True),
    Work("classification net, 100 × 100 outputs", 3_000, None, "", trains=False),
)
NOTE = """JavaScript's times were measured once, elsewhere, and are given numbers here: TensorFlow Playground's nn.ts, and
the script of the article that the course began as."""
ISOLATION = {"Cross_Origin_Opener_Policy": "same-origin", "Cross_Origin_Embedder_Policy": "require-corp"}


def measure(module, blocks):
    """The browser's version, and for each work its times and results."""
    with serving(ROOT, **ISOLATION) as address:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ["CHAINRULE_CHROMIUM"], args=["--no-sandbox"])
            page = browser.new_page()
            page.on("pageerror", lambda error: sys.exit(f"error: the page failed: {error}"))
            page.goto(address + "Benchmarks/browser.html")
            if not page.evaluate("crossOriginIsolated"):
                sys.exit("error: the page is not isolated, its clock is too coarse.")
            found = page.evaluate(
                "([module, count, blocks]) => measure(module, count, blocks)",
                [address + str(module.resolve().relative_to(ROOT.resolve())), len(WORKS), blocks])
            version = browser.version
            browser.close()
    return version, found


def check(work, found):
    """Exits if a work did not do what it should: an engine that is wrong may be as fast as it likes."""
    first, last = found["first"], set(found["last"])
    if not all(math.isfinite(value) for value in [first, *last]):
        sys.exit(f"error: {work.name}: a result is not finite.")
    if len(last) > 1:
        sys.exit(f"error: {work.name}: the same work gave different results, {sorted(last)}.")
    if work.trains and not last.pop() < 0.9 * first:
        sys.exit(f"error: {work.name}: the loss did not fall from {first}.")


def row(work, found):
    times = found["microseconds"]
    median = statistics.median(times)
    return {
        "work": work.name, "median": median, "best": min(times), "blocks": len(times), "timesInBlock": found["times"],
        "target": work.target, "isMet": median <= work.target, "javaScript": work.given, "peer": work.peer,
        "first": found["first"], "last": found["last"][-1],
    }


def line(row):
    given = ""
    if row["javaScript"]:
        given = f"{row['javaScript']:10,.0f} {row['peer']:8}{row['javaScript'] / row['median']:6.1f} ×"
    return (f"{row['work']:46}{row['median']:10,.1f}{row['best']:10,.1f}{row['target']:9,.0f}"
            f"{row['median'] / row['target']:9.2f} {'met' if row['isMet'] else 'MISSED':7}{given}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--module", type=Path, default=ROOT / ".build-wasm" / "modules" / "benchmark.wasm")
    parser.add_argument("--blocks", type=int, default=50)
    options = parser.parse_args()
    version, found = measure(options.module, options.blocks)
    for work, result in zip(WORKS, found, strict=True):
        check(work, result)
    rows = [row(work, result) for work, result in zip(WORKS, found, strict=True)]
    print(f"Chromium {version}, {options.blocks} blocks each; microseconds")
    print(f"{'':46}{'median':>10}{'best':>10}{'target':>9}{'/ target':>9}{'':8}{'JavaScript':>10}{'':8}{'faster':>8}")
    for entry in rows:
        print(line(entry).rstrip())
    print(NOTE)
    folder = ROOT / ".build-benchmarks"
    folder.mkdir(exist_ok=True)
    (folder / "browser.json").write_text(json.dumps({"chromium": version, "works": rows}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
