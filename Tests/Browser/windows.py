"""One window of a browser, in the same words for Chromium, Firefox and WebKit.

Playwright drives Chromium. Firefox is asked over WebDriver BiDi, WebKitGTK through its WebDriver: Debian's own packages,
as readers have them. All three take the same actions of a pointer and of keys (https://www.w3.org/TR/webdriver2/#actions).
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import websocket
from browsing import required
from selenium.webdriver import Safari, SafariService, WebKitGTK, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.remote.command import Command

#: Keys that have a name, as WebDriver writes them.
KEYS = {"Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Escape": "\ue00c", "Space": " ",
        "PageUp": "\ue00e", "PageDown": "\ue00f", "End": "\ue010", "Home": "\ue011", "ArrowLeft": "\ue012",
        "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Delete": "\ue017"}


class Window:
    """What a reader does, and what can be asked of the page. Places are in CSS pixels from the window's corner."""

    #: The longest that anything may take, in seconds: WebKitGTK paints without a graphics card, some frames a second.
    patience = 30

    def run(self, function, *arguments):
        """Calls a JavaScript function with values that JSON knows; gives what it returns, or what its promise brings."""
        raise NotImplementedError

    def wait(self, function, *arguments):
        """Waits until the function returns something true, which it gives back."""
        end = time.monotonic() + self.patience
        while not (result := self.run(function, *arguments)):
            assert time.monotonic() < end, f"still not true after {self.patience} seconds: {function} {arguments}"
            time.sleep(0.02)
        return result

    def click(self, x, y):
        self.drag((x, y))

    def drag(self, *places):
        """Moves to the first place, presses, moves on to the others, and lets go."""
        moves = [{"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"} for x, y in places]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self.perform({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
                      "actions": [moves[0], down, *moves[1:], up]})

    def press(self, *keys):
        """Presses keys one after the other: letters, or names such as ArrowLeft."""
        actions = []
        for key in keys:
            value = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self.perform({"type": "key", "id": "keyboard", "actions": actions})

    def perform(self, source):
        raise NotImplementedError


class Chromium(Window):
    name = "Chromium"

    def __init__(self, browser):
        self.context = browser.new_context(viewport={"width": 1000, "height": 800})
        self.page = self.context.new_page()
        self.client = self.context.new_cdp_session(self.page)

    def close(self):
        self.context.close()

    def open(self, address, width=1000, height=800):
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(address)

    def run(self, function, *arguments):
        # Playwright's own `evaluate` doesn't work where the page forbids `eval`.
        answer = self.client.send("Runtime.evaluate", {
            "expression": f"({function})(...{json.dumps(arguments)})", "awaitPromise": True, "returnByValue": True})
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def perform(self, source):
        names = {value: name for name, value in KEYS.items()}
        for action in source["actions"]:
            match action["type"]:
                case "pointerMove":
                    self.page.mouse.move(action["x"], action["y"])
                case "pointerDown":
                    self.page.mouse.down()
                case "pointerUp":
                    self.page.mouse.up()
                case "keyDown":
                    self.page.keyboard.down(names.get(action["value"], action["value"]))
                case "keyUp":
                    self.page.keyboard.up(names.get(action["value"], action["value"]))


class Firefox(Window):
    """A headless Firefox with a profile of its own, over WebDriver BiDi: https://w3c.github.io/webdriver-bidi/"""

    name = "Firefox"

    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix="chainrule-firefox-")
        environment = {**os.environ, "HOME": self.profile, "MOZ_HEADLESS": "1"}
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", self.profile, "--remote-debugging-port", "0", "about:blank"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if address := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                break
        else:
            raise AssertionError(f"{program} does not start: {''.join(lines[-5:])}")
        # What Firefox has to say later is of no interest, but must not fill the pipe.
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)
        self.socket = websocket.create_connection(
            address[1] + "/session", timeout=2 * self.patience, suppress_origin=True)
        self.count = 0
        self.ask("session.new", capabilities={})
        # A page in the first tab never has the keyboard, so that its buttons take no keys.
        self.context = self.ask("browsingContext.create", type="tab")["context"]

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.drain.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.count:
                assert answer["type"] == "success", f"{method}: {answer.get('error')} {answer.get('message')}"
                return answer["result"]

    def open(self, address, width=1000, height=800):
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, function, *arguments):
        answer = self.ask(
            "script.callFunction", awaitPromise=True, target={"context": self.context},
            functionDeclaration=f"async (values) => JSON.stringify((await ({function})(...JSON.parse(values))) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(arguments)}])
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def perform(self, source):
        self.ask("input.performActions", context=self.context, actions=[source])


class WebKit(Window):
    """WebKitGTK's small browser, on a virtual screen; on macOS, Safari."""

    name = "WebKit"

    def __init__(self, driver):
        self.closing = contextlib.ExitStack()
        if sys.platform == "darwin":
            self._start(Safari(service=SafariService(executable_path=driver)))
            return
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.closing.callback(screen.wait)
        self.closing.callback(screen.terminate)
        display = screen.stdout.readline().strip()
        assert display, "Xvfb does not start"
        environment = {**os.environ, "DISPLAY": f":{display}", "GDK_BACKEND": "x11"}
        service = WebKitGTKService(executable_path=driver, env=environment)
        self._start(WebKitGTK(options=WebKitGTKOptions(), service=service))

    def _start(self, driver):
        self.driver = driver
        self.closing.callback(self.driver.quit)
        self.driver.set_script_timeout(self.patience)

    def close(self):
        self.closing.close()

    def open(self, address, width=1000, height=800):
        self.driver.switch_to.default_content()
        self.driver.set_window_rect(width=width, height=height)
        self.driver.get(address)
        # The window has a frame of its own around the page.
        inner = self.run("() => [innerWidth, innerHeight]")
        if inner != [width, height]:
            self.driver.set_window_rect(width=2 * width - inner[0], height=2 * height - inner[1])
            self.wait("(width, height) => innerWidth === width && innerHeight === height", width, height)

    def run(self, function, *arguments):
        answer = self.driver.execute_async_script(
            f"""const done = arguments[1];
            (async () => ({function})(...JSON.parse(arguments[0])))().then(
              (result) => done({{ result: JSON.stringify(result ?? null) }}), (error) => done({{ error: String(error) }}));""",
            json.dumps(arguments))
        assert "error" not in answer, answer["error"]
        return json.loads(answer["result"])

    def perform(self, source):
        self.driver.execute(Command.W3C_ACTIONS, {"actions": [source]})


BROWSERS = ["Chromium", "Firefox", "WebKit"]


@contextlib.contextmanager
def opened(name, chromium):
    """A window of the browser with this name; `chromium` is the one that Playwright started."""
    match name:
        case "Chromium":
            window = Chromium(chromium)
        case "Firefox":
            window = Firefox(required("CHAINRULE_FIREFOX"))
        case "WebKit":
            window = WebKit(required("CHAINRULE_WEBKIT_DRIVER"))
    try:
        yield window
    finally:
        window.close()
