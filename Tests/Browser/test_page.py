"""The course as a whole, and the page of figures to take away."""

import pytest
from browsing import READY

PAGES = ["", "embed.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 820, 1280, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_fits(site, open_page, name, width, scheme):
    page = open_page(site + name, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.wait_for_function(READY)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for box in page.locator("chainrule-figure canvas").evaluate_all(
            "list => list.map(c => [c.getBoundingClientRect().left, c.getBoundingClientRect().right, c.height])"):
        assert box[0] >= 0 and box[1] <= width and box[2] > 100


def test_lines_are_about_65_letters_long(site, open_page):
    """A line has room for 54 zeros, whatever the font: in most that is 60 to 70 letters of English."""
    page = open_page(site)
    zeros = page.evaluate(
        """() => {
          const p = document.querySelector("main > p");
          const ruler = document.createElement("span");
          ruler.style.cssText = "display: block; width: 1ch";
          p.append(ruler);
          const zero = ruler.getBoundingClientRect().width;
          ruler.remove();
          return p.getBoundingClientRect().width / zero;
        }""")
    assert 52 <= zeros <= 56
    assert page.evaluate("document.querySelector('main > p').clientWidth < document.querySelector('figure').clientWidth")


def test_headings_and_contents_agree(site, open_page):
    page = open_page(site)
    assert page.locator("h1").count() == 1
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3, h4").evaluate_all("list => list.map(h => h.localName)")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))
    sections = page.locator("main > section").evaluate_all("list => list.map(s => [s.id, s.querySelector('h2').textContent])")
    contents = page.locator(".contents a").evaluate_all("list => list.map(a => [a.hash.slice(1), (a.children[1] ?? a).textContent])")
    assert len(sections) > 3 and contents == sections


@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
def test_a_network_learns_on_the_first_screen(site, open_page, width, height):
    page = open_page(site, viewport={"width": width, "height": height})
    hero = page.locator(".hero chainrule-figure")
    page.wait_for_function("document.querySelector('.hero chainrule-figure').steps > 10")
    box = hero.locator("canvas").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= height
    assert hero.locator(".toolbar button").all_inner_texts() == ["Pause", "New weights"]
    hero.get_by_role("button", name="Pause").click()
    steps = hero.evaluate("figure => figure.steps")
    page.wait_for_timeout(300)
    assert hero.evaluate("figure => figure.steps") == steps


def test_the_first_screen_is_still_for_who_wants_that(site, open_page):
    page = open_page(site, reduced_motion="reduce")
    page.wait_for_function("document.querySelector('.hero chainrule-figure').isReady")
    hero = page.locator(".hero chainrule-figure")
    steps = hero.evaluate("figure => figure.steps")
    page.wait_for_timeout(500)
    # It has learned a little before its first picture, and rests.
    assert hero.evaluate("figure => figure.steps") == steps > 100


def test_contents_have_parts(site, open_page):
    page = open_page(site)
    parts = page.locator(".contents .part").all_inner_texts()
    assert parts == page.locator("main .part").all_inner_texts() and len(parts) > 2
    numbers = page.locator(".contents .count").all_inner_texts()
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    dots = page.locator(".contents .figures i").count()
    assert dots == page.locator("main figure chainrule-figure").count()


def test_text_and_figures_have_one_axis(site, open_page):
    page = open_page(site)
    middles = page.evaluate(
        """() => ["main > section > p", "main > section > h2", "main figure", "main .formula"].map((place) => {
          const { left, right } = document.querySelector(place).getBoundingClientRect();
          return (left + right) / 2;
        })""")
    assert max(middles) - min(middles) < 1


def test_previous_and_next_follow_the_contents(site, open_page):
    page = open_page(site)
    sections = page.locator("main > section").evaluate_all(
        """list => list.map(section => [section.id,
          section.querySelector("[rel=prev]")?.hash.slice(1) ?? null, section.querySelector("[rel=next]")?.hash.slice(1) ?? null])""")
    names = [None, *(section[0] for section in sections), None]
    assert sections == [[name, before, after] for before, name, after in zip(names, names[1:], names[2:])]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(site, open_page, name):
    page = open_page(site + name)
    lost = page.evaluate(
        """async () => {
          const pages = new Map(), lost = [];
          for (const { href, origin } of document.links) {
            if (origin !== location.origin) continue;
            const [address, anchor] = href.split("#");
            if (!pages.has(address)) {
              const response = await fetch(address);
              pages.set(address, response.ok && new DOMParser().parseFromString(await response.text(), "text/html"));
            }
            const page = pages.get(address);
            if (!page || (anchor && !page.getElementById(anchor))) lost.push(href);
          }
          return lost;
        }""")
    assert lost == []


def test_figures_are_numbered_and_can_be_taken_away(site, open_page):
    page = open_page(site)
    figures = page.locator("main figure").evaluate_all(
        """list => list.map(figure => [figure.id, figure.querySelector("chainrule-figure").getAttribute("name"),
          figure.querySelector(".number").textContent])""")
    assert len(figures) > 3
    for index, (anchor, name, number) in enumerate(figures, 1):
        assert (anchor, number) == (f"figure-{name}", f"Figure {index}")
    page.wait_for_function(READY)
    for figure in page.locator("main chainrule-figure").all():
        name = figure.get_attribute("name")
        links = figure.locator(".more a").evaluate_all("list => list.map(a => a.href)")
        assert links == [site + f"embed.html#{name}", site + f"figures/{name}.html"]


def test_the_section_that_is_read_is_marked(site, open_page):
    page = open_page(site)
    page.wait_for_function(READY)
    links = page.locator(".contents a")
    for index in (2, 5, 1):
        links.nth(index).click()
        page.wait_for_function(
            "hash => [...document.querySelectorAll('.contents [aria-current]')].map(a => a.hash).join() === hash",
            arg=links.nth(index).get_attribute("href"))
        top = page.locator("main > section h2").nth(index).bounding_box()["y"]
        assert 0 <= top < 300


def test_contents_fold_on_a_phone(site, open_page):
    page = open_page(site, viewport={"width": 390, "height": 800})
    page.wait_for_function(READY)
    link = page.locator(".contents a").nth(3)
    assert not link.is_visible()
    page.locator(".contents summary").click()
    link.click()
    assert not link.is_visible()
    page.wait_for_function("id => document.getElementById(id).getBoundingClientRect().top < 300",
                           arg=link.get_attribute("href")[1:])


def test_skips_to_the_text(site, open_page):
    page = open_page(site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert skip.evaluate("link => link === document.activeElement") and skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_sharp_on_fine_screens(site, open_page):
    page = open_page(site, viewport={"width": 390, "height": 800}, device_scale_factor=3)
    page.wait_for_function(READY)
    page.locator("chainrule-figure canvas").first.scroll_into_view_if_needed()
    page.wait_for_function(
        "(c => c.width === Math.round(c.clientWidth * 3))"
        "(document.querySelector('chainrule-figure').shadowRoot.querySelector('canvas'))")


# Loading

@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps(site, open_page, name, width):
    script = """window.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
          .observe({ type: "layout-shift", buffered: true });"""
    page = open_page(site + name, prepare=lambda page: page.add_init_script(script), viewport={"width": width, "height": 900})
    page.wait_for_function(READY)
    sections = page.locator("main > section")
    for index in range(0, sections.count(), 2):
        sections.nth(index).evaluate("section => section.scrollIntoView()")
        page.wait_for_timeout(60)
    assert sum(page.evaluate("shifts")) < 0.02
    # A place is a little larger than its figure, never smaller.
    spare = page.locator("chainrule-figure").evaluate_all(
        """list => list.map(figure => {
          const parts = [...figure.shadowRoot.querySelector(".figure").children].filter(part => !part.matches(".hidden, .ruler"));
          const bottom = Math.max(...parts.map(part => part.getBoundingClientRect().bottom));
          return [figure.getAttribute("name"), figure.getBoundingClientRect().bottom - bottom];
        })""")
    assert [row for row in spare if not -0.5 <= row[1] <= 110] == []


def test_a_link_to_a_figure_starts_it(site, open_page):
    script = """window.order = [];
        addEventListener("chainrule-ready", ({ target }) => order.push(target.getAttribute("name")));"""
    page = open_page(site, prepare=lambda page: page.add_init_script(script))
    page.wait_for_function(READY)
    names = page.locator("chainrule-figure").evaluate_all("list => list.map(figure => figure.getAttribute('name'))")
    assert sorted(page.evaluate("order")) == sorted(names)
    page.goto(f"{site}?again#figure-{names[-1]}")
    page.wait_for_function("name => order.includes(name)", arg=names[-1])
    assert page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top") < 200


def test_report_of_speed(site, open_page, report):
    """Reported, not asserted: machines differ."""
    script = """addEventListener("chainrule-ready", () => {
          window.ready ??= performance.now();
          requestAnimationFrame(() => requestAnimationFrame(() => window.drawn ??= performance.now()));
        });"""
    page = open_page(site, prepare=lambda page: page.add_init_script(script))
    page.wait_for_function(READY)
    first = page.evaluate("[window.ready, window.drawn, performance.now()]")
    frames = page.evaluate(
        """() => new Promise((resolve) => {
          const [times, tasks] = [[], []];
          new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)))
            .observe({ type: "longtask" });
          let before = performance.now();
          const frame = (now) => {
            times.push(now - before);
            before = now;
            scrollBy(0, 60);
            if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(frame);
            else resolve({ times: times.slice(2), tasks });
          };
          requestAnimationFrame(frame);
        })""")
    costs = page.locator("chainrule-figure").evaluate_all(
        "list => list.map(figure => [Math.max(...figure.frameTimes, 0), figure.getAttribute('name')])")
    times = sorted(frames["times"])
    worst, name = max(costs)
    report(f"The first figure works {first[0]:.0f} ms after the page was asked for, and is drawn after {first[1]:.0f} ms; "
           f"all are ready after {first[2]:.0f} ms\n"
           f"Scrolling the whole page: {len(times)} frames, median {times[len(times) // 2]:.1f} ms apart, worst {times[-1]:.1f} ms, "
           f"{len(frames['tasks'])} tasks longer than 50 ms; the worst frame of a figure is {name}'s, {worst:.1f} ms")


# The page of figures to take away

def test_tables_say_what_the_code_says(site, open_page):
    page = open_page(site + "embed.html")
    page.wait_for_function(READY)
    wrong = page.evaluate(
        """() => {
          const wrong = [];
          for (const section of document.querySelectorAll("section.figure")) {
            const figure = section.querySelector("chainrule-figure");
            for (const row of section.querySelector("table tbody")?.rows ?? []) {
              const [name, , values, begins] = [...row.cells].map((cell) => cell.textContent);
              const value = figure.get(name);
              const words = values.split(", ");
              const expected = words.includes(begins) ? words.indexOf(begins) : Number(begins);
              if (value === undefined || Math.abs(value - expected) > 1e-5 * Math.abs(expected)) wrong.push([section.id, name]);
            }
          }
          return wrong;
        }""")
    assert wrong == []
    assert page.locator("section.figure").count() == page.locator("chainrule-figure").count() > 3
    for section in page.locator("section.figure").all()[:3]:
        keys = section.locator("table").last.locator("tbody th").all_inner_texts()
        assert keys == section.locator("chainrule-figure dt").all_text_contents() != []


def test_two_lines_are_copied(site, open_page):
    page = open_page(site + "embed.html", permissions=["clipboard-read", "clipboard-write"])
    section = page.locator("section.figure").first
    section.get_by_role("button", name="Copy", exact=True).click()
    section.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == section.locator("pre.embed").text_content()
    assert f'src="{site}chainrule-figure.js"' in copied
