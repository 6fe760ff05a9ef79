"""Both figures, used by mouse, by finger and by keyboard alone."""

import pytest
from browsing import PHONE

NAMES = ["regression", "classification"]

# An empty place in the plot of either figure, at any width.
EMPTY = (70, 70)


@pytest.mark.parametrize("name", NAMES)
def test_buttons(figure, name):
    f = figure(name)
    start = f.fingerprint
    assert f.steps == 0 and len(start) == 16
    f.button("Step").click()
    assert f.steps == 1 and f.fingerprint != start
    f.button("Play").click()
    f.wait("figure.steps > 50")
    f.button("Pause").click()
    steps = f.steps
    f.page.wait_for_timeout(300)
    assert f.steps == steps
    f.button("Reset").click()
    assert f.steps == 0 and f.fingerprint == start
    f.button("New weights").click()
    assert f.steps == 0 and f.fingerprint != start


@pytest.mark.parametrize("name", NAMES)
def test_the_loss_falls_in_front_of_the_reader(figure, name):
    f = figure(name)
    before = f.read("loss")
    picture = f.canvas.screenshot()
    f.button("Play").click()
    f.wait("figure.steps > 300", timeout=20_000)
    f.button("Pause").click()
    assert f.read("loss") < 0.8 * before
    assert f.canvas.screenshot() != picture


@pytest.mark.parametrize("name", NAMES)
def test_points_by_mouse(figure, name):
    f = figure(name)
    count = f.points
    f.page.mouse.click(*f.place(*EMPTY))
    assert f.points == count + 1
    before = f.canvas.screenshot()
    f.page.mouse.move(*f.place(*EMPTY))
    f.page.mouse.down()
    f.page.mouse.move(*f.place(110, 120), steps=4)
    f.page.mouse.up()
    assert f.points == count + 1
    assert f.canvas.screenshot() != before
    f.locator.get_by_label("Erase").check()
    f.page.mouse.click(*f.place(*EMPTY))
    assert f.points == count + 1, "the point should have left this place"
    f.page.mouse.click(*f.place(110, 120))
    assert f.points == count
    f.page.mouse.move(*f.place(*EMPTY))
    f.button("Original points").click()
    assert f.points == count


