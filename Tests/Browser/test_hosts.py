"""Figures in other people's pages, whatever those do to them: in Chromium, Firefox and WebKit."""

import math

import pytest

SCRIPT = '<script type="module" src="/site/chainrule-figure.js"></script>'
FIGURE = '<chainrule-figure name="regression"></chainrule-figure>'
#: What a test asks of the one figure in its page.
READY = "() => document.querySelector('chainrule-figure').frameTimes?.length > 0"
WORDS = "() => document.querySelector('chainrule-figure').descriptionText"


def canvas_corner(window):
    """Where the picture begins, in a page that shows it as it is."""
    return window.run("""() => {
      const box = document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas').getBoundingClientRect();
      return [box.left, box.top];
    }""")


def control(window, selector):
    """The middle of something in the figure, on the screen."""
    return window.run("""(selector) => {
      const { left, top, width, height } =
        document.querySelector('chainrule-figure').shadowRoot.querySelector(selector).getBoundingClientRect();
      return [Math.round(left + width / 2), Math.round(top + height / 2)];
    }""", selector)


# Places

@pytest.mark.parametrize("style, zoom, angle, shift", [
    ("transform: scale(0.5)", 0.5, 0, 0),
    ("transform: scale(1.25)", 1.25, 0, 0),
    ("zoom: 1.5", 1.5, 0, 0),
    ("zoom: 0.75", 0.75, 0, 0),
    ("transform: translateX(300px) rotate(20deg) scale(0.8)", 0.8, 20, 300),
])
def test_a_press_means_what_is_seen_there(window, host, style, zoom, angle, shift):
    """The figure in a box that is scaled, zoomed or turned, as slides are."""
    address = host(f'<body style="margin: 0"><div id="box" style="width: 600px; transform-origin: 0 0">{FIGURE}</div>')

    def added(style, zoom, angle, shift):
        window.open(address)
        window.wait(READY)
        left, top = canvas_corner(window)
        count = window.run(WORDS).split(" point")[0].split()[-1]
        window.run("(style) => { document.getElementById('box').style.cssText += style; }", style)
        x, y = left + 120, top + 90
        sin, cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        window.click(round(shift + zoom * (cos * x - sin * y)), round(zoom * (sin * x + cos * y)))
        window.wait("(count) => !document.querySelector('chainrule-figure').descriptionText.includes(` ${count} points`)", count)
        return window.run("() => document.querySelector('chainrule-figure').loss")

    # The loss tells where the point is: a pixel, which rounding on the screen may take, is worth less than a thousandth.
    assert added(style, zoom, angle, shift) == pytest.approx(added("", 1, 0, 0), abs=0.001)


def test_an_enlarged_picture_is_sharp(window, host):
    window.open(host(f'<div id="box" style="width: 500px; transform-origin: 0 0; transform: scale(2)">{FIGURE}</div>'))
    window.wait(READY)
    window.wait("""() => {
      const canvas = document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas');
      return Math.abs(canvas.width - 1000) <= 1;
    }""")


# Keys

HOTKEYS = """<script>
  window.stolen = [];
  for (const type of ["keydown", "keypress", "keyup"]) document.addEventListener(type, (event) => {
    stolen.push(`${type} ${event.key}`);
    event.preventDefault();  // as slides do, which turn the page
  });
</script>"""


def test_keys_that_the_picture_uses_stay_inside(window, host):
    window.open(host(FIGURE + HOTKEYS))
    window.wait(READY)
    window.run("() => document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas').focus()")
    window.press("ArrowUp", "ArrowRight", "s", ".", "Delete", "1", "0", "Space", "Space", "PageDown")
    assert window.run("() => stolen") == []
    assert window.run("() => document.querySelector('chainrule-figure').steps") > 0
    window.press("q")
    assert window.run("() => stolen") == ["keydown q", "keyup q"]


def test_keys_that_controls_use_stay_inside(window, host):
    window.open(host(FIGURE + HOTKEYS))
    window.wait(READY)
    value = "() => document.querySelector('chainrule-figure').get('learning-rate')"
    before = window.run(value)
    focus = "(selector) => document.querySelector('chainrule-figure').shadowRoot.querySelector(selector).focus()"
    window.run(focus, "input[type=range]")
    window.press("ArrowRight", "ArrowRight")
    assert window.run(value) > before
    window.run(focus, "input[name=tool]")
    window.press("ArrowRight")
    assert "Tool: erase" in window.run(WORDS)
    window.run(focus, ".toolbar button:nth-of-type(2)")
    window.press("Space")
    window.wait("() => document.querySelector('chainrule-figure').steps === 1")
    assert window.run("() => stolen") == []
    window.press("Escape")
    assert window.run("() => stolen") == ["keydown Escape", "keyup Escape"]


