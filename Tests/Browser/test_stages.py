"""Sets of points to choose, and one step of training shown stage by stage, in the figure and in a listing beside it."""

import re

import pytest
from browsing import PHONE, READY

NAMES = ["regression", "classification"]

LINES = """<span>for sample in batch {</span>
<span data-stage="2">  net.forward([sample.x])  // 2. forward</span>
<span data-stage="3">  loss += net.cost(targets: [sample.y])  // 3. loss</span>
<span data-stage="4">  net.backward(targets: [sample.y])  // 4. backward</span>
<span>}</span>
<span data-stage="5">net.applyDerivatives(learningRate: 0.008)  // 5. update</span>"""


@pytest.fixture
def follow(site, plain_page):
    """Opens a page with both figures, and a listing that follows one of them."""

    def open(name, **options):
        page = plain_page(f"""<!doctype html><meta name="viewport" content="width=device-width">
          <link rel="icon" href="{site}favicon.svg"><link rel="stylesheet" href="{site}style.css">
          <script>
            window.events = [];
            document.addEventListener("chainrule-stage", ({{ target, detail }}) => events.push({{
              name: target.getAttribute("name"), time: performance.now(), ...detail,
            }}));
          </script>
          <script type="module" src="{site}chainrule-figure.js"></script>
          <script type="module" src="{site}listing.js"></script>
          <script type="module">
            // What is marked after each event; the listing has heard it first.
            document.addEventListener("chainrule-stage", () => {{
              const lines = document.querySelectorAll("pre .running");
              events.at(-1).running = Array.from(lines, (line) => Number(line.dataset.stage));
            }});
          </script>
          <main>{"".join(f'<chainrule-figure name="{n}"></chainrule-figure>' for n in NAMES if n == name)}
          <pre class="listing" data-follows="{name}"><code>{LINES}</code></pre>
          {"".join(f'<chainrule-figure name="{n}"></chainrule-figure>' for n in NAMES if n != name)}</main>""", **options)
        page.wait_for_function(READY)
        return page, page.locator(f'chainrule-figure[name="{name}"]')

    return open


def wait(page, condition, timeout=10_000):
    page.wait_for_function(condition, timeout=timeout)


@pytest.mark.parametrize("name", NAMES)
def test_a_step_runs_through_its_lines(follow, name):
    page, figure = follow(name)
    figure.get_by_role("button", name="Step", exact=True).click()
    assert figure.evaluate("f => [f.steps, f.stage]") == [1, 1]
    wait(page, "events.at(-1).stage === 0")
    events = page.evaluate("events")
    assert [event["stage"] for event in events] == [1, 2, 3, 4, 5, 0]
    assert [event["running"] for event in events] == [[], [2], [3], [4], [5], []]
    assert {event["steps"] for event in events} == {1} and {event["name"] for event in events} == {name}
    batch_loss = figure.evaluate("f => f.batchLoss")
    assert all(event["batchLoss"] == batch_loss for event in events)
    assert events[-1]["loss"] == figure.evaluate("f => f.loss")
    words = page.locator(".listing-numbers").text_content()
    assert abs(float(re.fullmatch(r"Step 1, loss of its batch ([\d.]+)", words).group(1)) / batch_loss - 1) < 0.01


@pytest.mark.parametrize("name", NAMES)
def test_playing_tells_now_and_then_and_marks_all_lines(follow, name):
    page, figure = follow(name)
    listing = page.locator("pre")
    plain = listing.locator("[data-stage]").first.evaluate("line => getComputedStyle(line).boxShadow")
    figure.get_by_role("button", name="Play", exact=True).click()
    wait(page, "events.length > 7")
    figure.get_by_role("button", name="Pause", exact=True).click()
    wait(page, "!events.at(-1).playing")
    events = page.evaluate("events")
    assert events[-1]["steps"] == figure.evaluate("f => f.steps") > 20
    assert all(event["stage"] == 0 for event in events)
    playing = [event["time"] for event in events if event["playing"]]
    assert all(later - earlier >= 249 for earlier, later in zip(playing, playing[1:]))
    assert "playing" not in listing.get_attribute("class")
    figure.get_by_role("button", name="Play", exact=True).click()
    wait(page, "events.at(-1).playing")
    assert "playing" in listing.get_attribute("class")
    assert listing.locator("[data-stage]").first.evaluate("line => getComputedStyle(line).boxShadow") != plain


