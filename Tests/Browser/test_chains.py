"""The pictures of the chain rule, in a page of their own, by mouse, by finger and by keyboard alone."""

import re

import pytest

from browsing import PHONE, Figure

NAMES = ["chain-two", "chain-three", "chain-branch"]
FACTORS = {"chain-two": 4, "chain-three": 6, "chain-branch": 12}
LINKS = {"chain-two": 5, "chain-three": 6, "chain-branch": 6}


@pytest.fixture
def chain(site, plain_page):
    """Opens a page with one of the figures alone."""

    def find(name, **options):
        page = plain_page(f"""<meta name="viewport" content="width=device-width">
          <link rel="icon" href="{site}favicon.svg">
          <script type="module" src="{site}chainrule-figure.js"></script>
          <main style="max-width: 820px"><chainrule-figure name="{name}"></chainrule-figure></main>""", **options)
        return Figure(page, page.locator("chainrule-figure"))

    return find


def numbers(words):
    found = re.search(
        r"is (−?[\d.]+), measured (−?[\d.]+) with a change of 0.00001, with the slopes forgotten (−?\d+\.\d+)", words)
    return [float(number.replace("−", "-")) for number in found.groups()]


@pytest.mark.parametrize("name", NAMES)
def test_factor_and_part_light_each_other(chain, name):
    f = chain(name)
    calm = f.canvas.screenshot()
    width = f.canvas.bounding_box()["width"]
    # The chain of two has room for the loss.
    pitch = (width - 200) / LINKS[name]
    # The middle of the first perceptron, and that of its factor below; the branch needs two rows.
    across = 50 + 2 * pitch
    part, factor = {"chain-two": (83, 209), "chain-three": (69, 181), "chain-branch": (148, 343)}[name]
    f.page.mouse.move(*f.place(across, part))
    f.wait("figure.descriptionText.includes('∂a₁/∂z₁ = tanh′(z₁) = 0.5966: when z₁ moves a little')")
    lit = f.words
    f.page.wait_for_timeout(100)
    picture = f.canvas.screenshot()
    assert picture != calm
    f.page.mouse.move(*f.place(across - pitch, factor))
    f.wait("figure.descriptionText.includes('when w₁ moves a little')")
    f.page.mouse.move(*f.place(across, factor))
    f.wait("figure.descriptionText.includes('when z₁ moves a little')")
    f.page.wait_for_timeout(100)
    assert f.words == lit and f.canvas.screenshot() == picture
    f.page.mouse.move(0, 0)
    f.wait("!figure.descriptionText.includes('when z₁')")


@pytest.mark.parametrize("name", NAMES)
def test_a_finger_chooses_and_a_slider_changes(chain, name):
    f = chain(name, **PHONE)
    assert f.page.evaluate("document.documentElement.scrollWidth") == 390
    # The first factor stands at the left, below the network and the heading.
    f.page.touchscreen.tap(*f.place(40, {"chain-two": 217, "chain-three": 189, "chain-branch": 320}[name]))
    f.wait("figure.descriptionText.includes('∂z₁/∂w₁ = x = 0.50: when w₁ moves a little')")
    f.locator.get_by_text("∂ŷ/∂x", exact=True).tap()
    f.wait("figure.descriptionText.includes('∂z₁/∂x = w₁ = 1.50: when x moves a little')")
    f.locator.get_by_label("Weight w₁").focus()
    f.page.keyboard.press("ArrowRight")
    f.wait("figure.descriptionText.includes('∂z₁/∂x = w₁ = 1.55: when x moves a little')")
    f.locator.get_by_text("sigmoid", exact=True).tap()
    f.wait("figure.descriptionText.includes('with sigmoids') || figure.get('activation') === 1")
    by_rule, measured, forgotten = numbers(f.words)
    assert abs(by_rule - measured) < 2e-6 and abs(by_rule - forgotten) > 0.1


@pytest.mark.parametrize("name", NAMES)
def test_by_keyboard_alone(chain, name):
    f = chain(name)
    f.canvas.focus()
    seen = []
    for _ in range(FACTORS[name]):
        f.page.keyboard.press("ArrowRight")
        seen.append(f.words.split(". ∂")[-1])
        assert "when " in seen[-1]
    assert len(set(seen)) >= FACTORS[name] - 2
    f.page.keyboard.press("Escape")
    assert "when " not in f.words
    assert "∂ŷ/∂w₁ is" in f.words
    f.page.keyboard.press("d")
    assert ("∂L/∂w₁ is" if name == "chain-two" else "∂ŷ/∂x is") in f.words
    by_rule, measured, _ = numbers(f.words)
    assert abs(by_rule - measured) < 2e-6
    for _ in range(2):
        f.page.keyboard.press("a")
    by_rule, measured, forgotten = numbers(f.words)
    assert abs(by_rule - measured) < 2e-6 and by_rule == forgotten
    f.page.keyboard.press("Space")
    f.wait("figure.descriptionText.includes('A change runs through') && figure.descriptionText.includes('when z₁ moves')")
    f.page.keyboard.press("Space")
    assert f.button("Play").is_visible() and "when " in f.words


def test_the_chain_of_two_ends_at_the_loss(chain):
    f = chain("chain-two")
    target = f.locator.get_by_role("slider", name="Target y")
    assert not target.is_visible()
    f.locator.get_by_text("∂L/∂w₁", exact=True).click()
    f.wait("figure.descriptionText.includes('∂L/∂w₁ is')")
    # The loss is the last of five factors.
    f.canvas.focus()
    for _ in range(5):
        f.page.keyboard.press("ArrowRight")
    assert "∂L/∂ŷ = 2(ŷ − y) = " in f.words
    by_rule, measured, forgotten = numbers(f.words)
    assert abs(by_rule - measured) < 2e-6 and abs(by_rule - forgotten) > 0.1
    # With the target where the output is, the weight has nothing to learn.
    target.focus()
    for _ in range(17):
        f.page.keyboard.press("ArrowRight")
    assert f.page.evaluate("document.querySelector('chainrule-figure').reachedGoals") == ["nothing-to-learn"]
