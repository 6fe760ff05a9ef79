"""The two figures that open the course, in a page of their own: a line through penguins and a border between two species."""

import pytest
from browsing import PHONE


def reached(f):
    return f.locator.evaluate("figure => figure.reachedGoals")


def line_plot(f):
    """Turns a penguin's x and y into a place on the page: the left plot, where two are beside each other."""
    box = f.canvas.bounding_box()
    width = (box["width"] - 108) / 2
    height = box["height"] - 98 - 76
    return lambda x, y: f.place(36 + (x + 3.2) / 6.4 * width, 28 + (6.6 - y) / 4.2 * height)


def drag(f, start, end):
    f.page.mouse.move(*start)
    f.page.mouse.down()
    f.page.mouse.move(*end, steps=4)
    f.page.mouse.up()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["line-fit", "one-perceptron"])
def test_draws_and_fits(alone, name, width, scheme):
    f = alone(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert f.page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(f.words) > 80
    colors = f.canvas.evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""")
    assert colors > 20


def test_a_line_is_fitted_by_hand(alone):
    f = alone("line-fit")
    at = line_plot(f)
    # The line's two handles, from a falling line to the one that fits.
    drag(f, at(-2.5, 6.4), at(-2.5, 3.1))
    drag(f, at(2.5, 4.4), at(2.5, 5.65))
    f.wait("Math.abs(figure.get('weight') - 0.51) < 0.03 && Math.abs(figure.get('bias') - 4.375) < 0.05")
    assert f.read("loss") < 0.13
    assert reached(f) == ["by-hand"]


def test_descent_by_mouse(alone):
    f = alone("line-fit")
    f.button("Step").click()
    f.wait("figure.steps === 1")
    f.locator.get_by_label("over weight and bias").check()
    f.wait("figure.get('view') === 1")
    f.button("Play").click()
    f.wait("figure.steps > 3")
    f.button("Pause").click()
    f.button("Reset").click()
    f.wait("figure.steps === 0 && Math.abs(figure.get('weight') + 0.4) < 0.001")
    # Pressed, the landscape puts weight and bias there: its middle.
    box = f.canvas.bounding_box()
    width = (box["width"] - 108) / 2
    f.page.mouse.click(*f.place(width + 92 + width / 2, 28 + (box["height"] - 174) / 2))
    f.wait("Math.abs(figure.get('weight') - 0.5) < 0.02 && Math.abs(figure.get('bias') - 4.5) < 0.04")


def test_a_point_is_dragged_and_brought_back(alone):
    f = alone("line-fit")
    assert not f.button("Original points").is_visible()
    at = line_plot(f)
    before = f.read("loss")
    drag(f, at(0.9, 4.7), at(0.9, 2.8))
    f.wait(f"figure.loss > {before} + 0.05")
    f.button("Original points").click()
    f.wait(f"Math.abs(figure.loss - {before}) < 0.0001")


def test_a_finger_turns_the_line(alone):
    f = alone("line-fit", **PHONE)
    # The place on the parabola, in the lower plot: a tap moves the weight.
    box = f.canvas.bounding_box()
    words = 34 + 36000 / box["width"]
    height = (box["height"] - words - 146) / 2
    f.page.touchscreen.tap(*f.place(36 + (box["width"] - 48) / 2, height + 102 + height / 2))
    f.wait("Math.abs(figure.get('weight') - 0.5) < 0.03")


def test_penguins_are_separated_by_keyboard_alone(alone):
    f = alone("one-perceptron")
    f.canvas.focus()
    f.page.keyboard.press("s")
    f.wait("figure.steps === 1")
    f.page.keyboard.press("Space")
    f.wait("figure.descriptionText.includes('31 of 31 right')")
    f.page.keyboard.press("Space")
    f.page.keyboard.press("r")
    f.wait("figure.steps === 0")
    words = f.words
    f.page.keyboard.press("Shift+ArrowRight")
    f.wait(f"figure.descriptionText !== {words!r}")
    f.page.keyboard.press("d")
    f.wait("figure.descriptionText.includes(' of 4 right')")


def test_the_arrow_and_sliders_separate_by_hand(alone):
    f = alone("one-perceptron")
    # The sliders count steps of 0.05 from −12 on: weights of 3 and −4, a bias of −1.2.
    for label, value in (("Weight 1", "300"), ("Weight 2", "160"), ("Bias", "216")):
        f.locator.get_by_label(label).fill(value)
    f.wait("figure.descriptionText.includes('31 of 31 right')")
    assert reached(f) == ["all-right"]
    f.locator.get_by_label("XOR").check()
    f.wait("figure.get('data') === 1")
    for label, value in (("Weight 1", "300"), ("Weight 2", "300"), ("Bias", "280")):
        f.locator.get_by_label(label).fill(value)
    f.wait("figure.descriptionText.includes('3 of 4 right')")
    assert "three-corners" in reached(f)
