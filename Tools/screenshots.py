"""Takes pictures of the site for people to look at: `make screenshots` runs this.

    screenshots.py SITE FOLDER [NAME …]

For 390 and 1280 pixels, in light and in dark, FOLDER gets each figure as `NAME-390-light.png`, both pages screen by screen
as `page-1280-dark-03.png` and `embed-…`, and each figure as people see it who lack the sense for one colour, as
`NAME-1280-light-deuteranopia.png`. With names it is these figures alone. CHAINRULE_CHROMIUM names the browser.
"""

import functools
import http.server
import os
import re
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTHS, SCHEMES = (390, 1280), ("light", "dark")
SIGHTS = ("deuteranopia", "protanopia", "tritanopia")
# Figures far below the screen wait until somebody comes near.
READY = """[...document.querySelectorAll('chainrule-figure')].map(figure => {
  figure.start?.();
  return figure.isReady;
}).every(Boolean)"""
# Long enough for a figure that plays by itself to have something to show.
WARM_UP = 1500


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".wasm": "application/wasm"}

    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def opened(browser, address, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=2 if width < 760 else 1)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(READY)
    return page


def take_figures(page, folder, ending, names, with_sights):
    client = page.context.new_cdp_session(page)
    for figure in page.locator("chainrule-figure").all():
        name = figure.get_attribute("name")
        if names and name not in names:
            continue
        figure.scroll_into_view_if_needed()
        figure.evaluate("figure => figure.set('play', 1)")
        page.wait_for_timeout(WARM_UP)
        figure.evaluate("figure => figure.set('play', 0)")
        page.wait_for_timeout(100)
        figure.screenshot(path=folder / f"{name}-{ending}.png")
        for sight in SIGHTS if with_sights else ():
            client.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
            figure.screenshot(path=folder / f"{name}-{ending}-{sight}.png")
        client.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})


def take_screens(page, folder, name):
    height = page.evaluate("document.documentElement.scrollHeight")
    for index, top in enumerate(range(0, height, 860)):
        page.evaluate("top => scrollTo(0, top)", top)
        page.wait_for_timeout(120)
        page.screenshot(path=folder / f"{name}-{index:02}.png")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    site, folder, names = serve(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        if not names or re.sub(r"-(390|1280)-.*", "", old.name) in names:
            old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHAINRULE_CHROMIUM"), args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in SCHEMES:
                ending = f"{width}-{scheme}"
                page = opened(browser, site + "embed.html", width, scheme)
                take_figures(page, folder, ending, names, with_sights=width == 1280)
                if not names:
                    take_screens(page, folder, f"embed-{ending}")
                    take_screens(opened(browser, site, width, scheme), folder, f"page-{ending}")
                print(f"{ending}: done", flush=True)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
