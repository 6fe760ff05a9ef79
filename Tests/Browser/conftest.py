"""The built site, served on loopback from a folder of a larger one, in a real Chromium."""

import contextlib
import itertools
import pathlib
import shutil

import pytest
from browsing import Figure, required, serving
from playwright.sync_api import sync_playwright
from windows import BROWSERS, opened


@pytest.fixture
def report(record_property):
    """Keeps a text for the end of the run, whichever process the test runs in."""
    return lambda text: record_property("report", text)


def pytest_terminal_summary(terminalreporter):
    for result in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, text in result.user_properties:
            if name == "report":
                terminalreporter.write_line(text)


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
def plain_page(site, open_page):
    """Opens a page of a test's own, as if it lay in the site's folder."""

    def open(html, **options):
        if 'rel="icon"' not in html:
            html = '<link rel="icon" href="data:,">' + html  # or the browser would ask the host for one

        def prepare(page):
            page.route("**/plain.html", lambda route: route.fulfill(
                body=html, content_type="text/html; charset=utf-8"))

        return open_page(site + "plain.html", prepare=prepare, **options)

    return open


@pytest.fixture
def figure(plain_page):
    """Opens a page with one figure, as the course shows it, and returns the figure, ready to be used."""

    def find(name, attributes="", **options):
        page = plain_page(ALONE.replace("NAME", name).replace("ATTRIBUTES", attributes), **options)
        return Figure(page, page.locator("chainrule-figure"))

    return find


@pytest.fixture
def alone(site, plain_page):
    """Opens a page that holds nothing but one figure."""

    def find(name, attributes="", **options):
        page = plain_page(f"""<meta name="viewport" content="width=device-width, initial-scale=1">
          <link rel="icon" href="{site}favicon.svg">
          <script type="module" src="{site}chainrule-figure.js"></script>
          <figure style="margin: 0"><chainrule-figure name="{name}" {attributes}></chainrule-figure></figure>""", **options)
        return Figure(page, page.locator("chainrule-figure"))

    return find


@pytest.fixture(scope="session")
def all_windows(browser):
    """A window of each browser, by the browser's name; opened on first use."""
    with contextlib.ExitStack() as closing:

        class Windows(dict):
            def __missing__(self, name):
                self[name] = closing.enter_context(opened(name, browser))
                return self[name]

        yield Windows()


@pytest.fixture(params=BROWSERS)
def window(request, all_windows):
    """A window of each browser in turn."""
    return all_windows[request.param]


@pytest.fixture
def host(site_folder, tmp_path):
    """Puts a page on a web server, with the site below /site/; gives the page's address. Each call starts another server."""
    with contextlib.ExitStack() as servers:
        count = itertools.count()

        def put(html, script='<script type="module" src="/site/chainrule-figure.js"></script>', without=None, **headers):
            folder = tmp_path / f"host{next(count)}"
            folder.mkdir()
            if without is None:
                (folder / "site").symlink_to(site_folder.resolve(), target_is_directory=True)
            else:
                shutil.copytree(site_folder, folder / "site", ignore=shutil.ignore_patterns(without))
            (folder / "page.html").write_text(
                f'<!doctype html><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">{script}{html}')
            return servers.enter_context(serving(folder, **headers)) + "page.html"

        yield put
