"""The page and its figures where things are different: offline, in other people's pages, without scripts, on paper."""

import re

import pytest
from browsing import READY, serving
from playwright.sync_api import expect

PAGES = ["", "embed.html"]

# What `SitePolicy` in ChainruleServer sends with every answer of `make lab`.
POLICY = re.compile(r'"(default-src.*?)"\n\s*\+ "(.*?frame-ancestors )"', re.DOTALL)


def test_offline_after_the_first_visit(site, open_page):
    page = open_page(site)
    page.wait_for_function(READY)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(site + "embed.html")
    page.wait_for_function(READY)
    page.context.set_offline(True)
    for name in ["", "embed.html", "?from=elsewhere"]:
        page.goto(site + name)
        page.wait_for_function(READY)
        assert page.locator("h2").count() > 3
    figure = page.locator("chainrule-figure").first
    assert figure.evaluate("figure => figure.isReady && figure.descriptionText.length") > 20


def test_an_old_copy_is_thrown_away(site, open_page):
    old, others = f"chainrule {site} old", "of somebody else"
    script = f"caches.open({old!r}); caches.open({others!r});"
    page = open_page(site, prepare=lambda page: page.add_init_script(script))
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    names = page.evaluate("caches.keys()")
    assert len(names) == 2 and others in names and old not in names


def test_the_labs_policy_allows_everything(site_folder, open_page):
    source = site_folder.parent / "CommandLine" / "Sources" / "ChainruleServer" / "SitePolicy.swift"
    policy = "".join(POLICY.search(source.read_text()).groups()) + "'self'"
    assert "script-src" in policy and "object-src" in policy
    with serving(site_folder, Content_Security_Policy=policy) as lab:
        for name in PAGES:
            # The policy forbids what `evaluate` does, so the page is only looked at.
            page = open_page(lab + name)
            figures = page.locator("chainrule-figure").count()
            page.mouse.move(600, 400)
            page.mouse.wheel(0, 300)  # once somebody reads, all of them start
            expect(page.locator("chainrule-figure canvas")).to_have_count(figures, timeout=20_000)


def test_from_another_origin_twice_in_a_plain_file(site_folder, tmp_path, open_page):
    """As a blog would do it: the two lines of embed.html, from a host that allows it, in a file without a style sheet."""
    with serving(site_folder, Access_Control_Allow_Origin="*") as host, serving(tmp_path) as blog:
        (tmp_path / "favicon.ico").write_bytes(b"")
        page = open_page(host + "embed.html")
        lines = page.locator("section pre.embed").last.text_content()
        assert f'src="{host}chainrule-figure.js"' in lines and lines.count("\n") == 1
        name = re.search(r'chainrule-figure name="([\w-]+)"', lines)[1]
        (tmp_path / "post.html").write_text(
            f"<!doctype html><title>A blog</title>\n{lines}\n<p>And again:</p>\n<chainrule-figure name='{name}'></chainrule-figure>")
        page = open_page(blog + "post.html", others=[host])
        page.wait_for_function(READY)
        figures = page.locator("chainrule-figure")
        assert figures.count() == 2
        for index in range(2):
            assert figures.nth(index).locator("canvas").bounding_box()["height"] > 100
            assert len(figures.nth(index).evaluate("figure => figure.descriptionText")) > 20


def test_reduced_motion_does_not_start_by_itself(site, open_page):
    html = f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regression" autoplay></chainrule-figure>"""

    def steps_after_a_second(motion):
        page = open_page(site + "embed.html", reduced_motion=motion)
        page.set_content(html)
        page.wait_for_function(READY)
        page.wait_for_timeout(1000)
        return page.locator("chainrule-figure").evaluate("figure => figure.steps")

    # Three seconds of play come before the first picture, and nothing after that.
    assert 300 < steps_after_a_second("reduce") < 4000
    assert steps_after_a_second("no-preference") > 100


def test_two_of_one_name_in_a_plain_page(site, open_page):
    page = open_page(site)
    page.set_content(f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regression" seed="3" learning-rate="0.02"></chainrule-figure>
      <chainrule-figure name="regression" seed="4"></chainrule-figure>""")
    page.wait_for_function(READY)
    first, second = page.locator("[seed='3']"), page.locator("[seed='4']")
    assert first.evaluate("f => f.fingerprint") != second.evaluate("f => f.fingerprint")
    first.evaluate("f => f.set('step')")
    assert (first.evaluate("f => f.steps"), second.evaluate("f => f.steps")) == (1, 0)
    assert abs(first.evaluate("f => f.get('learning-rate')") - 0.02) < 1e-6
    # One leaves, the other goes on; who comes back is as before.
    first.evaluate("f => { window.kept = f; f.remove(); }")
    second.evaluate("f => f.set('step')")
    page.evaluate("document.body.append(window.kept)")
    page.wait_for_function("window.kept.isReady")
    assert page.evaluate("window.kept.steps") == 1


def test_an_unknown_name_says_so(site, open_page):
    page = open_page(site)
    page.set_content(f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regresion"></chainrule-figure>""")
    alert = page.locator("chainrule-figure").get_by_role("alert")
    alert.wait_for()
    assert "no figure named “regresion”" in alert.text_content()


def test_a_missing_module_says_so(site, open_page):
    page = open_page(site, expect_complaints=True, service_workers="block")
    page.route("**/*.wasm", lambda route: route.fulfill(status=404))
    page.goto(site + "embed.html")
    page.set_content(f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regression"></chainrule-figure>""")
    alert = page.locator("chainrule-figure").first.get_by_role("alert")
    alert.wait_for()
    assert "could not be loaded (404)" in alert.text_content()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_javascript_the_page_makes_sense(site, browser, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name in PAGES:
        page.goto(site + name)
        pictures = page.locator("main figure img")
        assert pictures.count() == page.locator("main figure").count() > 3
        for index in range(pictures.count()):
            picture = pictures.nth(index)
            picture.scroll_into_view_if_needed()
            box = picture.bounding_box()
            assert box["width"] <= width and box["height"] > 50
            assert picture.locator("xpath=ancestor::chainrule-figure").bounding_box()["height"] <= box["height"] + 1
            assert len(picture.get_attribute("alt")) > 20
            assert page.request.get(site + picture.get_attribute("src")).ok
    page.goto(site)
    assert page.locator("math").count() > 3 and page.locator("math").first.is_visible()
    assert page.get_by_role("heading", level=2).first.is_visible()
    # Code may have what text may not.
    text = " ".join(page.locator("main :is(h2, p, li, dt, dd, figcaption)").evaluate_all(
        """list => list.map(element => {
          const copy = element.cloneNode(true);
          for (const code of copy.querySelectorAll("code, math")) code.remove();
          return copy.textContent;
        })"""))
    assert len(text) > 1000 and not re.search(r"[$\\*`]|\{[{%#]", text)
    context.close()


def test_prints_text_and_figures_and_nothing_to_press(site, open_page):
    page = open_page(site)
    page.wait_for_function(READY)
    page.emulate_media(media="print")
    for gone in [".contents", ".skip", ".turn"]:
        assert not page.locator(gone).first.is_visible()
    assert page.locator("main figure canvas").first.is_visible()
