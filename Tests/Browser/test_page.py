"""The page as a whole."""

import pytest

READY = "[...document.querySelectorAll('chainrule-figure')].every(figure => figure.isReady)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_fits(site, open_page, width, scheme):
    page = open_page(site, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.wait_for_function(READY)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for box in page.locator("chainrule-figure canvas").evaluate_all(
            "list => list.map(c => [c.getBoundingClientRect().left, c.getBoundingClientRect().right, c.height])"):
        assert box[0] >= 0 and box[1] <= width and box[2] > 200


def test_sharp_on_fine_screens(site, open_page):
    page = open_page(site, viewport={"width": 390, "height": 800}, device_scale_factor=3)
    page.wait_for_function(READY)
    page.locator("chainrule-figure canvas").first.scroll_into_view_if_needed()
    page.wait_for_function(
        "(c => c.width === Math.round(c.clientWidth * 3))"
        "(document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas'))")


def test_offline_after_the_first_visit(site, open_page):
    page = open_page(site)
    page.wait_for_function(READY)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    page.wait_for_function(READY)
    figure = page.locator('chainrule-figure[name="regression"]')
    figure.evaluate("figure => figure.set('step')")
    assert figure.evaluate("figure => figure.steps") == 1


def test_the_offline_copy_is_complete(site_folder):
    worker = (site_folder / "sw.js").read_text()
    for file in site_folder.iterdir():
        if file.name not in ("index.html", "sw.js"):
            assert f'"{file.name}"' in worker, f"{file.name} would be missing offline"


def test_reduced_motion_does_not_start_by_itself(site, open_page):
    html = f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regression" autoplay></chainrule-figure>"""

    def steps_after_a_second(motion):
        page = open_page(site, reduced_motion=motion)
        page.set_content(html)
        page.wait_for_function(READY)
        page.wait_for_timeout(1000)
        return page.locator("chainrule-figure").evaluate("figure => figure.steps")

    assert steps_after_a_second("reduce") == 0
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
    # One leaves, the other goes on; who comes back starts anew.
    first.evaluate("f => { window.kept = f; f.remove(); }")
    second.evaluate("f => f.set('step')")
    page.evaluate("document.body.append(window.kept)")
    page.wait_for_function("window.kept.isReady")
    assert page.evaluate("window.kept.steps") == 0


def test_an_unknown_name_says_so(site, open_page):
    page = open_page(site)
    page.set_content(f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <chainrule-figure name="regresion"></chainrule-figure>""")
    alert = page.locator("chainrule-figure").get_by_role("alert")
    alert.wait_for()
    assert "no figure named “regresion”" in alert.text_content()


def test_a_missing_module_says_so(site, open_page):
    page = open_page(site, expect_complaints=True, service_workers="block")
    page.route("**/chainrule.wasm", lambda route: route.fulfill(status=404))
    page.reload()
    alert = page.locator("chainrule-figure").first.get_by_role("alert")
    alert.wait_for()
    assert "could not be loaded (404)" in alert.text_content()


def test_without_javascript_the_text_is_there(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator("noscript .note").is_visible()
    assert page.get_by_role("heading", name="Learning a curve").is_visible()
    context.close()
