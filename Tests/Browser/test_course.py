"""The figures of the course that train nothing, used by mouse, by finger and by keyboard alone."""

import re

import pytest
from browsing import PHONE

NAMES = ["forward-pass", "linear-collapse", "relu", "relu-network", "learning-rate"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_draws_and_tells_its_keys(figure, name, width, scheme):
    f = figure(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert len(f.words) > 60
    f.locator.locator(".more summary").click()
    terms = f.locator.locator("dt").all_inner_texts()
    assert 3 <= len(terms) == len(set(terms)) and all(f.locator.locator("dd").all_inner_texts())
    colors = f.canvas.evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""")
    assert colors > 20


def test_a_pulse_runs(figure):
    f = figure("forward-pass")
    before = f.fingerprint
    f.locator.get_by_label("5 layers").check()
    f.wait(f"figure.fingerprint !== '{before}'")
    picture = f.canvas.screenshot()
    f.canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        f.page.keyboard.press(key)
    assert "Chosen: perceptron 2 of hidden layer 1" in f.words
    f.page.wait_for_timeout(400)
    f.button("Pause").click()
    assert f.canvas.screenshot() != picture


def test_a_line_is_asked_for_its_values(figure):
    f = figure("linear-collapse")
    box = f.canvas.bounding_box()
    f.page.mouse.move(*f.place(box["width"] * 0.8, box["height"] * 0.4))
    f.wait("figure.descriptionText.includes('the network gives')")
    slope, sign, intercept = re.search(r"y = (−?[\d.]+) x ([−+]) ([\d.]+)", f.words).groups()
    at, gives = re.search(r"At x = (−?\d+\.\d+) the network gives (−?\d+\.\d+)", f.words).groups()
    number = lambda text: float(text.replace("−", "-"))
    expected = number(slope) * number(at) + number(intercept) * (1 if sign == "+" else -1)
    assert abs(number(gives) - expected) < 0.01
    before = f.fingerprint
    f.button("New weights").click()
    assert f.fingerprint != before


def test_a_handle_is_dragged(figure):
    f = figure("relu")
    box = f.canvas.bounding_box()
    # The handle over x = 0 stands in the middle of the plot, which begins at 42 and ends 18 before the edge.
    x = 42 + (box["width"] - 60) / 2
    height = (box["height"] - 110) * 0.66
    y = lambda z: 30 + height * (2 - z) / 4
    f.page.mouse.move(*f.place(x, y(-0.4)))
    f.page.mouse.down()
    f.page.mouse.move(*f.place(x, y(1)), steps=5)
    f.page.mouse.up()
    f.wait("Math.abs(figure.get('bias') - 1) < 0.05")
    f.locator.get_by_label("tanh").check()
    f.wait("figure.descriptionText.includes('tanh')")


def test_a_finger_drags_the_start(figure):
    f = figure("learning-rate", **PHONE)
    before = f.read("get('start')")
    box = f.canvas.bounding_box()
    f.page.touchscreen.tap(*f.place(box["width"] * 0.8, 120))
    f.wait(f"figure.get('start') !== {before}")
    assert f.read("get('start')") > 0.3


@pytest.mark.parametrize("rate, word", [("1", "bounces between two points"), ("0.9", "overshoots"), ("0.3", "converges"), ("0.05", "crawls")])
def test_rates_by_keyboard_alone(figure, rate, word):
    f = figure("learning-rate")
    f.locator.get_by_label(rate, exact=True).focus()
    f.page.keyboard.press("Space")
    f.wait(f"figure.descriptionText.includes(' it {word}: ')")
    f.canvas.focus()
    f.page.keyboard.press("s")
    assert f.steps == 1
    f.page.keyboard.press("Space")
    f.wait("figure.steps > 2")
    f.page.keyboard.press("r")
    f.wait("figure.steps === 0")


def test_kinks_by_keyboard_alone(figure):
    f = figure("relu-network")
    count = int(re.search(r"with (\d+) kink", f.words).group(1))
    assert count >= 3
    f.canvas.focus()
    found = []
    for _ in range(count):
        f.page.keyboard.press("ArrowRight")
        f.wait("figure.descriptionText.includes('Chosen')")
        found.append(f.words)
    assert len(set(found)) == count
    f.page.keyboard.press("h")
    f.wait("figure.get('shares') === 1")
    assert f.button("Shares").get_attribute("aria-pressed") == "true"


def test_a_goal_is_ticked_when_its_figure_reports_it(site, open_page):
    page = open_page(site)
    figure = page.locator("chainrule-figure[name='learning-rate']")
    goal = page.locator(".goal[data-goal='one-step']")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('chainrule-figure[name=learning-rate]').isReady")
    figure.get_by_role("button", name="Step", exact=True).click()
    assert figure.evaluate("figure => figure.reachedGoals") == []
    assert "Done" not in goal.inner_text()
    figure.evaluate("figure => { figure.set('learning-rate', 0.5); }")
    figure.get_by_role("button", name="Step", exact=True).click()
    assert figure.evaluate("figure => figure.reachedGoals") == ["one-step"]
    assert goal.inner_text().endswith("Done!") and "reached" in goal.get_attribute("class")