def test_a_pointer_at_rest_does_not_undo_what_the_keys_chose(window, host):
    """Browsers send a move when the layout changes under the pointer; a move of the hand still counts."""
    window.open(host(FIGURE.replace("regression", "linear-collapse") + """<script>
      addEventListener("pointermove", ({ clientX, clientY, screenX, screenY }) => {
        window.last = { clientX, clientY, screenX, screenY };
      }, true);
      window.again = async (distance) => {
        const canvas = document.querySelector("chainrule-figure").shadowRoot.querySelector("canvas");
        canvas.dispatchEvent(new PointerEvent("pointermove", {
          isPrimary: true, clientX: last.clientX + distance, clientY: last.clientY,
          screenX: last.screenX + distance, screenY: last.screenY,
        }));
        for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
      };
    </script>"""))
    window.wait(READY)
    left, top = canvas_corner(window)
    window.click(round(left) + 200, round(top) + 250)
    window.run("() => document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas').focus()")
    window.press("ArrowRight", "ArrowRight", "ArrowRight")
    chosen = window.run(WORDS)
    window.run("() => again(0)")
    assert window.run(WORDS) == chosen
    window.run("() => again(20)")
    assert window.run(WORDS) != chosen


# Text

def test_a_page_from_right_to_left_changes_nothing(window, host):
    """The same picture, dot by dot, and numbers with their signs in front."""
    picture = """() => {
      const root = document.querySelector('chainrule-figure').shadowRoot;
      return [root.querySelector('canvas').toDataURL(), root.querySelector('.figure').innerText,
        ...[...root.querySelectorAll('output, label, button')].map((part) => getComputedStyle(part).direction)];
    }"""
    seen = []
    for start in ("<html>", '<html lang="ar" dir="rtl" style="text-align: end; letter-spacing: 3px; text-transform: uppercase">'):
        html = f'{start}<body style="margin: 0"><div style="width: 700px"><chainrule-figure name="forward-pass"></chainrule-figure></div>'
        window.open(host(html))
        window.wait(READY)
        seen.append(window.run(picture))
    assert seen[0] == seen[1]


# Life

STATE = """() => {
  const figure = document.querySelector('chainrule-figure');
  return [figure.steps, figure.fingerprint, figure.descriptionText, figure.isReady];
}"""


@pytest.mark.parametrize("how", ["append", "moveBefore", "out and back"])
def test_a_figure_that_is_moved_keeps_its_state(window, host, how):
    window.open(host(f'<div id="a">{FIGURE}</div><div id="b"></div>'))
    window.wait(READY)
    left, top = canvas_corner(window)
    window.click(round(left + 120), round(top + 90))
    window.run("() => { const figure = document.querySelector('chainrule-figure'); for (let i = 0; i < 7; i++) figure.set('step'); }")
    before = window.run(STATE)
    assert before[0] == 7
    if how == "moveBefore" and not window.run("() => 'moveBefore' in Element.prototype"):
        how = "append"  # a browser without it has the other way only
    if how == "out and back":
        window.run("() => { window.figure = document.querySelector('chainrule-figure'); figure.remove(); }")
        window.run("() => document.getElementById('b').append(window.figure)")
    else:
        window.run("""(how) => {
          const [figure, place] = [document.querySelector('chainrule-figure'), document.getElementById('b')];
          if (how === 'append') place.append(figure);
          else place.moveBefore(figure, null);
        }""", how)
    assert window.run(STATE) == before
    # It goes on, and is drawn.
    window.click(*control(window, ".toolbar button"))
    window.wait("() => document.querySelector('chainrule-figure').steps > 12")


def test_figures_that_nobody_has_any_more_are_given_up(window, host):
    window.open(host(FIGURE))
    window.wait(READY)
    grown = window.run("""async () => {
      const { loadEngine } = await import("/site/engine.js");
      const { memory } = (await loadEngine("regression")).exports;
      const once = async () => {
        const figure = document.createElement("chainrule-figure");
        figure.setAttribute("name", "regression");
        document.body.append(figure);
        await figure.start();
        figure.remove();
      };
      for (let i = 0; i < 20; i++) await once();
      const before = memory.buffer.byteLength;
      for (let i = 0; i < 60; i++) await once();
      return memory.buffer.byteLength - before;
    }""")
    assert grown == 0


