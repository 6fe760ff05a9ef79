"""Ways into the course that are easily shut: paper, a file, large text, chosen colours, a finger that only wants to scroll."""

import re

import pytest
from browsing import PHONE, Figure
from test_every_figure import FIGURES

# A narrow screen

def test_no_page_is_wider_than_a_phone(window, site_folder, host):
    """In a frame of a phone's width, as WebKitGTK has no window that narrow."""
    address = host('<body style="margin: 0"><iframe src="/site/index.html" width="390" height="700" style="border: 0"></iframe>')
    window.open(address)
    window.wait("() => frames[0].document.querySelectorAll('math').length > 10")
    assert window.run("""() => {
      const root = frames[0].document.documentElement;
      return [root.scrollWidth, root.clientWidth].every((width) => width > 360 && width <= 390)
        && root.scrollWidth === root.clientWidth;
    }""")


# A finger

def swipe(page, places):
    client = page.context.new_cdp_session(page)
    (x, y), *others = places
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for x, y in others:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    client.detach()


@pytest.mark.parametrize("name", FIGURES)
def test_a_swipe_scrolls_and_changes_nothing(figure, name):
    """From places all over the picture, on what can be dragged too."""
    f = figure(name, **PHONE)
    # However slow the machine is, this finger never rests on the picture.
    f.page.evaluate("() => { const wait = setTimeout; window.setTimeout = (run, time) => wait(run, time === 150 ? 1e6 : time); }")
    box = f.canvas.bounding_box()
    words = f.words
    for y in (0.1, 0.3, 0.5, 0.7, 0.9):
        for x in (0.1, 0.3, 0.5, 0.7, 0.9):
            # A hand's breadth above the screen's lower edge.
            f.page.evaluate("top => scrollTo(0, Math.max(top, 0))", box["y"] + f.page.evaluate("scrollY") + box["height"] * y - 500)
            box = f.canvas.bounding_box()
            before = f.page.evaluate("scrollY")
            start = (box["x"] + box["width"] * x, box["y"] + box["height"] * y)
            swipe(f.page, [(start[0], start[1] - step) for step in range(0, 121, 15)])
            f.page.wait_for_function(f"scrollY > {before}", timeout=5000)
            assert f.words == words, f"a swipe from {x}, {y} changed it"


def test_a_finger_drags_sideways_at_once_and_anywhere_after_a_rest(figure):
    f = figure("learning-rate", **PHONE)

    def start():
        return f.read("get('start')")

    box = f.canvas.bounding_box()
    first = start()
    scroll = f.page.evaluate("scrollY")
    middle = box["y"] + box["height"] * 0.5
    swipe(f.page, [(box["x"] + 120 + step, middle) for step in range(0, 101, 10)])
    assert start() != first and f.page.evaluate("scrollY") == scroll


# Paper

def test_all_figures_are_printed_though_nobody_scrolled(site, open_page):
    page = open_page(site)
    page.wait_for_function("document.querySelector('chainrule-figure').isReady")
    page.pdf()
    missing = page.locator("chainrule-figure").evaluate_all("""list => list.filter(figure => {
      if (figure.isReady) return figure.shadowRoot.querySelector('canvas').width < 300;
      const picture = figure.querySelector('img');
      return !picture.complete || picture.naturalWidth === 0 || picture.getBoundingClientRect().height < 100;
    }).map(figure => figure.getAttribute('name'))""")
    assert missing == []


# A file

def test_a_file_shows_still_pictures_and_says_why(window, site_folder):
    window.open((site_folder / "index.html").resolve().as_uri())
    count = window.run("() => document.querySelectorAll('chainrule-figure').length")
    assert count == len(FIGURES)
    if window.run("() => customElements.get('chainrule-figure') !== undefined"):
        # Firefox starts the script; what it then may fetch depends on its settings.
        window.wait("""() => {
          const figure = document.querySelector('chainrule-figure');
          return figure.isReady || figure.shadowRoot.textContent.includes('only from a web server')
            && figure.querySelector('img').getBoundingClientRect().height > 100;
        }""")
        return
    window.run("""() => {
      const picture = [...document.querySelectorAll('chainrule-figure img')].at(-1);
      picture.loading = 'eager';
      picture.scrollIntoView();
      return picture.decode();
    }""")
    assert window.run("() => [...document.querySelectorAll('chainrule-figure img')].at(-1).getBoundingClientRect().height") > 100
    window.wait("""() => {
      const { height } = document.querySelector('.stopped').getBoundingClientRect();
      return height > 10 && getComputedStyle(document.querySelector('.stopped')).visibility === 'visible';
    }""")


# Colours that the reader chose

@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_is_seen_in_forced_colours(figure, scheme):
    f = figure("classification", forced_colors="active", color_scheme=scheme)
    looks = """(selector) => {
      const found = [...document.querySelector('chainrule-figure').shadowRoot.querySelectorAll(selector)];
      return found.filter((part) => part.getClientRects().length > 0)
        .map((part) => [part.querySelector('input')?.checked, getComputedStyle(part).backgroundColor, getComputedStyle(part).color]);
    }"""
    options = f.page.evaluate(looks, "fieldset label")
    chosen = {tuple(look[1:]) for look in options if look[0]}
    others = {tuple(look[1:]) for look in options if not look[0]}
    assert len(chosen) == len(others) == 1 and chosen != others
    before = f.page.evaluate(looks, "button.primary")
    f.button("Play").click()
    assert f.page.evaluate(looks, "button.primary") != before


