"""A figure's SVG picture looks as the live figure does: the same program draws both."""

import base64
import os
import subprocess

import pytest

from browsing import required

#: How far two pictures are apart: the mean difference of a colour's parts, of 255, and the share of dots that anybody
#: would call different.
COMPARE = """async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  }));
  if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width}×${a.height}, ${b.width}×${b.height}`);
  let sum = 0, different = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const parts = [0, 1, 2].map((part) => Math.abs(a.data[i + part] - b.data[i + part]));
    sum += parts[0] + parts[1] + parts[2];
    if (Math.max(...parts) > 80) different++;
  }
  return [sum / a.data.length * 4 / 3, different / a.data.length * 4];
}"""


def chainrule(*arguments):
    result = subprocess.run([required("CHAINRULE_BINARY"), *map(str, arguments)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def names():
    """The figures' names; none without the command, so that tests can be collected without it."""
    if not os.environ.get("CHAINRULE_BINARY"):
        return []
    return [line.split()[0] for line in chainrule("figure", "--list").splitlines()]


@pytest.fixture
def compare(site, open_page):
    """Compares the live figure after some steps with a picture made by the command."""

    def compare(name, width, scheme, steps=0, picture_steps=None, theme="auto"):
        page = open_page(site, color_scheme=scheme, viewport={"width": 900, "height": 1000})
        icon = f'<link rel="icon" href="{site}favicon.svg">'
        page.set_content(f"""{icon}<script type="module" src="{site}chainrule-figure.js"></script>
          <style>:root {{ color-scheme: light dark; }} body {{ background: light-dark(#ffffff, #14181f); }}</style>
          <div style="width: {width}px"><chainrule-figure name="{name}"></chainrule-figure></div>""")
        page.wait_for_function("document.querySelector('chainrule-figure')?.isReady")
        figure = page.locator("chainrule-figure")
        # After a step a figure may show its stages; the picture is of what came of it.
        figure.evaluate("(figure, steps) => { while (steps-- > 0) figure.set('step'); figure.set('stage', 0); }", steps)
        # The latest state is on the canvas two frames later.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        live = figure.locator("canvas").screenshot()
        picture_steps = steps if picture_steps is None else picture_steps
        picture = chainrule(
            "figure", name, "--width", width, "--theme", theme, "--steps", picture_steps, "-o", "-")
        source = "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()
        page.set_content(f"""{icon}<style>:root {{ color-scheme: light dark; }} img {{ display: block; }}</style>
          <img src="{source}">""")
        page.wait_for_function("document.querySelector('img').complete")
        still = page.locator("img").screenshot()
        return page.evaluate(COMPARE, [base64.b64encode(shot).decode() for shot in (live, still)])

    return compare


@pytest.mark.parametrize("width, scheme", [(350, "dark"), (820, "light")])
@pytest.mark.parametrize("name", names())
def test_a_picture_looks_as_the_page(compare, name, width, scheme):
    mean, different = compare(name, width, scheme)
    print(f"{name}: {mean:.2f} apart in the mean, {100 * different:.2f} % different")
    # The hero is nearly all field, which is smooth in the page and in steps in the picture.
    assert mean < (2 if name == "hero" else 1) and different < 0.002


@pytest.mark.parametrize("theme, scheme", [("light", "light"), ("dark", "dark"), ("auto", "dark")])
@pytest.mark.parametrize("name", ["regression", "classification"])
def test_a_trained_figure_looks_as_the_page(compare, name, theme, scheme):
    mean, different = compare(name, 820, scheme, steps=300, theme=theme)
    print(f"{name}: {mean:.2f} apart in the mean, {100 * different:.2f} % different")
    # The hero is nearly all field, which is smooth in the page and in steps in the picture.
    assert mean < (2 if name == "hero" else 1) and different < 0.002


@pytest.mark.parametrize("name", ["regression", "classification"])
def test_the_comparison_sees_a_difference(compare, name):
    mean, different = compare(name, 820, "light", steps=300, picture_steps=3)
    print(f"{name}: {mean:.2f} apart in the mean, {100 * different:.2f} % different")
    assert mean > 2 and different > 0.01


def test_a_fixed_theme_does_not_follow_the_screen(compare):
    mean, _ = compare("classification", 820, "light", theme="dark")
    assert mean > 30
