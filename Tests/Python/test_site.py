"""The builder of the site, with a small course and a small catalogue of its own."""

import json
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
PYTHON = ROOT / ".build-site-python" / "bin" / "python"

NUMBER = {"name": "learning-rate", "label": "Learning rate", "kind": "logarithmic", "minimum": 0.001, "maximum": 1,
          "step": 0.001, "choices": [], "value": 0.1, "isAvailable": True}
CHOICE = {"name": "activation", "label": "Activation", "kind": "choice", "minimum": 0, "maximum": 2, "step": 1,
          "choices": ["ReLU", "sigmoid", "tanh"], "value": 1, "isAvailable": True}
SWITCH = {"name": "play", "label": "Play", "kind": "toggle", "minimum": 0, "maximum": 1, "step": 1, "choices": [], "value": 0, "isAvailable": True}
ACTION = {"name": "renew", "label": "New weights", "kind": "action", "minimum": 0, "maximum": 1, "step": 1, "choices": [], "value": 0, "isAvailable": True}
SEED = {"name": "seed", "label": "Seed", "kind": "hidden", "minimum": 0, "maximum": 16777216, "step": 1, "choices": [], "value": 4, "isAvailable": True}
FIGURES = [
    {"name": "relu", "title": "A bend & a line", "description": "The line \"bends\" at 0 < 1.", "keys": [["Space", "play, pause"]],
     "heights": {"350": 300, "820": 400}, "module": "chainrule.wasm", "parameters": [SWITCH, ACTION, NUMBER, CHOICE, SEED],
     "goals": [{"name": "flat", "text": "Make it flat & still: the perceptron's slope is 0."}]},
    {"name": "shapes", "title": "Shapes", "description": "Three networks.", "keys": [], "heights": {"350": 200, "820": 200},
     "module": "chainrule.wasm", "parameters": [], "goals": []},
    {"name": "hero", "title": "A network learns", "description": "Seven perceptrons.", "keys": [], "heights": {"350": 560, "820": 380},
     "module": "chainrule-opening.wasm", "parameters": [], "goals": []},
]
ONE = """# The first {#one}

Rates such as $\\eta = {{ fact("rate") }}$ are "small". See {{ ref("shapes") }} and [the second](#two).

{% call figure("relu", activation="tanh", learning_rate=0.5) %}
What *bends*, with $x^2$ and {{ ref("relu") }}.
{% endcall %}

## Below {#below}

$$\\frac{\\partial L}{\\partial w} = \\sum_i \\delta_i x_i$$
"""
TWO = """# The second {#two}

{{ listing("Sources/FromScratch/Perceptron.swift", "forward") }}

{% call figure("shapes") %}Shapes.{% endcall %}

term
: What it means.
"""