@pytest.mark.parametrize("name", NAMES)
def test_a_line_is_pressed(follow, name):
    page, figure = follow(name)
    page.locator("[data-stage='3']").click()
    assert figure.evaluate("f => [f.steps, f.stage]") == [1, 3]
    assert page.locator(".running").get_attribute("data-stage") == "3"
    assert "Stage 3 of 5: loss." in figure.evaluate("f => f.descriptionText")
    page.locator("[data-stage='5']").click()
    assert figure.evaluate("f => [f.steps, f.stage]") == [1, 5]
    page.locator("pre span:not([data-stage])").first.click()
    assert figure.evaluate("f => [f.steps, f.stage]") == [1, 5]
    # The same line again lets go; it can be held anew, and in a later step too.
    for stage in (0, 5, 0):
        page.locator("[data-stage='5']").click()
        assert figure.evaluate("f => [f.steps, f.stage]") == [1, stage]
    page.locator("[data-stage='2']").click()
    figure.get_by_role("button", name="Step", exact=True).click()
    page.locator("[data-stage='2']").click()
    assert figure.evaluate("f => [f.steps, f.stage]") == [2, 2]


def test_a_line_is_tapped(follow):
    page, figure = follow("regression", **PHONE)
    page.locator("[data-stage='4']").tap()
    wait(page, "document.querySelector('chainrule-figure').stage === 4")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("chainrule-figure").first.get_by_role("button", name="Reset", exact=True).tap()
    wait(page, "document.querySelector('.running') === null")
    assert figure.evaluate("f => [f.steps, f.stage]") == [0, 0]


@pytest.mark.parametrize("name", NAMES)
def test_stages_by_keyboard_alone(follow, name):
    page, figure = follow(name)
    canvas = figure.locator("canvas")
    canvas.focus()
    pictures = set()
    for stage in "12345":
        page.keyboard.press(stage)
        assert figure.evaluate("f => [f.steps, f.stage]") == [1, int(stage)]
        wait(page, f"events.at(-1).stage === {stage}")
        pictures.add(canvas.screenshot())
    assert len(pictures) == 5
    page.keyboard.press("0")
    assert figure.evaluate("f => f.stage") == 0 and page.locator(".running").count() == 0
    page.keyboard.press("s")
    assert figure.evaluate("f => [f.steps, f.stage]") == [2, 1]


def test_little_motion_shows_the_stages_too(follow):
    page, figure = follow("regression", reduced_motion="reduce")
    figure.get_by_role("button", name="Step", exact=True).click()
    wait(page, "events.at(-1).stage === 0")
    assert [event["stage"] for event in page.evaluate("events")] == [1, 2, 3, 4, 5, 0]


@pytest.mark.parametrize("options", [{}, PHONE])
def test_a_set_of_points_is_chosen(figure, options):
    f = figure("classification", **options)
    start = f.fingerprint
    f.locator.evaluate("figure => figure.set('step')")
    f.locator.get_by_label("Data").select_option("Spirals")
    assert f.points == 100 and f.steps == 0 and f.fingerprint == start
    f.locator.evaluate("figure => figure.setAttribute('data', 'xor')")
    f.wait("figure.descriptionText.includes('Data: Xor.')")
    assert f.points == 60 and f.locator.get_by_label("Data").input_value() == "3"


def test_a_curve_is_chosen(figure):
    f = figure("regression")
    pictures = {f.canvas.screenshot()}
    for name in ("Line", "Quadratic", "Sine"):
        f.locator.get_by_label(name, exact=True).check()
        f.wait(f"figure.descriptionText.includes('Data: {name}.')")
        pictures.add(f.canvas.screenshot())
    assert len(pictures) == 4
    f.locator.get_by_label("Sine", exact=True).focus()
    f.page.keyboard.press("ArrowLeft")
    f.wait("figure.get('data') === 2")
