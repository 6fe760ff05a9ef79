"""Backpropagation, step by step: by mouse, by finger and by keyboard alone, in a page of its own."""

import re

import pytest
from browsing import PHONE

# Most tests count on fourteen calculations, and on the weights of this seed.
ONE_LAYER = 'hidden-2="0" seed="33" '


@pytest.fixture
def backpropagation(site, plain_page):
    """Opens a page with the figure and nothing else; gives the page and the figure."""

    def show(attributes="", **options):
        page = plain_page(f"""<meta name="viewport" content="width=device-width">
          <link rel="icon" href="data:,">
          <script type="module" src="{site}chainrule-figure.js"></script>
          <figure><chainrule-figure name="backpropagation" {ONE_LAYER}{attributes}></chainrule-figure></figure>""", **options)
        figure = page.locator("chainrule-figure")
        page.wait_for_function("document.querySelector('chainrule-figure').isReady")
        figure.locator("canvas").scroll_into_view_if_needed()
        return page, figure

    return show


def words(figure):
    return figure.evaluate("figure => figure.descriptionText")


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()


def calculation(figure):
    step, calculation = re.match(r"Step (\d+), calculation (\d+) of \d+\.", words(figure)).groups()
    return int(step), int(calculation)


def place(figure, x, y):
    box = figure.locator("canvas").bounding_box()
    return box["x"] + x, box["y"] + y


def bar(figure, index, count=14):
    """The middle of one of the calculations in the row above the network."""
    width = figure.locator("canvas").bounding_box()["width"]
    return place(figure, 12 + (width - 24) * (index - 0.5) / count, 20)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_fits_and_says_what_it_shows(backpropagation, width, scheme):
    page, figure = backpropagation(viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert "Forward: sum and activation, perceptron 1 of hidden layer 1" in words(figure)
    picture = figure.locator("canvas").screenshot()
    press(figure, "Step")
    assert calculation(figure) == (2, 1)
    assert figure.locator("canvas").screenshot() != picture


def test_forward_and_back_by_buttons(backpropagation):
    page, figure = backpropagation()
    seen = [words(figure)]
    for _ in range(16):
        press(figure, "Next")
        seen.append(words(figure))
    assert calculation(figure) == (2, 3) and len(set(seen)) == len(seen)
    for expected in reversed(seen[:-1]):
        press(figure, "Back")
        assert words(figure) == expected


def test_the_loss_falls_as_it_says(backpropagation):
    page, figure = backpropagation('keyframe="13"')
    losses = []
    for _ in range(4):
        before, now, predicted, came = (
            float(number) for number in re.findall(r"(?:loss before|loss now|‖²|actual drop) = ([\d.]+)\.", words(figure)))
        assert abs(before - now - came) < 2e-4 and 0.5 < came / predicted < 1.1
        losses.append(now)
        press(figure, "Step")
    assert losses == sorted(losses, reverse=True) and losses[-1] < 0.3 * losses[0]
    assert figure.evaluate("figure => figure.steps") == 5


def test_the_row_is_dragged_and_a_perceptron_pressed(backpropagation):
    page, figure = backpropagation()
    page.mouse.move(*bar(figure, 5))
    page.mouse.down()
    assert calculation(figure) == (1, 5)
    page.mouse.move(*bar(figure, 9), steps=4)
    page.mouse.up()
    assert calculation(figure) == (1, 9) and "Backward: δ" in words(figure)
    page.mouse.move(*bar(figure, 2))
    assert calculation(figure) == (1, 9)
    # The output stands at the right end of the network, in its middle: its δ is calculated first.
    box = figure.locator("canvas").bounding_box()
    page.mouse.click(*place(figure, box["width"] * 0.52 - 44, 52 + 24 + (box["height"] - 92) / 2))
    assert calculation(figure) == (1, 5) and "the output" in words(figure)


def test_by_finger(backpropagation):
    page, figure = backpropagation(**PHONE)
    page.touchscreen.tap(*bar(figure, 4))
    figure.evaluate("figure => new Promise(requestAnimationFrame)")
    assert calculation(figure) == (1, 4) and "Loss: " in words(figure)
    client = page.context.new_cdp_session(page)

    def touch(kind, *places):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in places]})

    # A finger on the row goes through the calculations, and does not scroll the page.
    scroll = page.evaluate("scrollY")
    touch("touchStart", bar(figure, 4))
    for index in range(5, 13):
        touch("touchMove", bar(figure, index))
    touch("touchEnd")
    assert page.evaluate("scrollY") == scroll
    assert calculation(figure) == (1, 12) and "Update: " in words(figure)
    # A pressed perceptron: the first of the hidden layer.
    width = figure.locator("canvas").bounding_box()["width"]
    page.touchscreen.tap(*place(figure, width / 2, 76 + 218 / 4))
    page.wait_for_function(
        "document.querySelector('chainrule-figure').descriptionText.includes('perceptron 1 of hidden layer 1')")
    assert calculation(figure) == (1, 11)


