"""The chapters of the course: Markdown with TeX, and directives that bring figures, listings and facts into it."""

import html
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

import listings
from mathematics import block, mathml
from problem import Problem, missing

DIRECTIVES = {"part", "figure", "listing", "fact", "ref", "goal", "term"}
GLOSSARY = "glossary"  # the anchor of the chapter whose definitions get anchors
WORDS_PER_MINUTE = 220

# What a directive leaves in the Markdown, until that has become HTML.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Chapter:
    """A section of the page; what stands before the first one has neither anchor nor title."""

    anchor: str | None
    title: str | None
    html: str
    words: int
    part: str | None  # the title of the part that it opens
    figures: int


class Course:
    """Turns the files of a folder, in the order of their names, into chapters."""

    def __init__(self, folder, material, root):
        self.material = material
        self.root = root
        self.figures = []  # their names, in the order in which they are numbered
        self.follows = False  # whether a listing follows a figure
        self.terms = {}  # the glossary's entries by their anchors
        self._linked = {}  # the terms that the text links to, by their anchors
        self._part = None  # the title of the part that the chapter at hand opens
        self._blocks = []
        self._markdown = _markdown()
        self._directives = _directives(self, folder)
        paths = sorted(folder.glob("*.md"))
        if not paths:
            raise Problem(f"{folder} has no chapters: files such as 01-perceptron.md")
        drafts = [self._draft(path, path == paths[0]) for path in paths]
        for anchor, name in self._linked.items():
            if anchor not in self.terms:
                raise Problem(f"term(\"{name}\"): " + missing("glossary entry", name, self.terms.values()))
        parts = [self._finished(path, *draft) for path, draft in zip(paths, drafts)]
        self.words = sum(part.words for part in parts)
        self.introduction = parts[0].html if parts[0].anchor is None else ""
        self.chapters = [part for part in parts if part.anchor is not None]

    @property
    def minutes(self):
        """How long the text takes to read, to the next five minutes."""
        return 5 * max(1, round(self.words / WORDS_PER_MINUTE / 5))

    # Directives

    def part(self, title):
        """Before the heading of a chapter: `{{ part("Forward") }}` says that it opens a part of the course."""
        if not isinstance(title, str) or not title.strip():
            raise Problem('a part has a title: {{ part("Forward") }}')
        if self._part is not None:
            raise Problem(f"the chapter opens the part “{self._part}” already")
        self._part = title.strip()
        return ""

    def figure(self, name, caller, **settings):
        """A figure on lines of its own: `{% call figure("relu", activation="tanh") %}caption{% endcall %}`"""
        figure = self.material.figure(name)
        if name in self.figures:
            raise Problem(f"figure {name} is there already: a page has each figure once")
        attributes = figure.checked(settings)
        self.figures.append(name)
        caption = self._markdown.renderInline(caller().strip())
        if not caption:
            raise Problem(f"figure {name} has no caption")
        return self._block(
            f'<figure id="figure-{name}">\n{element(self.material, figure, attributes)}\n'
            f'<figcaption><a class="number" href="#figure-{name}">Figure {len(self.figures)}</a> {caption}'
            f'</figcaption>\n</figure>')

    def listing(self, path, name=None, follows=None, folded=False):
        """`{{ listing("Sources/FromScratch/Perceptron.swift", "forward") }}`. A folded one shows its file's name until opened."""
        file = self.root / path
        if not file.is_file():
            raise Problem(f"the listing's file {path} is not there")
        if follows is not None:
            self.material.figure(follows)
            self.follows = True
        try:
            lines = listings.cut(file.read_text(), name)
            content = listings.block(path, lines, follows)
            if folded:
                title = f"{html.escape(Path(path).name)}, {len(lines)} lines"
                content = f'<details class="source"><summary>{title}</summary>{content}</details>'
            return self._block(content)
        except Problem as problem:
            raise Problem(f"listing of {path}: {problem}") from problem

    def fact(self, name):
        """`{{ fact("regression loss") }}`: what the engine computed when the site was built."""
        return self.material.fact(name)

    def ref(self, name):
        """`{{ ref("relu") }}`: “figure 3”, as a link."""
        self.material.figure(name)
        return f"{OPEN}ref {name}{CLOSE}"

    def goal(self, figure, name):
        """An exercise that a figure checks: `{{ goal("learning-rate", "one-step") }}` on a line of its own."""
        text = html.escape(self.material.figure(figure).goal(name))
        return self._block(
            f'<p class="goal" data-figure="{figure}" data-goal="{name}"><span class="mark" aria-hidden="true"></span>'
            f'<span>In {self.ref(figure)}: {text} <strong role="status"></strong></span></p>')

    def term(self, name, words=None):
        """`{{ term("epoch") }}` or `{{ term("epoch", "epochs") }}`: the words, as a link to the glossary's entry."""
        self._linked[_slug(name)] = name
        return f"[{words or name}](#{_slug(name)})"

    def _block(self, content):
        self._blocks.append(content)
        return f"\n\n{OPEN}block {len(self._blocks) - 1}{CLOSE}\n\n"

    # A chapter

    def _draft(self, path, is_first):
        """The anchor, the title and the HTML of a chapter, still without its figures and listings."""
        self._part, before = None, len(self.figures)
        try:
            text = self._directives.get_template(path.name).render()
        except jinja2.TemplateSyntaxError as error:
            raise Problem(f"{path}:{error.lineno}: {error.message}") from error
        except jinja2.UndefinedError as error:
            name = re.search(r"'(\w+)' is undefined", str(error))
            words = missing("directive", name[1], DIRECTIVES) if name else str(error)
            raise Problem(f"{path}:{_line(error)}: {words}") from error
        except (Problem, TypeError) as error:
            raise Problem(f"{path}:{_line(error)}: {error}") from error
        try:
            tokens = self._markdown.parse(text)
            anchor, title = self._headings(tokens, is_first)
            if anchor == GLOSSARY:
                self._define(tokens)
            facts = {"part": self._part, "figures": len(self.figures) - before}
            return anchor, title, self._markdown.renderer.render(tokens, self._markdown.options, {}), facts
        except Problem as problem:
            raise Problem(f"{path}: {problem}") from problem

    def _headings(self, tokens, may_lack):
        """Takes the chapter's own heading out, and moves the others one level down, below the page's."""
        headings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
        if not headings and may_lack:
            return None, None
        if not headings or headings[0] != 0 or tokens[0].tag != "h1":
            raise Problem("a chapter begins with its heading: # Title {#anchor}")
        for index in headings:
            level, inline = int(tokens[index].tag[1]), tokens[index + 1]
            title, anchor = _anchor(inline)
            if level == 1:
                if index != 0:
                    raise Problem(f"“{title}” is a second heading of the first level: begin a new file, or write ##")
                if anchor is None:
                    raise Problem(f"the heading “{title}” has no anchor: # {title} {{#anchor}}")
                first = anchor, title
                continue
            if anchor:
                tokens[index].attrSet("id", anchor)
            tokens[index].tag = tokens[index + 2].tag = f"h{level + 1}"
        del tokens[:3]
        return first

    def _define(self, tokens):
        """Gives each entry of the glossary its anchor."""
        for index, token in enumerate(tokens):
            if token.type != "dt_open":
                continue
            name = tokens[index + 1].content
            anchor = _slug(name)
            if anchor in self.terms:
                raise Problem(f"“{name}” is in the glossary twice")
            self.terms[anchor] = name
            token.attrSet("id", anchor)

    def _finished(self, path, anchor, title, draft, facts):
        draft = re.sub(f"<p>{OPEN}block (\\d+){CLOSE}</p>", lambda block: self._blocks[int(block[1])], draft)
        draft = re.sub(f"{OPEN}ref ([\\w-]+){CLOSE}", lambda name: self._reference(path, name[1]), draft)
        if OPEN in draft:
            raise Problem(f"{path}: a figure, a listing or a reference stands inside of code")
        return Chapter(anchor, title and self._markdown.renderInline(title), draft.strip(), _words(draft), **facts)

    def _reference(self, path, name):
        if name not in self.figures:
            raise Problem(f"{path}: ref(\"{name}\") means a figure that no chapter has")
        return f'<a href="#figure-{name}">figure {self.figures.index(name) + 1}</a>'