@pytest.mark.parametrize("name", NAMES)
def test_points_by_finger(figure, name):
    f = figure(name, **PHONE)
    count = f.points
    f.page.touchscreen.tap(*f.place(*EMPTY))
    f.wait(f"figure.descriptionText.includes('{count + 1} points')")
    # A finger that rests on a point drags it and does not scroll the page.
    client = f.page.context.new_cdp_session(f.page)

    def touch(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    scroll = f.page.evaluate("scrollY")
    touch("touchStart", f.place(*EMPTY))
    f.page.wait_for_timeout(300)  # a finger that moves up or down at once would scroll
    for y in range(80, 131, 10):
        touch("touchMove", f.place(70, y))
    touch("touchEnd")
    assert f.page.evaluate("scrollY") == scroll
    assert f.points == count + 1
    f.locator.get_by_text("Erase").tap()
    f.page.touchscreen.tap(*f.place(70, 130))
    f.wait(f"figure.descriptionText.includes('{count} points')")
    # A finger beside the points scrolls and changes nothing.
    touch("touchStart", f.place(*EMPTY))
    for y in range(60, -61, -20):
        touch("touchMove", f.place(70, y))
    touch("touchEnd")
    f.page.wait_for_function(f"scrollY !== {scroll}")
    assert f.points == count


@pytest.mark.parametrize("name", NAMES)
def test_keyboard_alone(figure, name):
    f = figure(name)
    keyboard = f.page.keyboard
    count = f.points
    start = f.fingerprint
    # From the tools, Tab leads to the canvas.
    f.locator.get_by_role("radio").last.focus()
    keyboard.press("Tab")
    assert f.locator.evaluate("figure => figure.shadowRoot.activeElement.localName") == "canvas"
    keyboard.press("s")
    assert f.steps == 1
    keyboard.press("Space")
    f.wait("figure.steps > 20")
    keyboard.press("Space")
    assert f.words.startswith("Paused.")
    keyboard.press("r")
    assert f.fingerprint == start
    keyboard.press("w")
    assert f.fingerprint != start
    keyboard.press("ArrowUp")
    for key in ["Shift+ArrowLeft"] * 4 + ["Shift+ArrowUp"] * 4:
        keyboard.press(key)
    keyboard.press("Enter")
    assert f.points == count + 1
    keyboard.press("Enter")
    assert "holding" in f.words
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    assert "holding" not in f.words and f.points == count + 1
    keyboard.press("Delete")
    assert f.points == count
    keyboard.press(".")
    keyboard.press("Backspace")
    assert f.points == count - 1
    # Nothing traps the keyboard.
    keyboard.press("Tab")
    assert f.locator.evaluate("figure => figure.shadowRoot.activeElement.localName") == "input"


@pytest.mark.parametrize("name", NAMES)
def test_the_description_follows(figure, name):
    f = figure(name)
    live = f.locator.locator("[aria-live]")
    f.wait("figure.shadowRoot.querySelector('[aria-live]').textContent.startsWith('Paused. Step 0.')")
    assert f.canvas.get_attribute("aria-describedby") == live.get_attribute("id")
    f.button("Step").click()
    f.wait("figure.shadowRoot.querySelector('[aria-live]').textContent.includes('Step 1.')")


@pytest.mark.parametrize("name", NAMES)
def test_sliders_and_attributes(figure, name):
    f = figure(name)
    slider = f.locator.get_by_role("slider", name="Learning rate")
    before = f.read("get('learning-rate')")
    slider.focus()
    f.page.keyboard.press("ArrowRight")
    assert f.read("get('learning-rate')") > before
    f.locator.evaluate("figure => figure.setAttribute('learning-rate', '0.02')")
    f.wait("Math.abs(figure.get('learning-rate') - 0.02) < 1e-6")
    assert f.locator.locator("output").first.text_content() == "0.02"
    f.locator.evaluate("figure => figure.setAttribute('tool', 'erase')")
    f.wait("figure.descriptionText.includes('Tool: erase')")


def test_a_rate_that_is_too_high_says_so(figure):
    f = figure("regression")
    f.locator.evaluate("figure => { figure.set('learning-rate', 10); figure.set('play'); }")
    f.wait("figure.descriptionText.startsWith('Stopped')")
    f.button("Reset").click()
    f.locator.evaluate("figure => figure.set('learning-rate', 0.008)")
    f.button("Play").click()
    f.wait("figure.steps > 50")


def test_a_figure_off_screen_sleeps(figure):
    f = figure("regression")
    f.button("Play").click()
    f.wait("figure.steps > 50")
    f.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    f.page.wait_for_timeout(300)
    steps = f.steps
    f.page.wait_for_timeout(500)
    assert f.steps == steps
    f.canvas.scroll_into_view_if_needed()
    f.wait(f"figure.steps > {steps}")


def brightness(f):
    """The mean of what a figure has painted, 0 to 255."""
    return f.locator.evaluate("""figure => {
      const canvas = figure.shadowRoot.querySelector('canvas');
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      let sum = 0, painted = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 255) continue;
        sum += data[i] + data[i + 1] + data[i + 2];
        painted += 3;
      }
      return painted ? sum / painted : 0;
    }""")


@pytest.mark.parametrize("name", NAMES)
def test_dark_is_darker_than_light(figure, name):
    dark, light = (brightness(figure(name, color_scheme=scheme)) for scheme in ("dark", "light"))
    assert 0 < dark < 0.7 * light


def test_printed_in_light_colours(figure):
    f = figure("regression", color_scheme="dark")
    dark = brightness(f)
    f.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert brightness(f) > 1.4 * dark
    f.page.evaluate("dispatchEvent(new Event('afterprint'))")
    f.page.wait_for_timeout(200)
    assert brightness(f) == dark


def test_the_colours_follow_the_system_at_once(figure):
    f = figure("regression")
    before = f.canvas.screenshot()
    f.page.emulate_media(color_scheme="dark")
    f.page.wait_for_timeout(200)
    assert f.canvas.screenshot() != before
