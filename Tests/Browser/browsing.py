"""What the browser tests are made of: a web server, and a figure as a reader has it."""

import contextlib
import functools
import http.server
import os
import threading

import pytest

#: A phone, as Playwright describes one.
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
#: Starts all figures of a page, and tells whether they are there: those below the screen wait until somebody scrolls.
READY = """[...document.querySelectorAll('chainrule-figure')].map(figure => {
  figure.start?.();
  return figure.isReady;
}).every(Boolean)"""


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
