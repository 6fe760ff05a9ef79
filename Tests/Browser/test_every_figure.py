"""Every figure of the catalogue, whatever it shows: by mouse, by finger, and by keyboard alone."""

import json
import os
import pathlib

import pytest

MATERIAL = pathlib.Path(os.environ.get("CHAINRULE_SITE", ".build-site")).parent / ".build-material" / "figures.json"
FIGURES = {entry["name"]: entry for entry in json.loads(MATERIAL.read_text())} if MATERIAL.exists() else {}
SCREENS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
#: The names that a figure's list of keys uses, as Playwright calls them.
NAMED = {
    "Space": ["Space"], "Enter": ["Enter"], "Delete": ["Delete"], "Escape": ["Escape"],
    "Left": ["ArrowLeft"], "Right": ["ArrowRight"], "Up": ["ArrowUp"], "Down": ["ArrowDown"],
    "Arrows": ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"],
    "←": ["ArrowLeft"], "→": ["ArrowRight"], "↑": ["ArrowUp"], "↓": ["ArrowDown"], "−": ["-"],
}


def test_the_catalogue_is_known():
    assert len(FIGURES) == 21


def places(figure):
    """Places all over a figure's picture."""
    box = figure.canvas.bounding_box()
    return [(box["width"] * x, box["height"] * y) for y in (0.1, 0.3, 0.5, 0.7) for x in (0.1, 0.35, 0.6, 0.85)]


@pytest.mark.parametrize("width, scheme", SCREENS)
@pytest.mark.parametrize("name", FIGURES)
def test_by_mouse(figure, name, width, scheme):
    """The mouse presses and drags all over the picture, and uses every button and slider."""
    f = figure(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    seen = {f.words}
    for x, y in places(f):
        f.page.mouse.move(*f.place(x, y))
        f.page.mouse.down()
        f.page.mouse.move(*f.place(x + 12, y + 8), steps=2)
        f.page.mouse.up()
        seen.add(f.words)
    for button in f.locator.get_by_role("button").all():
        if button.is_visible():
            button.click()
            seen.add(f.words)
    for slider in f.locator.get_by_role("slider").all():
        if slider.is_visible():
            slider.fill(slider.get_attribute("max"))
            seen.add(f.words)
    assert len(seen) > 2 and all(len(words) > 20 for words in seen)
    assert f.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_by_finger(figure, name, scheme):
    f = figure(name, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2,
               color_scheme=scheme)
    seen = {f.words}
    for x, y in places(f):
        f.page.touchscreen.tap(*f.place(x, y))
        seen.add(f.words)
    for control in f.locator.locator("button, fieldset label").all():
        if control.is_visible():
            control.tap()
            seen.add(f.words)
    for slider in f.locator.get_by_role("slider").all():
        if slider.is_visible():
            # A finger near its right end.
            box = slider.bounding_box()
            slider.tap(position={"x": box["width"] * 0.9, "y": box["height"] / 2})
            seen.add(f.words)
    assert len(seen) > 2 and all(len(words) > 20 for words in seen)
    assert f.page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width, scheme", SCREENS)
@pytest.mark.parametrize("name", FIGURES)
def test_by_keyboard_alone(figure, name, width, scheme):
    """From the top of the page with Tab to the picture, then every key that the figure tells; then on, out of it."""
    f = figure(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for _ in range(60):
        f.page.keyboard.press("Tab")
        if f.locator.evaluate("figure => figure.shadowRoot.activeElement?.localName === 'canvas'"):
            break
    else:
        raise AssertionError("the picture can't be reached by Tab")
    seen = {f.words}
    pressed = 0
    for keys, meaning in FIGURES[name]["keys"]:
        for word in keys.replace(",", " ").split():
            named = NAMED.get(word) or NAMED.get(word.capitalize())
            for key in named or ([word.lower()] if len(word) == 1 else []):
                f.page.keyboard.press(key)
                pressed += 1
                seen.add(f.words)
    assert pressed >= 3 and len(seen) > 2, FIGURES[name]["keys"]
    f.page.keyboard.press("Tab")
    assert not f.locator.evaluate("figure => figure.shadowRoot.activeElement?.localName === 'canvas'")
