"""Nobody is shut out: axe-core finds nothing, and colours can be told apart by those who see fewer of them."""

import itertools
from pathlib import Path

import axe_playwright_python
import numpy
import pytest
from browsing import READY
from colorspacious import cspace_convert, deltaE

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SCHEMES = ["light", "dark"]
SIGHTS = [None, "deuteranomaly", "protanomaly", "tritanomaly"]
SERIES = [f"series{number}" for number in range(1, 6)]
CLASSES = [f"class{number}" for number in range(1, 4)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["", "embed.html"])
def test_axe_finds_nothing(site, open_page, name, width, scheme):
    page = open_page(site + name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.wait_for_function(READY)
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    found = [(rule["id"], node["html"][:120], node["failureSummary"]) for rule in result["violations"] for node in rule["nodes"]]
    assert found == []
    assert len(result["passes"]) > 20


@pytest.fixture(scope="module", params=SCHEMES)
def palette(request, browser, site):
    """The colours of the figures, red, green and blue from 0 to 1, by their roles."""
    context = browser.new_context(color_scheme=request.param)
    page = context.new_page()
    page.goto(site + "embed.html")
    page.wait_for_function(READY)
    colors = page.evaluate(
        """async () => {
          const { roles } = await import("./palette.js");
          const style = getComputedStyle(document.querySelector("chainrule-figure"));
          return Object.fromEntries(roles.map((role) => [role, style.getPropertyValue(`--chainrule-${role}`).trim()]));
        }""")
    page_colors = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          return Object.fromEntries(["background", "surface", "ink", "muted", "link", "keyword", "value"].map(
            (name) => [name, style.getPropertyValue(`--${name}`).trim()]));
        }""")
    context.close()
    assert {name: page_colors[name] for name in colors if name in page_colors} == {
        name: colors[name] for name in colors if name in page_colors}, "the page and the figures have one palette"
    return {name: numpy.array([int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)])
            for name, color in {**colors, **page_colors}.items()}


def seen(color, sight):
    """The colour as somebody with this sight sees it; the sense for one colour is missing altogether."""
    if sight is None:
        return color
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return numpy.clip(cspace_convert(color, space, "sRGB1"), 0, 1)


def contrast(one, other):
    """The contrast of the Web Content Accessibility Guidelines, 1 to 21."""
    def luminance(color):
        linear = numpy.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read(palette):
    for ground in ("background", "surface"):
        for role in ("ink", "muted", "link", "keyword", "value", "warning"):
            assert contrast(palette[role], palette[ground]) >= 4.5, (role, ground)


def test_lines_can_be_seen(palette):
    for role in ("accent", "positive", "negative", "curve", "focus", *SERIES, *CLASSES):
        assert contrast(palette[role], palette["background"]) >= 2.9, role


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_can_be_told_apart(palette, sight):
    """Ten is a difference that nobody overlooks. Lines are named at their ends besides."""
    pairs = [("positive", "negative", 20), ("curve", "negative", 20), ("curve", "muted", 10)]
    pairs += [(one, other, 10) for group in (SERIES, CLASSES) for one, other in itertools.combinations(group, 2)]
    distances = {(one, other): deltaE(seen(palette[one], sight), seen(palette[other], sight), input_space="sRGB1")
                 for one, other, _ in pairs}
    assert {pair: round(distances[pair[:2]], 1) for pair in pairs if distances[pair[:2]] < pair[2]} == {}
