"""The figure of vanishing gradients and the race of batches, in a page of their own: by mouse, by finger, by keyboard."""

import re

import pytest
from browsing import PHONE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["vanishing-exploding", "batches", "softmax"])
def test_draws_and_fits(alone, name, width, scheme):
    f = alone(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert f.page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(f.words) > 100
    f.locator.locator(".more summary").click()
    terms = f.locator.locator("dt").all_inner_texts()
    assert 5 <= len(terms) == len(set(terms)) and all(f.locator.locator("dd").all_inner_texts())


def test_from_vanishing_to_healthy_by_two_clicks(alone):
    f = alone("vanishing-exploding")
    assert "It vanishes. " in f.words
    picture = f.canvas.screenshot()
    f.locator.get_by_label("ReLU", exact=True).check()
    f.wait("figure.descriptionText.includes('It explodes. ')")
    f.locator.get_by_label("First weights").select_option("He")
    f.wait("figure.descriptionText.includes('Healthy. ')")
    f.page.wait_for_timeout(700)
    assert f.canvas.screenshot() != picture
    before = f.fingerprint
    f.button("New weights").click()
    f.wait(f"figure.fingerprint !== '{before}'")


def test_a_layer_is_pointed_at_and_pressed(alone):
    f = alone("vanishing-exploding")
    box = f.canvas.bounding_box()
    f.page.mouse.move(*f.place(56, box["height"] * 0.6))
    f.wait("figure.descriptionText.includes('Chosen: Layer 1:')")
    f.page.mouse.move(*f.place(-20, -20))
    f.wait("!figure.descriptionText.includes('Chosen')")


def test_a_finger_chooses_a_layer(alone):
    f = alone("vanishing-exploding", **PHONE)
    box = f.canvas.bounding_box()
    f.page.touchscreen.tap(*f.place(box["width"] - 16, box["height"] * 0.6))
    f.wait("figure.descriptionText.includes('Chosen: Layer 30:')")


def test_layers_by_keyboard_alone(alone):
    f = alone("vanishing-exploding")
    f.canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "a", "i"):
        f.page.keyboard.press(key)
    f.wait("figure.descriptionText.includes('29 layers.') && figure.descriptionText.includes('Chosen: Layer 2:')")
    assert (f.read("get('activation')"), f.read("get('initializer')")) == (1, 1)
    f.page.keyboard.press("Escape")
    f.wait("!figure.descriptionText.includes('Chosen')")


def test_the_deepest_network_is_no_burden(alone):
    f = alone("vanishing-exploding")
    f.locator.get_by_label("Layers").fill("48")
    f.wait("figure.get('depth') === 50 && figure.descriptionText.startsWith('50 layers.')")


def numbers(f):
    return [tuple(map(int, found)) for found in re.findall(r"(\d+) samples; (\d+) update", f.words)]


def test_a_race_by_mouse(alone):
    f = alone("batches")
    for _ in range(8):
        f.button("Step").click()
    f.wait("figure.steps === 64")
    assert numbers(f) == [(64, 64), (64, 8), (64, 1)]
    f.locator.get_by_label("equal updates").check()
    f.button("Step").click()
    f.wait("figure.steps === 1")
    assert numbers(f) == [(1, 1), (8, 1), (64, 1)]
    f.button("Play").click()
    f.wait("figure.steps > 4")
    f.button("Pause").click()
    f.button("Reset").click()
    f.wait("figure.steps === 0")
    # Pressed, the bowl gives another start.
    words = f.words
    f.page.mouse.click(*f.place(90, 80))
    f.wait(f"figure.descriptionText !== {words!r}")


def test_a_finger_moves_the_start(alone):
    f = alone("batches", **PHONE)
    words = f.words
    f.page.touchscreen.tap(*f.place(200, 150))
    f.wait(f"figure.descriptionText !== {words!r}")


def test_a_race_by_keyboard_alone(alone):
    f = alone("batches")
    f.canvas.focus()
    f.page.keyboard.press("s")
    f.wait("figure.steps === 8")
    f.page.keyboard.press("c")
    f.wait("figure.get('compare') === 1 && figure.steps === 0")
    f.page.keyboard.press("Space")
    f.wait("figure.steps > 2")
    f.page.keyboard.press("Space")
    f.page.keyboard.press("r")
    words = f.words
    f.page.keyboard.press("ArrowUp")
    f.wait(f"figure.descriptionText !== {words!r} && figure.steps === 0")


def test_each_batch_size_has_its_own_rate(alone):
    f = alone("batches")
    for label, rate in (("batch 1", "rate-1"), ("batch 8", "rate-8"), ("all 64", "rate-64")):
        slider = f.locator.get_by_label(f"Learning rate, {label}")
        before = [f.read(f"get('{name}')") for name in ("rate-1", "rate-8", "rate-64")]
        slider.focus()
        f.page.keyboard.press("ArrowRight")
        f.wait(f"figure.get('{rate}') > 0.08")
        after = [f.read(f"get('{name}')") for name in ("rate-1", "rate-8", "rate-64")]
        assert sum(a != b for a, b in zip(before, after)) == 1


def test_a_residual_connection_lets_sigmoids_hear(alone):
    f = alone("vanishing-exploding")
    f.locator.get_by_label("First weights").select_option("Xavier")
    f.wait("figure.descriptionText.includes('It vanishes. ')")
    f.locator.get_by_label("x + f(z), residual").check()
    f.wait("figure.descriptionText.includes('Healthy. ')")


def test_penguins_by_mouse(alone):
    f = alone("softmax")
    f.button("Play").click()
    f.wait("figure.steps > 40")
    f.button("Pause").click()
    assert int(re.search(r"(\d+) of 49 penguins right", f.words).group(1)) >= 45
    words = f.words
    f.page.mouse.click(*f.place(300, 200))
    f.wait(f"figure.descriptionText !== {words!r}")
    probabilities = [float(p) for p in re.findall(r"\bp ([\d.]+\d)", f.words)]
    assert len(probabilities) == 3 and abs(sum(probabilities) - 1) < 0.003
    f.locator.get_by_label("8 ReLUs in between").check()
    f.wait("figure.steps === 0")


def test_penguins_by_keyboard_and_finger(alone):
    f = alone("softmax")
    f.canvas.focus()
    f.page.keyboard.press("s")
    f.wait("figure.steps === 1")
    f.page.keyboard.press(".")
    f.wait("figure.descriptionText.includes('of a real Adelie')")
    f.page.keyboard.press("ArrowUp")
    f.wait("!figure.descriptionText.includes('real')")
    phone = alone("softmax", **PHONE)
    words = phone.words
    phone.page.touchscreen.tap(*phone.place(200, 120))
    phone.wait(f"figure.descriptionText !== {words!r}")