def test_attributes_may_change(window, host):
    window.open(host('<chainrule-figure name="regression" label="First" learning-rate="0.02" seed="4"></chainrule-figure>'))
    window.wait(READY)
    assert window.run("""async () => {
      const figure = document.querySelector('chainrule-figure');
      const settled = () => new Promise((done) => setTimeout(done, 0));
      const canvas = () => figure.shadowRoot.querySelector('canvas');
      const wrong = [];
      const expect = (what, found, expected) => found === expected || wrong.push([what, found, expected]);
      const rate = figure.get('learning-rate');
      expect('label', canvas().getAttribute('aria-label'), 'First');
      figure.setAttribute('label', 'Second');
      figure.setAttribute('data', 'line');
      await settled();
      expect('new label', canvas().getAttribute('aria-label'), 'Second');
      expect('word', figure.get('data'), 0);
      expect('set a word', figure.set('tool', 'erase'), true);
      expect('tool', figure.get('tool'), 1);
      expect('no such word', figure.set('tool', 'hammer'), false);
      expect('no such number', figure.set('learning-rate', 'fast'), false);
      figure.removeAttribute('learning-rate');
      figure.removeAttribute('seed');
      figure.removeAttribute('label');
      await settled();
      expect('rate is the default', figure.get('learning-rate') === rate || figure.get('seed') !== 1, false);
      expect('no label', canvas().getAttribute('aria-label'), 'regression, a live figure');
      return wrong;
    }""") == []
    # Another name is another figure.
    window.run("() => document.querySelector('chainrule-figure').setAttribute('name', 'relu')")
    window.wait("() => document.querySelector('chainrule-figure').descriptionText.includes('perceptron')")
    assert window.run("() => document.querySelector('chainrule-figure').get('learning-rate') ?? null") is None


def test_a_name_may_come_late(window, host):
    window.open(host("<chainrule-figure></chainrule-figure>"))
    alert = "() => document.querySelector('chainrule-figure').shadowRoot?.querySelector('[role=alert]')?.textContent ?? ''"
    assert "has no name" in window.wait(alert)
    window.run("() => document.querySelector('chainrule-figure').setAttribute('name', 'relu')")
    window.wait(READY)
    assert window.run(alert) == ""
    # Frameworks make an element first and set its attributes then.
    window.run("""() => {
      const figure = document.createElement('chainrule-figure');
      document.body.append(figure);
      setTimeout(() => { figure.setAttribute('name', 'shapes'); figure.setAttribute('autoplay', ''); }, 300);
    }""")
    window.wait("() => document.querySelectorAll('chainrule-figure')[1].isReady")


# What doesn't start

PICTURE = '<img src="/site/figures/relu.svg" alt="A ReLU" width="100%">'


def shown_picture(window):
    """How high the still picture is on the screen, and whether it has come."""
    return window.run("""() => {
      const figure = document.querySelector('chainrule-figure');
      const picture = figure.shadowRoot?.querySelector('img') ?? figure.querySelector('img');
      return picture !== null && picture.complete && picture.naturalWidth > 0 && picture.getBoundingClientRect().height;
    }""")


@pytest.mark.parametrize("policy, directive", [
    ("default-src 'self'", "'wasm-unsafe-eval' to its script-src"),
    ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'", "connect-src"),
])
def test_a_policy_that_forbids_figures_is_named(window, host, policy, directive):
    window.open(host('<chainrule-figure name="relu"></chainrule-figure>', Content_Security_Policy=policy))
    alert = window.wait("() => document.querySelector('chainrule-figure').shadowRoot?.querySelector('[role=alert]')?.textContent")
    assert directive in alert and "Content-Security-Policy" in alert
    assert "'unsafe-eval'" not in alert.replace("'wasm-unsafe-eval'", "")


def test_a_script_that_fails_leaves_the_picture(window, host):
    html = f'<script type="module" src="/site/none.js"></script><chainrule-figure name="relu">{PICTURE}</chainrule-figure>'
    window.open(host(html, script=""))
    window.wait("() => document.querySelector('img').complete")
    assert shown_picture(window) > 200


def test_a_module_that_fails_leaves_the_picture(window, host):
    """Beside this script lies the picture, but no WebAssembly."""
    html = '<chainrule-figure name="relu"></chainrule-figure>'
    window.open(host(html, without="chainrule.wasm"))
    window.wait("""() => {
      const picture = document.querySelector('chainrule-figure').shadowRoot?.querySelector('img');
      return picture?.complete && picture.naturalWidth > 0;
    }""")
    assert shown_picture(window) > 200
    assert "(404)" in window.run("() => document.querySelector('chainrule-figure').shadowRoot.querySelector('[role=alert]').textContent")
