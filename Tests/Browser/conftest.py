"""The built site, served on loopback from a folder of a larger one, in a real Chromium."""

import contextlib
import functools
import http.server
import os
import pathlib
import threading

import pytest
from playwright.sync_api import sync_playwright


def required(name):
    value = os.environ.get(name)
    if not value:
        pytest.exit(f"{name} is not set: run these tests with `make test-python`.", returncode=2)
    return value


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, *arguments, headers, **options):
        self.additional = headers
        super().__init__(*arguments, **options)

    def end_headers(self):
        for name, value in self.additional.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder, **headers):
    """Python's own web server on any free port; gives its address. Underscores in headers' names stand for hyphens."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    handler = functools.partial(Handler, directory=str(folder), headers=headers)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def site_folder():
    return pathlib.Path(required("CHAINRULE_SITE"))


@pytest.fixture(scope="session")
def site(site_folder, tmp_path_factory):
    """The site's address. It lies in a folder of a larger site, as it may lie anywhere."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "course").symlink_to(site_folder.resolve(), target_is_directory=True)
    with serving(root) as address:
        yield address + "some/course/"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=required("CHAINRULE_CHROMIUM"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens pages; after the test, none may have complained or asked another origin, but for `others`, for anything."""
    contexts, complaints = [], []

    def open(url, expect_complaints=False, others=(), prepare=None, **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        origins = {address.split("/")[2] for address in (url, *others)}
        if not expect_complaints:
            page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: r.url.startswith("http") and r.url.split("/")[2] not in origins
                and complaints.append(f"asked {r.url}"))
        if prepare:
            prepare(page)
        page.goto(url)
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


ALONE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A figure</title>
<link rel="icon" href="favicon.svg">
<link rel="stylesheet" href="style.css">
<script type="module" src="chainrule-figure.js"></script>
<main><figure><chainrule-figure name="NAME" ATTRIBUTES></chainrule-figure></figure></main>
<footer style="height: 2000px"></footer>
"""


@pytest.fixture
def figure(site, open_page):
    """Opens a page with one figure, as the course shows it, and returns the figure, ready to be used."""

    def find(name, attributes="", **options):
        html = ALONE.replace("NAME", name).replace("ATTRIBUTES", attributes)

        def prepare(page):
            page.route("**/alone.html", lambda route: route.fulfill(body=html, content_type="text/html"))

        page = open_page(site + "alone.html", prepare=prepare, **options)
        return Figure(page, page.locator("chainrule-figure"))

    return find


class Figure:
    """A figure in a page, as a reader has it."""

    def __init__(self, page, locator):
        self.page = page
        self.locator = locator
        self.canvas = locator.locator("canvas")
        self.canvas.wait_for()
        self.page.wait_for_function("[...document.querySelectorAll('chainrule-figure')].every(f => f.isReady)")
        self.canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
        self.wait("figure.frameTimes.length > 0")

    def read(self, expression):
        return self.locator.evaluate(f"figure => figure.{expression}")

    @property
    def steps(self):
        return self.read("steps")

    @property
    def fingerprint(self):
        return self.read("fingerprint")

    @property
    def words(self):
        return self.read("descriptionText")

    @property
    def points(self):
        return int(self.words.split(" point")[0].split()[-1])

    def button(self, name):
        return self.locator.get_by_role("button", name=name, exact=True)

    def place(self, x, y):
        """A place on the page, from one on the canvas."""
        box = self.canvas.bounding_box()
        return box["x"] + x, box["y"] + y

    def wait(self, condition, timeout=10_000):
        """Waits until a JavaScript condition on `figure` holds."""
        handle = self.locator.element_handle()
        self.page.wait_for_function(f"figure => {condition}", arg=handle, timeout=timeout)