def test_the_picture_takes_forced_colours(figure):
    """The ink of axes and words is the reader's own."""
    f = figure("shapes", forced_colors="active", color_scheme="dark")
    ink = f.page.evaluate("""async () => {
      const [{ Palette, roles }, figure] = [await import('./palette.js'), document.querySelector('chainrule-figure')];
      const palette = new Palette(figure, figure.shadowRoot.querySelector('.ruler'));
      const word = document.createElement('p');
      word.style.cssText = 'color: CanvasText; forced-color-adjust: none';
      document.body.append(word);
      return [palette.colors[roles.indexOf('ink')], getComputedStyle(word).color];
    }""")
    assert ink[0] == ink[1]


# Large text

def test_figures_follow_the_size_of_the_readers_text(open_page, site):
    """A browser set to text twice as large: the page's, the controls' and the picture's."""

    def sizes(standard):
        page = open_page(site)
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": standard, "fixed": 13}})
        page.reload()
        page.locator("chainrule-figure").first.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('chainrule-figure').frameTimes?.length > 0")
        return page.evaluate("""() => {
          const [figure, word] = [document.querySelector('chainrule-figure'), document.querySelector('main p')];
          const part = (selector) => figure.shadowRoot.querySelector(selector);
          const size = (element) => parseFloat(getComputedStyle(element).fontSize);
          return { text: size(word), button: size(part('button')), wide: part('canvas').clientWidth,
            high: part('canvas').clientHeight, fits: document.documentElement.scrollWidth <= innerWidth };
        }""")

    usual, large = sizes(16), sizes(32)
    assert usual["fits"] and large["fits"]
    assert large["text"] == 2 * usual["text"] and large["button"] == 2 * usual["button"]
    # As wide as before, but drawn for half of it: a taller picture.
    assert large["wide"] == usual["wide"] and large["high"] > 1.2 * usual["high"]


def test_a_press_in_large_text_means_what_is_seen_there(figure):
    """The same place in a picture that is drawn twice as large."""
    f = figure("regression")
    f.page.evaluate("document.querySelector('chainrule-figure').style.fontSize = '32px'")
    f.wait("Math.abs(figure.shadowRoot.querySelector('.ruler').offsetHeight - 320) <= 1")
    count = f.points
    f.page.mouse.click(*f.place(140, 140))
    f.wait(f"figure.descriptionText.includes('{count + 1} points')")
    f.page.mouse.move(*f.place(140, 140))
    f.page.mouse.down()
    f.page.mouse.move(*f.place(200, 180), steps=3)
    f.page.mouse.up()
    assert f.points == count + 1, "the point is where it was put"


# Another screen

def test_a_still_figure_is_sharp_on_the_screen_that_its_window_moves_to(all_windows, host):
    """In Firefox: what Chromium emulates doesn't tell a page that its screen is another."""
    window = all_windows["Firefox"]
    window.open(host('<chainrule-figure name="relu"></chainrule-figure>'))
    window.wait("() => document.querySelector('chainrule-figure').frameTimes?.length > 0")
    dots = """() => {
      const canvas = document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas');
      const painted = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part > 0);
      return painted && Math.round(10 * canvas.width / canvas.clientWidth);
    }"""
    assert window.run(dots) == 10
    try:
        window.ask("browsingContext.setViewport", context=window.context, devicePixelRatio=2)
        window.wait(f"() => ({dots})() === 20")
    finally:
        window.ask("browsingContext.setViewport", context=window.context, devicePixelRatio=None)


# The copy for reading offline

def test_the_offline_copy_does_not_grow_with_the_addresses_of_visits(site, open_page):
    page = open_page(site)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    entries = """async () => {
      const names = await caches.keys();
      return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((a, b) => a + b);
    }"""
    before = page.evaluate(entries)
    for source in range(5):
        page.goto(f"{site}?utm_source={source}")
    page.goto(site + "embed.html?utm_source=letter")
    page.goto(site + "embed.html?utm_source=feed")
    page.wait_for_timeout(500)
    after = page.evaluate(entries)
    assert before <= after <= before + 3 + 2 * len(FIGURES)  # the second page, its script, pictures near the screen
    page.goto(site + "embed.html?utm_source=third")
    page.wait_for_timeout(500)
    assert page.evaluate(entries) <= before + 3 + 2 * len(FIGURES)
    assert not any("?" in url for url in page.evaluate("""async () => {
      const names = await caches.keys();
      return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat();
    }"""))


# A frame

@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_has_a_page_of_its_own(site, open_page, name):
    page = open_page(f"{site}figures/{name}.html")
    f = Figure(page, page.locator("chainrule-figure"))
    assert len(f.words) > 20
    assert page.title().startswith(FIGURES[name]["title"].replace("'", "’"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_frame_takes_attributes_but_no_scripts(window, host):
    window.open(host("""<body><iframe width="700" height="800"
      src="/site/figures/regression.html?learning-rate=0.05&data=line&onclick=top.stolen=1&style=color:red&name=relu"></iframe>"""))
    window.wait("() => frames[0].document.querySelector('chainrule-figure')?.isReady")
    assert window.run("""() => {
      const figure = frames[0].document.querySelector('chainrule-figure');
      return [Math.abs(figure.get('learning-rate') - 0.05) < 1e-6, figure.get('data'), figure.getAttribute('name'),
        figure.hasAttribute('onclick'), figure.hasAttribute('style')];
    }""") == [True, 0, "regression", False, False]


def test_the_frame_to_copy_is_high_enough(site, open_page):
    page = open_page(site + "embed.html")
    lines = page.locator("pre.frame").all_text_contents()
    assert len(lines) == len(FIGURES)
    for line in lines:
        address, height = re.search(r'src="([^"]+)".* height="(\d+)"', line).groups()
        page.goto(address)
        Figure(page, page.locator("chainrule-figure"))
        page.set_viewport_size({"width": 820, "height": int(height)})
        assert page.evaluate("document.documentElement.scrollHeight") <= int(height), address
