"""The figures that draw networks of perceptrons, in a page of their own: by mouse, by finger and by keyboard alone."""

import math
import re

import pytest
from browsing import PHONE

LAPTOP = {"viewport": {"width": 1280, "height": 900}}
NAMES = ["forward-pass", "shapes", "parameters"]


def number(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("name", NAMES)
def test_fits_and_draws(alone, name, options, scheme):
    f = alone(name, color_scheme=scheme, **options)
    assert f.page.evaluate("document.documentElement.scrollWidth") == options["viewport"]["width"]
    colors = f.canvas.evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""")
    assert colors > 20


@pytest.mark.parametrize("shape, layers, sliders", [("Fan", 4, 1), ("Diamond", 5, 1), ("Autoencoder", 5, 3)])
def test_a_shape_is_chosen(alone, shape, layers, sliders):
    f = alone("shapes")
    f.locator.get_by_label(shape).check()
    f.wait(f"figure.descriptionText.startsWith('Paused. ') && figure.descriptionText.includes('{shape}')")
    assert f.locator.locator(".settings label:visible").count() == sliders
    before = f.fingerprint
    f.button("New weights").click()
    f.wait(f"figure.fingerprint !== '{before}'")
    # The inputs move what comes out.
    words = f.words
    f.locator.get_by_label("Input 1").focus()
    f.page.keyboard.press("End")
    f.wait("figure.get('input-1') === 1")
    assert f.words != words


def test_sliders_of_layers_that_are_not_there_hide(alone):
    f = alone("forward-pass")
    for choice, sliders in (("3 layers", 2), ("5 layers", 4), ("4 layers", 3)):
        f.locator.get_by_label(choice).check()
        f.page.wait_for_function(
            "n => [...document.querySelector('chainrule-figure').shadowRoot.querySelectorAll('.settings label')]"
            ".filter(label => !label.hidden).length === n", arg=sliders)


@pytest.mark.parametrize("name", ["forward-pass", "shapes"])
def test_a_tap_starts_a_pulse_and_shows_the_sum(alone, name):
    f = alone(name, **PHONE)
    box = f.canvas.bounding_box()
    # Down the last layer until a perceptron is met.
    x = box["width"] - 36
    assert any(taps_a_perceptron(f, x, y) for y in range(20, 320, 12))
    assert "Chosen: output" in f.words and "weights × inputs, plus the bias" in f.words
    # It runs to the end and stops.
    f.wait("figure.get('play') === 0")
    # The sum in the words is the sum of their terms.
    formula = f.words.split("plus the bias. ")[1]
    left, right = formula.rstrip(".").split(" = ")
    parts = re.findall(r"([−+]?) ?(\d+\.\d)(?: × \(?(−?\d+\.\d+)\)?)?", left)
    total = sum((-1 if sign == "−" else 1) * float(a) * (number(b) if b else 1) for sign, a, b in parts)
    assert math.isclose(total, number(right), abs_tol=0.06)


def taps_a_perceptron(f, x, y):
    f.page.touchscreen.tap(*f.place(x, y))
    f.page.wait_for_timeout(60)
    return "Chosen: output" in f.words and "plus the bias" in f.words


def test_a_weight_is_pointed_at(alone):
    f = alone("forward-pass", 'hidden-1="1"', **LAPTOP)
    box = f.canvas.bounding_box()
    # With one perceptron in the first hidden layer, its connection is a level line.
    f.page.mouse.move(*f.place(box["width"] * 0.17, 4 + (box["height"] - 34 - 36000 / box["width"] - 30) / 2))
    f.wait("figure.descriptionText.includes('from input 1 to perceptron 1 of hidden layer 1')")
    weight, value, product = re.search(r"(−?[\d.]+) × \(?(−?[\d.]+)\)? = (−?[\d.]+)\.$", f.words).groups()
    assert abs(number(weight) * number(value) - number(product)) < 0.02
    f.page.mouse.move(5, 5)
    f.page.mouse.move(*f.place(-4, 20))
    f.wait("!figure.descriptionText.includes('Chosen')")


@pytest.mark.parametrize("name, chosen", [("forward-pass", 3), ("shapes", 2)])
def test_by_keyboard_alone(alone, name, chosen):
    f = alone(name)
    f.canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        f.page.keyboard.press(key)
    f.wait(f"figure.descriptionText.includes('Chosen: perceptron {chosen} of hidden layer 1')")
    assert f.read("get('play')") == 0
    f.page.keyboard.press("Enter")
    f.wait("figure.get('play') === 1")
    f.wait("figure.get('play') === 0")
    f.page.keyboard.press("Space")
    f.wait("figure.get('play') === 1")
    f.page.keyboard.press("w")
    f.page.keyboard.press("Escape")
    f.wait("!figure.descriptionText.includes('Chosen')")


def slider(f, label):
    return f.locator.locator(".settings label", has_text=label).locator("input")


def in_all(f):
    return int(re.search(r"in all .*?([\d,]+) parameters", f.words).group(1).replace(",", ""))


def test_parameters_are_counted(alone):
    f = alone("parameters", **LAPTOP)
    assert in_all(f) == 4 * (3 + 1) + 3 * (4 + 1) + 2 * (3 + 1)
    slider(f, "Inputs").focus()
    f.page.keyboard.press("End")
    f.wait("figure.get('inputs') === 8")
    assert in_all(f) == 4 * (8 + 1) + 3 * (4 + 1) + 2 * (3 + 1)
    f.locator.get_by_label("Digits: 784-128-10").check()
    f.wait("figure.get('example') === 1")
    assert in_all(f) == 101_770
    assert f.locator.locator(".settings label:visible").count() == 0
    f.locator.get_by_label("Small", exact=True).check()
    f.wait("figure.get('example') === 0")
    slider(f, "Layers").focus()
    f.page.keyboard.press("Home")
    f.wait("figure.get('layers') === 2")
    assert in_all(f) == 2 * (8 + 1)


def test_a_finger_and_keys_count_a_perceptron(alone):
    f = alone("parameters", **PHONE)
    box = f.canvas.bounding_box()
    f.page.touchscreen.tap(*f.place(box["width"] - 32 - 16, 4 + 280 / 2 - 35))
    f.wait("figure.descriptionText.includes('Chosen: output 1. Marked: 3 weights + 1 bias = 4 parameters.')")
    f.canvas.focus()
    f.page.keyboard.press("ArrowLeft")
    f.page.keyboard.press("+")
    f.wait("figure.get('hidden-2') === 4")
    f.page.keyboard.press("-")
    f.wait("figure.get('hidden-2') === 3")
    assert "Marked: 4 weights + 1 bias = 5 parameters." in f.words
