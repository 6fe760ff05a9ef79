"""Every figure in Chromium, Firefox and WebKit: it starts, plays, and takes a click, drags, keys, sliders and buttons. After each
of them the three have the same state: the same words and values, and networks with the same fingerprint."""

import pytest
from test_every_figure import FIGURES
from windows import BROWSERS

#: Frames come when the test asks for them, each a fiftieth of a second after the one before, however slowly a browser draws.
CLOCK = """<script>
  const frames = new Map();
  let [time, count] = [0, 0];
  const next = window.requestAnimationFrame.bind(window);
  // A press goes where things were on the screen when it was last painted.
  window.show = async (element) => {
    const before = scrollY;
    element.scrollIntoView({ block: "center" });
    if (scrollY !== before) await new Promise((done) => next(() => next(done)));
    return element.getBoundingClientRect();
  };
  window.requestAnimationFrame = (frame) => (frames.set(++count, frame), count);
  window.cancelAnimationFrame = (number) => frames.delete(number);
  window.pass = (number) => {
    for (; number > 0 && frames.size > 0; number--) {
      time += 20;
      const due = [...frames.values()];
      frames.clear();
      for (const frame of due) frame(time);
    }
  };
</script>"""

STATE = """(frames, names) => {
  pass(frames);
  const figure = document.querySelector("chainrule-figure");
  const canvas = figure.shadowRoot.querySelector("canvas");
  return { words: figure.descriptionText, steps: figure.steps, stage: figure.stage, fingerprint: figure.fingerprint,
    loss: Number.isNaN(figure.loss) ? null : figure.loss, size: [canvas.clientWidth, canvas.clientHeight],
    ...Object.fromEntries(names.map((name) => [name, figure.get(name)])) };
}"""

PICTURE = """async () => {
  const canvas = document.querySelector("chainrule-figure").shadowRoot.querySelector("canvas");
  const { left, top, width, height } = await show(canvas);
  return [left, top, width, height];
}"""

CONTROLS = """(selector) => [...document.querySelector("chainrule-figure").shadowRoot.querySelectorAll(selector)].length"""
CONTROL = """async (selector, index) => {
  const control = [...document.querySelector("chainrule-figure").shadowRoot.querySelectorAll(selector)][index];
  const { left, top, width, height } = await show(control);
  return width > 0 && [Math.round(left + width / 2), Math.round(top + height / 2), control.textContent];
}"""
FOCUS = """(selector, index) => {
  const root = document.querySelector("chainrule-figure").shadowRoot;
  const control = [...root.querySelectorAll(selector)][index];
  control.focus();
  return root.activeElement === control;
}"""


def story(window, address, figure):
    """What the figure says and holds after each thing that a reader does."""
    window.open(address, width=760, height=900)
    window.wait("() => { pass(1); return document.querySelector('chainrule-figure').frameTimes?.length > 0; }")
    names = [parameter["name"] for parameter in figure["parameters"]]
    told = {}

    def note(what, frames=50):
        told[what] = window.run(STATE, frames, names)

    def place(x, y):
        left, top, width, height = window.run(PICTURE)
        return round(left + width * x), round(top + height * y)

    note("start")
    window.click(*place(0.3, 0.4))
    note("click")
    for x, y in [(0.2, 0.3), (0.5, 0.5), (0.35, 0.7), (0.7, 0.3)]:
        from_x, from_y = place(x, y)
        window.drag((from_x, from_y), (from_x + 9, from_y), (from_x + 30, from_y - 12))
        note(f"drag from {x}, {y}")
    window.run(FOCUS, "canvas", 0)
    for keys in (["ArrowRight", "ArrowUp", "ArrowRight"], ["Enter"], ["ArrowLeft", "ArrowDown", "Enter"], ["s"], ["."], ["Delete"]):
        window.press(*keys)
        note(f"keys {keys}")
    for index in range(window.run(CONTROLS, "input[type=range]")):
        # A slider that is hidden now has no focus, and the keys would scroll the page, slowly in Chromium.
        if window.run(FOCUS, "input[type=range]", index):
            window.press("ArrowLeft", "ArrowLeft", "End", "ArrowLeft")
            note(f"slider {index}")
    for index in range(window.run(CONTROLS, "button, fieldset label")):
        found = window.run(CONTROL, "button, fieldset label", index)
        if found:
            window.click(*found[:2])
            note(f"button {found[2]}")
    if "play" in names:
        found = window.run(CONTROL, ".primary", 0)
        if told[list(told)[-1]]["play"]:
            window.click(*found[:2])
        window.click(*found[:2])
        note("play")
        assert told["play"]["play"] == 1 or told["play"]["words"] != told["start"]["words"], "it doesn't play"
        window.click(*found[:2])
    note("end")
    return told


@pytest.fixture(scope="session")
def address(site_folder, tmp_path_factory):
    """Gives the address of a page with one figure and the test's clock."""
    from browsing import serving

    folder = tmp_path_factory.mktemp("browsers")
    (folder / "site").symlink_to(site_folder.resolve(), target_is_directory=True)
    for name in FIGURES:
        (folder / f"{name}.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>{name}</title><link rel="icon" href="data:,">{CLOCK}'
            '<script type="module" src="site/chainrule-figure.js"></script><body style="margin: 0">'
            f'<chainrule-figure name="{name}" style="width: 700px"></chainrule-figure><p style="height: 900px">')
    with serving(folder) as host:
        yield lambda name: f"{host}{name}.html"


@pytest.mark.parametrize("name", FIGURES)
def test_three_browsers_tell_the_same_story(all_windows, address, name):
    def tell(browser):
        return story(all_windows[browser], address(name), FIGURES[name])

    stories = {browser: tell(browser) for browser in BROWSERS}
    # On a busy machine a click can reach a browser before the layout that it was aimed at. What differs by itself differs
    # every time.
    if any(stories[browser] != stories["Chromium"] for browser in BROWSERS):
        stories = {browser: tell(browser) for browser in BROWSERS}
    first = stories.pop("Chromium")
    assert len({state["words"] for state in first.values()}) > 3
    for browser, told in stories.items():
        assert list(told) == list(first)
        for what, state in first.items():
            assert told[what] == state, f"after “{what}” {browser} differs from Chromium"
