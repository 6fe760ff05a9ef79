"""The race of optimizers and the price on weights, in a page of their own: by mouse, by finger and by keyboard alone."""

import re

import pytest
from browsing import PHONE


def steps_to_goal(figure, name):
    found = re.search(rf"{name}, rate [\d.]+: loss [^,:]+, at the goal since step (\d+)", figure.words)
    return int(found.group(1)) if found else None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["optimizers", "regularization"])
def test_draws_within_the_page(alone, name, width, scheme):
    f = alone(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert len(f.words) > 100
    assert f.page.evaluate("document.documentElement.scrollWidth") <= width
    f.button("Play").click()
    # Waits before it pauses: a slow machine takes many steps a frame, and a figure at rest draws no more of them.
    f.wait("figure.steps > 20 && figure.frameTimes.length > 5")
    f.button("Pause").click()


def test_a_race_to_its_end_by_mouse(alone):
    f = alone("optimizers")
    assert len(set(re.findall(r"loss ([\d.]+)\.", f.words))) == 1
    f.button("Play").click()
    f.wait("figure.get('play') === 0", timeout=30_000)
    straight = steps_to_goal(f, "RMSProp"), steps_to_goal(f, "SGD")
    assert None not in straight and straight[0] < straight[1]
    f.locator.get_by_label("Race on").select_option("Turned valley")
    f.wait("figure.steps === 0")
    f.button("Play").click()
    f.wait("figure.steps > 150", timeout=30_000)
    assert steps_to_goal(f, "RMSProp") is None and steps_to_goal(f, "SGD") == straight[1]


def test_the_start_is_dragged_by_mouse_and_by_finger(alone):
    f = alone("optimizers")
    f.page.mouse.move(*f.place(100, 100))
    f.page.mouse.down()
    f.page.mouse.move(*f.place(200, 150), steps=4)
    f.page.mouse.up()
    first = f.read("get('start-x')"), f.read("get('start-y')")
    assert first != (-1.5, 1)
    phone = alone("optimizers", **PHONE)
    phone.page.touchscreen.tap(*phone.place(250, 100))
    phone.wait("figure.get('start-x') > 0")


def test_networks_race_by_keyboard_alone(alone):
    f = alone("optimizers", 'track="A small network"')
    assert f.button("New weights").is_visible()
    f.canvas.focus()
    before = f.fingerprint
    f.page.keyboard.press("w")
    f.wait(f"figure.fingerprint !== '{before}'")
    f.page.keyboard.press("s")
    f.wait("figure.steps === 1")
    f.page.keyboard.press("Space")
    f.wait("figure.steps > 40", timeout=20_000)
    f.page.keyboard.press("r")
    f.wait("figure.steps === 0")
    f.locator.get_by_label("One rate for all").focus()
    f.page.keyboard.press("Space")
    f.wait("figure.descriptionText.includes('Adam, rate 0.03')")
    assert f.locator.get_by_text("Learning rate", exact=True).is_visible()


def test_a_price_on_weights(alone):
    f = alone("regularization", 'lambda="0.01"')
    f.canvas.focus()
    f.page.keyboard.press("l")
    f.wait("figure.descriptionText.includes('Penalty L1, λ 0.01')")
    f.page.keyboard.press("Space")
    f.wait("figure.steps > 1500", timeout=30_000)
    f.button("Pause").click()
    share = int(re.search(r"(\d+) % of 1088 weights", f.words).group(1))
    assert share > 50
    f.locator.get_by_label("Penalty λ").fill("0")
    f.wait("figure.get('lambda') === 0")
    before = f.fingerprint
    f.button("New points").click()
    f.wait("figure.steps === 0")
    assert f.fingerprint != before


def test_a_price_on_weights_by_finger(alone):
    f = alone("regularization", **PHONE)
    f.button("Play").tap()
    f.wait("figure.steps > 100", timeout=20_000)
    f.locator.get_by_text("L1", exact=True).tap()
    f.wait("figure.get('penalty') === 1")