def element(material, figure, attributes=None, up="", loading="lazy"):
    """A figure as an element, with a still picture for readers without scripts, for paper, and until the figure starts. `up` leads
    from the page's folder to the site's."""
    source, width, height = material.picture(figure.name)
    settings = "".join(f" {name}" if value is None else f' {name}="{html.escape(value)}"'
                       for name, value in (attributes or {}).items())
    return (f'<chainrule-figure name="{figure.name}" label="{html.escape(figure.title)}"{settings}>'
            f'<img src="{up}{source}" alt="{html.escape(figure.description)}" width="{width}" height="{height}" '
            f'loading="{loading}"></chainrule-figure>')


def _words(content):
    """How many words of HTML are read: not those of code and formulas."""
    text = re.sub(r"<(math|pre)\b.*?</\1>", " ", content, flags=re.DOTALL)
    return len(re.findall(r"[^\W\d_][\w’'-]*", re.sub(r"<[^>]*>", " ", text)))


def _markdown():
    markdown = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"])
    markdown.use(deflist_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.add_render_rule("fence", _fence)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(kind, _formula)
    return markdown


def _formula(_, tokens, index, *__):
    token = tokens[index]
    return mathml(token.content) if token.type == "math_inline" else block(token.content)


def _fence(_, tokens, index, *__):
    return listings.fenced(tokens[index].content, tokens[index].info.strip())


def _directives(course, folder):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
        # `{#` begins an anchor here, and TeX has single braces only.
        comment_start_string="{##", comment_end_string="##}")
    environment.globals.clear()
    environment.globals.update({name: getattr(course, name) for name in DIRECTIVES})
    return environment


def _line(error):
    """The line of the chapter in which a directive failed."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if Path(frame.filename).suffix == ".md"), 1)


def _slug(term):
    """The anchor of a glossary entry: `g-gradient-descent`."""
    return "-".join(["g", *re.findall(r"[a-z0-9]+", term.lower())])


def _anchor(inline):
    """A heading's text, and the anchor that stood in braces at its end."""
    match = re.fullmatch(r"(.*?)\s*\{#([\w-]+)\}\s*", inline.content)
    if not match:
        return inline.content, None
    inline.content = match[1]
    last = inline.children[-1]
    last.content = re.sub(r"\s*\{#[\w-]+\}\s*$", "", last.content)
    return match[1], match[2]