class Builder:
    """The builder as `make site` runs it, on files that a test may change."""

    def __init__(self, folder):
        self.course, self.material, self.out = (folder / name for name in ("course", "material", "site"))
        self.modules = folder / "modules"
        self.modules.mkdir()
        for name in ("chainrule-opening.wasm", "chainrule.wasm", "chainrule-learning.wasm"):
            (self.modules / name).write_bytes(b"\0asm")
        self.course.mkdir()
        (self.material / "figures").mkdir(parents=True)
        self.chapter("1.md", ONE)
        self.chapter("2.md", TWO)
        self.write("figures.json", json.dumps(FIGURES))
        self.write("facts.json", json.dumps({"rate": "0.05"}))
        self.write("card.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><text y="99">A</text></svg>')
        for figure in FIGURES:
            self.write(f"figures/{figure['name']}.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="820" height="400"/>')

    def chapter(self, name, text):
        (self.course / name).write_text(text)

    def write(self, name, text):
        (self.material / name).write_text(text)

    def run(self, *options):
        command = [PYTHON, ROOT / "Tools" / "site" / "build.py", "--course", self.course, "--material", self.material,
                   "--modules", self.modules, "--out", self.out, *options]
        return subprocess.run([str(word) for word in command], capture_output=True, text=True)

    def page(self, name="index.html", *options):
        result = self.run(*options)
        assert result.returncode == 0, result.stderr
        return (self.out / name).read_text()

    def complaint(self):
        result = self.run()
        assert result.returncode == 1 and not self.out.exists(), "nothing is built of a course with a mistake"
        assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1
        return result.stderr


@pytest.fixture
def builder(tmp_path):
    return Builder(tmp_path)


def test_chapters_become_sections_in_order(builder):
    page = builder.page()
    assert re.findall(r'<section id="(\w+)">', page) == ["one", "two"]
    assert re.findall(r"<h[123][^>]*>.*?</h[123]>", page)[1:] == [
        '<h2><a href="#one">The first</a></h2>', '<h3 id="below">Below</h3>', '<h2><a href="#two">The second</a></h2>']
    assert '<a rel="next" href="#two">The second</a>' in page and '<a rel="prev" href="#one">The first</a>' in page
    assert "<dt>term</dt>" in page and "are “small”" in page
    assert "3 live figures, about 5 minutes to read" in page


def test_a_figure_has_its_attributes_its_picture_and_its_caption(builder):
    page = builder.page()
    figure = re.search(r'<figure id="figure-relu">.*?</figure>', page, re.DOTALL)[0]
    assert ('<chainrule-figure name="relu" label="A bend &amp; a line" activation="tanh" learning-rate="0.5">'
            '<img src="figures/relu.svg" alt="The line &quot;bends&quot; at 0 &lt; 1." width="820" height="400"') in figure
    assert 'href="#figure-relu">Figure 1</a> What <em>bends</em>, with <math>' in figure
    assert '<a href="#figure-relu">figure 1</a>' in figure
    # A reference may come before its figure.
    assert 'See <a href="#figure-shapes">figure 2</a>' in page


def test_a_goal_is_asked_for_in_its_figures_words(builder):
    builder.chapter("2.md", TWO + '\n{{ goal("relu", "flat") }}\n')
    goal = re.search(r'<p class="goal" data-figure="relu" data-goal="flat">.*?</p>', builder.page())[0]
    assert 'In <a href="#figure-relu">figure 1</a>: Make it flat &amp; still: the perceptron’s slope is 0.' in goal
    assert "Make it flat &amp; still" in builder.page("embed.html")


def test_a_goal_that_no_figure_has_stops_the_build(builder):
    builder.chapter("2.md", TWO + '\n{{ goal("relu", "flad") }}\n')
    assert "2.md:10: figure relu: " in (complaint := builder.complaint()) and "flat" in complaint


def test_mathematics_is_in_the_page(builder):
    page = builder.page()
    assert "<math><mi>η</mi><mo>=</mo><mn>0.05</mn></math>" in page
    block = re.search(r'<math display="block">.*?</math>', page)[0]
    assert "<mfrac>" in block and "∑" in block and "&#" not in block and "xmlns" not in block


def test_a_listing_is_the_code(builder):
    page = builder.page()
    code = re.search(r'<pre class="listing"><code>(.*?)</code></pre><p>(.*?)</p>', page, re.DOTALL)
    text = re.sub(r"<[^>]*>", "", code[1]).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    source = (ROOT / "Sources" / "FromScratch" / "Perceptron.swift").read_text()
    assert "snippet" not in text and text.startswith("///") and text.rstrip("\n").endswith("}")
    for line in text.rstrip("\n").split("\n"):
        assert f"\n{'  ' if line else ''}{line}\n" in source
    assert code[2] == "Sources/FromScratch/Perceptron.swift"
    assert '<i class="k">func</i>' in code[1]


@pytest.fixture
def source():
    """A file of Swift in this repository, while a test runs: listings are cut from there only."""
    path = ROOT / ".build-site-python" / "Sliced.swift"
    yield path
    path.unlink(missing_ok=True)


def test_slices_lie_in_one_another(builder, source):
    source.write_text("// snippet.outer\n  if a {\n    // snippet.inner\n    // snippet.hide\n    setUp()\n    // snippet.show\n"
                      "    b() // 1. batch\n\n    c() // \"two\"\n    // snippet.end\n  }\n// snippet.end\nlast()\n")
    path = source.relative_to(ROOT)
    builder.chapter("2.md", "# The second {#two}\n\n"
                    f'{{{{ listing("{path}", "outer") }}}}\n\n{{{{ listing("{path}", "inner", follows="relu") }}}}\n\n'
                    '{% call figure("shapes") %}S{% endcall %}')
    page = builder.page()
    assert '<script type="module" src="listing.js"></script>' in page
    outer, inner = re.findall(r"<pre.*?</pre>", page, re.DOTALL)
    assert re.sub(r"<[^>]*>", "", outer) == 'if a {\n  b() // 1. batch\n\n  c() // "two"\n}\n'
    assert inner == (
        '<pre class="listing" data-follows="relu"><code><span data-stage="1">b() <i class="c">// 1. batch</i></span>\n\n'
        'c() <i class="c">// "two"</i>\n</code></pre>')


@pytest.mark.parametrize("text, complaint", [
    ("// snippet.a\nx()\n", "“// snippet.a” has no end"),
    ("x()\n// snippet.end\n", "has no beginning"),
    ("// snippet.a\n// snippet.end\n// snippet.a\n// snippet.end\n", "“// snippet.a” is there twice"),
    ("// snippet.forwards\n// snippet.end\n", "there is no slice “forward”. Did you mean “forwards”?"),
])
def test_markers_that_do_not_match(builder, source, text, complaint):
    source.write_text(text)
    builder.chapter("2.md", f'# Two {{#two}}\n\n{{{{ listing("{source.relative_to(ROOT)}", "forward") }}}}\n')
    assert complaint in builder.complaint()


@pytest.mark.parametrize("text, complaint", [
    ('{{ figur("relu") }}', "2.md:3: there is no directive “figur”. Did you mean “figure”?"),
    ('{% call figure("reul") %}A{% endcall %}', "2.md:3: there is no figure “reul”. Did you mean “relu”?"),
    ('{% call figure("relu") %}A{% endcall %}', "2.md:3: figure relu is there already"),
    ('{% call figure("shapes") %}  {% endcall %}', "figure shapes has no caption"),
    ('```\n{% call figure("shapes") %}A{% endcall %}\n```', "2.md: a figure, a listing or a reference stands inside of code"),
    ('{% call figure("shapes", sed=3) %}A{% endcall %}', "figure shapes: there is no parameter “sed”. There are none."),
    ('{{ fact("rates") }}', "2.md:3: there is no fact “rates”. Did you mean “rate”?"),
    ('{{ fact("markup") }}', "the fact markup is “a*b*”"),
    ('{{ ref("shapes") }}', 'ref("shapes") means a figure that no chapter has'),
    ('{{ listing("Sources/Nowhere.swift") }}', "2.md:3: the listing's file Sources/Nowhere.swift is not there"),
    ('{{ listing("Sources/FromScratch/MLP.swift", "forward", follows="relu") }}', "no line ends with a stage such as"),
    ("{% call figure(%}", "2.md:3: "),
    ("$\\unknown$", "the formula “\\unknown” has “\\unknown” in it"),
    ("$\\frac{a$", "the braces of the formula “\\frac{a” do not match"),
    ("[there](#nowhere)", "index.html: the link “#nowhere” leads nowhere: there is no anchor “nowhere”"),
    ("[there](/index.html)", "must be relative"),
    ("[there](embed.html#rleu)", "Did you mean “relu”?"),
    ("## Again {#one}", "index.html: the anchor “one” is there twice"),
    ("# Another {#three}", "“Another” is a second heading of the first level"),
    ("```swft\nlet a = 1\n```", "a language that nobody knows"),
])
def test_mistakes_are_told(builder, text, complaint):
    builder.write("facts.json", json.dumps({"rate": "0.05", "markup": "a*b*"}))
    builder.chapter("1.md", ONE.replace("{{ ref(\"shapes\") }}", "it"))
    builder.chapter("2.md", f"# The second {{#two}}\n\n{text}\n")
    assert complaint in builder.complaint()


@pytest.mark.parametrize("settings, complaint", [
    ("activation=\"tan\"", "activation cannot be “tan”, only ReLU, sigmoid, tanh"),
    ("learning_rate=3", "learning-rate cannot be “3”, only 0.001 to 1"),
    ("renew=1", "there is no parameter “renew”"),
    ("play=2", "play cannot be “2”, only 0 or 1"),
])
def test_settings_are_checked(builder, settings, complaint):
    builder.chapter("1.md", ONE.replace('activation="tanh", learning_rate=0.5', settings))
    assert complaint in builder.complaint()


@pytest.mark.parametrize("text, complaint", [
    ("No heading.\n", "2.md: a chapter begins with its heading"),
    ("# No anchor\n", "2.md: the heading “No anchor” has no anchor"),
])
def test_a_chapter_has_a_heading(builder, text, complaint):
    builder.chapter("2.md", text)
    assert complaint in builder.complaint()


def test_the_first_file_may_be_an_introduction(builder):
    builder.chapter("0.md", "Before *everything*.")
    page = builder.page()
    assert page.index("<p>Before <em>everything</em>.</p>") < page.index('<section id="one">')


@pytest.mark.parametrize("name", ["figures.json", "facts.json", "card.svg", "figures/relu.svg"])
def test_missing_material(builder, name):
    (builder.material / name).unlink()
    assert name in builder.complaint()


def test_the_page_of_figures_has_what_they_say(builder):
    page = builder.page("embed.html")
    section = re.search(r'<section id="relu".*?</section>', page, re.DOTALL)[0]
    rows = [re.findall(r"<t[hd][^>]*>(?:<code>)?(.*?)(?:</code>)?</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", section)]
    assert rows == [
        ["Attribute", "Sets", "Can be", "Default"], ["play", "Play", "0 or 1", "0"],
        ["learning-rate", "Learning rate", "0.001 to 1", "0.1"],
        ["activation", "Activation", "ReLU, sigmoid, tanh", "sigmoid"], ["seed", "Seed", "0 to 16777216", "4"],
        ["Goal", "Asks"], ["flat", "Make it flat &amp; still: the perceptron’s slope is 0."],
        ["Key", "Does"], ["Space", "play, pause"]]
    assert '&lt;chainrule-figure name="relu"&gt;&lt;img src="<span class="address">figures/relu.svg</span>"' in section
    assert '&lt;iframe src="<span class="address">figures/relu.html</span>"' in section


def test_places_are_kept(builder):
    style = builder.page("style.css")
    places = [16 * float(height) for height in re.findall(r'chainrule-figure\[name="relu"\] { min-height: ([\d.]+)em; }', style)]
    assert len(places) == 2 and 300 + 36 + 55 < places[0] < 600 and 400 + 36 + 55 < places[1] < 600


def test_only_what_changed_is_touched(builder):
    builder.page()
    files = {path: path.stat().st_mtime_ns for path in builder.out.rglob("*") if path.is_file()}
    assert builder.out / "figures" / "relu.svg" in files
    stray = builder.out / "old" / "page.html"
    stray.parent.mkdir()
    stray.write_text("gone")
    builder.write("figures/relu.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="820" height="400"><g/></svg>')
    builder.page()
    after = {path: path.stat().st_mtime_ns for path in builder.out.rglob("*") if path.is_file()}
    assert after.keys() == files.keys() and not stray.parent.exists()
    assert {path.name for path in files if after[path] != files[path]} == {"relu.svg", "sw.js"}


def test_a_chapter_opens_a_part(builder):
    builder.chapter("1.md", '{{ part("Forward & on") }}\n\n' + ONE)
    page = builder.page()
    assert '<li class="part">Forward &amp; on</li>' in page and page.count('<p class="part">') == 1
    assert page.index('<li class="part">') < page.index('<a href="#one">')
    builder.chapter("1.md", '{{ part("One") }}{{ part("Two") }}\n\n' + ONE)
    result = builder.run()
    assert result.returncode == 1 and "opens the part “One” already" in result.stderr
    builder.chapter("1.md", '{{ part("") }}\n\n' + ONE)
    assert "a part has a title" in builder.run().stderr


def test_the_script_knows_each_figures_module(builder):
    modules = json.loads(re.search(r"const modules = (\{.*?\});", builder.page("engine.js"))[1])
    assert modules == {"relu": "chainrule.wasm", "shapes": "chainrule.wasm", "hero": "chainrule-opening.wasm"}


def test_another_folder_is_left_alone(builder):
    builder.out.mkdir()
    (builder.out / "thesis.txt").write_text("years of work")
    result = builder.run()
    assert result.returncode == 1 and "holds something else than this site" in result.stderr
    assert [path.name for path in builder.out.iterdir()] == ["thesis.txt"]


def test_the_offline_copy_is_named_by_its_content(builder):
    def name():
        return re.search(r'prefix \+ "([0-9a-f]{16})"', builder.page("sw.js"))[1]

    first = name()
    assert name() == first
    (builder.modules / "chainrule.wasm").write_bytes(b"\0asm more")
    second = name()
    builder.chapter("2.md", TWO + "\nMore.\n")
    assert len({first, second, name()}) == 3
    files = json.loads(re.search(r"const files = (\[.*?\]);", builder.page("sw.js"))[1])
    assert {"./", "style.css", "chainrule.wasm", "chainrule-figure.js", "engine.js", "page.js"} <= set(files)
    assert all(file == "./" or (builder.out / file).exists() for file in files)


def test_the_card(builder):
    page = builder.page()
    assert '<meta property="og:image" content="card.png">' in page
    picture = (builder.out / "card.png").read_bytes()
    assert picture.startswith(b"\x89PNG") and picture[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    builder.write("card.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"/>')
    page = builder.page("index.html", "--address", "https://example.org/course")
    assert '<meta property="og:image" content="https://example.org/course/card.png">' in page
    assert (builder.out / "card.png").read_bytes() != picture, "letters are drawn on any machine"


GLOSSARY = """# Glossary {#glossary}

gradient descent
: Steps downhill.

δ (delta)
: A derivative.
"""


def test_a_term_links_to_its_entry(builder):
    builder.chapter("2.md", TWO + '\n{{ term("gradient descent", "Gradient descent") }} and {{ term("delta") }}.\n')
    builder.chapter("3.md", GLOSSARY)
    page = builder.page()
    assert '<a href="#g-gradient-descent">Gradient descent</a> and <a href="#g-delta">delta</a>' in page
    assert '<dt id="g-gradient-descent">' in page and '<dt id="g-delta">' in page


def test_a_term_that_the_glossary_lacks_stops_the_build(builder):
    builder.chapter("2.md", TWO + '\n{{ term("gradient decent") }}\n')
    builder.chapter("3.md", GLOSSARY)
    assert 'term("gradient decent"): there is no glossary entry “gradient decent”. Did you mean “gradient descent”?' in builder.complaint()


def test_a_term_is_in_the_glossary_once(builder):
    builder.chapter("3.md", GLOSSARY + "\nDelta\n: Again.\n")
    assert "“Delta” is in the glossary twice" in builder.complaint()


def test_a_listing_may_be_folded(builder):
    builder.chapter("2.md", TWO + '\n{{ listing("Sources/FromScratch/Layer.swift", folded=True) }}\n')
    page = builder.page()
    summary = re.search(r'<details class="source"><summary>(.*?)</summary><div class="code">', page)[1]
    assert re.fullmatch(r"Layer\.swift, \d+ lines", summary)