def test_by_keyboard_alone(backpropagation):
    page, figure = backpropagation()
    figure.get_by_role("radio", name="right").focus()
    page.keyboard.press("Tab")
    assert figure.evaluate("figure => figure.shadowRoot.activeElement.localName") == "canvas"
    live = "document.querySelector('chainrule-figure').shadowRoot.querySelector('[aria-live]').textContent"
    start = words(figure)
    page.keyboard.press("ArrowRight")
    assert calculation(figure) == (1, 2)
    # What is new is read aloud when the pulse has come to rest.
    page.wait_for_function(f"{live}.startsWith('Step 1, calculation 2 of 14. Forward')")
    page.keyboard.press("ArrowLeft")
    assert words(figure) == start
    page.keyboard.press("Shift+ArrowRight")
    assert "Loss: " in words(figure)
    page.keyboard.press("ArrowUp")
    assert calculation(figure) == (2, 4)
    page.keyboard.press("ArrowDown")
    assert calculation(figure) == (1, 4)
    page.keyboard.press("g")
    difference = re.search(r"difference = (\d·10⁻[⁷⁸⁹]|0)\.", words(figure))
    assert "Gradient check" in words(figure) and difference
    page.keyboard.press("r")
    assert words(figure) == start
    page.keyboard.press("w")
    assert words(figure) != start and calculation(figure) == (1, 1)
    page.keyboard.press("Tab")
    assert figure.evaluate("figure => figure.shadowRoot.activeElement.localName") == "input"


def test_a_slider_is_reckoned_through_at_once(backpropagation):
    page, figure = backpropagation('keyframe="3"')
    assert " − 0.8000 = " in words(figure)
    figure.get_by_role("slider", name="Target y").focus()
    page.keyboard.press("ArrowLeft")
    assert " − 0.7500 = " in words(figure) and calculation(figure) == (1, 4)
    assert figure.get_by_role("slider", name="Input x₂").is_visible()
    figure.get_by_role("slider", name="Inputs", exact=False).last.focus()
    page.keyboard.press("Home")
    assert not figure.get_by_role("slider", name="Input x₂").is_visible()


def test_a_relu_that_is_off_learns_nothing(backpropagation):
    page, figure = backpropagation()
    figure.get_by_text("ReLU", exact=True).click()
    texts = []
    for _ in range(14):
        texts.append(words(figure))
        press(figure, "Next")
    dead = [text for text in texts if "Nothing to learn here" in text]
    assert len(dead) == 3 and all("perceptron 2 of hidden layer 1" in text for text in dead)


def test_played_to_its_end(backpropagation):
    page, figure = backpropagation('hidden-1="1" inputs="1" keyframe="8"')
    press(figure, "Play")
    page.wait_for_function(
        "document.querySelector('chainrule-figure').descriptionText.startsWith('Step 1, calculation 10 of 10.')",
        timeout=15_000)
    assert figure.get_by_role("button", name="Play", exact=True).is_visible()
    times = figure.evaluate("figure => figure.frameTimes")
    assert sorted(times)[len(times) // 2] < 8


def test_a_thousand_steps_are_kept_and_forgotten(backpropagation):
    page, figure = backpropagation()
    figure.evaluate("figure => { for (let i = 0; i < 1100; i++) figure.set('step'); }")
    assert figure.evaluate("figure => figure.steps") == 1000
    figure.evaluate("figure => figure.set('reset')")
    assert figure.evaluate("figure => figure.steps") == 0 and calculation(figure) == (1, 1)


def test_a_mistake_is_switched_on_and_seen(backpropagation):
    page, figure = backpropagation()
    goals = "document.querySelector('chainrule-figure').reachedGoals"
    assert "Gradient check" not in words(figure)
    # Leftovers of the step before: there are none in the first.
    figure.get_by_text("no zeroing", exact=True).click()
    assert words(figure).endswith("Gradient check: passes.") and page.evaluate(goals) == []
    press(figure, "Step")
    assert "Gradient check: off by" in words(figure) and page.evaluate(goals) == ["no-zeroing"]
    # With one output, no paths meet behind the hidden layer.
    figure.get_by_text("no adding", exact=True).click()
    assert words(figure).endswith("Gradient check: passes.") and page.evaluate(goals) == ["no-zeroing", "harmless"]
    figure.get_by_role("slider", name="Second hidden layer").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "Gradient check: off by" in words(figure)
    figure.evaluate("figure => figure.set('keyframe', 12)")
    assert "Mistake: = in the code where += belongs." in words(figure)


def test_it_opens_with_sums_of_two(site, plain_page):
    page = plain_page(f"""<script type="module" src="{site}chainrule-figure.js"></script>
      <figure><chainrule-figure name="backpropagation" keyframe="14"></chainrule-figure></figure>""")
    page.wait_for_function("document.querySelector('chainrule-figure').isReady")
    text = page.evaluate("document.querySelector('chainrule-figure').descriptionText")
    assert "calculation 15 of 22. Backward: δ" in text
    first, second, total = (float(number.replace("−", "-")) for number in
                            re.findall(r"(?:w δ. = .*? = |their sum = )(−?[\d.]+)\.(?: |$)", text))
    assert abs(first + second - total) < 2e-4
