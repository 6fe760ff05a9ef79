"""The built site, served on loopback, in a real Chromium."""

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

    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="session")
def site_folder():
    return pathlib.Path(required("CHAINRULE_SITE"))


@pytest.fixture(scope="session")
def site(site_folder):
    server, url = serve(str(site_folder))
    yield url
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=required("CHAINRULE_CHROMIUM"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens pages; after the test, none of them may have complained or asked another origin for anything."""
    contexts, complaints = [], []

    def open(url, expect_complaints=False, **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        origin = url.split("/")[2]
        if not expect_complaints:
            page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: r.url.startswith("http") and r.url.split("/")[2] != origin
                and complaints.append(f"asked {r.url}"))
        page.goto(url)
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def figure(site, open_page):
    """Opens the site and returns one of its figures, ready to be used."""

    def find(name, **options):
        page = open_page(site, **options)
        return Figure(page, page.locator(f'chainrule-figure[name="{name}"]'))

    return find


class Figure:
    """A figure in a page, as a reader has it."""

    def __init__(self, page, locator):
        self.page = page
        self.locator = locator
        self.canvas = locator.locator("canvas")
        self.canvas.wait_for()
        # The page scrolls smoothly; a test's clicks must not meet a page on its way.
        self.page.wait_for_function("[...document.querySelectorAll('chainrule-figure')].every(f => f.isReady)")
        self.canvas.evaluate("canvas => canvas.scrollIntoView({ behavior: 'instant', block: 'center' })")
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
