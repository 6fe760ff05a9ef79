"""The pages: templates in Web/site, filled with the course and with what the figures say about themselves."""

import hashlib
import json
import re

import jinja2

from chapters import element
from problem import Problem


# The WebAssembly modules: the figures of the first screens, those that compute, and those that learn.
MODULES = ["chainrule-opening.wasm", "chainrule.wasm", "chainrule-learning.wasm"]
# The figure that plays at the top of the page.
HERO = "hero"
# The size of text for which figures are laid out, in pixels; with larger text their places grow.
TEXT = 16
# The width of a figure for which the height of its frame is told, and what is added for the page around it and for buttons that
# take one row more, in pixels.
FRAME_WIDTH, FRAME_EDGES = 780, 70 + 44


class Pages:
    """Everything of the site as bytes, by path."""

    def __init__(self, pages, course, material, modules, address=""):
        self.files = {str(path.relative_to(pages)): path.read_bytes()
                      for path in sorted(pages.rglob("*")) if path.is_file()}
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(pages), undefined=jinja2.StrictUndefined, autoescape=True,
            trim_blocks=True, lstrip_blocks=True)
        self._templates.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
        self._course, self._material = course, material
        for module in MODULES:
            self.files[module] = (modules / module).read_bytes()
        self._add_material()
        self.files["style.css"] += _reserved_places(material).encode()
        self._fill("engine.js", modules={figure.name: figure.module for figure in material.figures.values()})
        hero = jinja2.utils.markupsafe.Markup(element(material, material.figure(HERO), {"autoplay": None}, loading="eager"))
        self._fill("index.html", course=course, address=address, modules=self._modules("chainrule-figure.js"), hero=hero,
                   count=len(course.figures) + 1)
        self._fill("embed.html", figures=list(material.figures.values()), address=address, roles=self._roles(),
                   element=lambda figure: jinja2.utils.markupsafe.Markup(element(material, figure)), frame_height=_frame_height)
        self._fill_frames()
        self._fill_worker()

    def _add_material(self):
        for name in self._material.figures:
            path, _, _ = self._material.picture(name)
            self.files[path] = (self._material.folder / path).read_bytes()

    def _fill(self, name, to=None, **values):
        try:
            self.files[to or name] = self._templates.get_template(name).render(**values).encode()
        except jinja2.TemplateError as error:
            raise Problem(f"Web/site/{name}: {error}") from error

    def _fill_frames(self):
        """A page for each figure, which other pages can show in a frame."""
        del self.files["figure.html"]
        for figure in self._material.figures.values():
            markup = jinja2.utils.markupsafe.Markup(element(self._material, figure, up="../"))
            settings = [parameter.name for parameter in figure.attributes]
            self._fill("figure.html", to=f"figures/{figure.name}.html", figure=figure, element=markup, settings=settings)

    def _modules(self, name):
        """The modules that a module imports, and those that they import."""
        if name not in self.files:
            raise Problem(f"the module {name} is not in Web/site")
        found = []
        for imported in re.findall(r'from "\./([\w.-]+)"', self.files[name].decode()):
            found += [imported, *self._modules(imported)]
        return list(dict.fromkeys(found))

    def _roles(self):
        """The colours of a figure, as the list in palette.js has them."""
        words = re.search(r"export const roles = \[(.*?)\]", self.files["palette.js"].decode(), re.DOTALL)
        if not words:
            raise Problem("palette.js has no list of roles")
        return re.findall(r'"(\w+)"', words[1])

    def _fill_worker(self):
        """The worker keeps what the first page asks for; a change of any byte gives its copy another name."""
        page = self.files["index.html"].decode()
        scripts = re.findall(r'<script type="module" src="([^"]+)"', page)
        needed = {"style.css", "favicon.svg", *MODULES, *(name for name in self.files if re.match(r"figures/.*\.svg", name))}
        for script in scripts:
            needed |= {script, *self._modules(script)}
        names = sorted(needed)
        digest = hashlib.sha256()
        for name in ["index.html", *names]:
            digest.update(self.files[name])
        others = sorted(name for name in self.files if name not in needed and name != "sw.js")
        self._fill("sw.js", files=["./", *names], others=others, version=digest.hexdigest()[:16])


def _frame_height(figure):
    """The height of a frame that shows the figure's page, in pixels."""
    return figure.reserved(FRAME_WIDTH) + FRAME_EDGES


def _reserved_places(material):
    """Each figure's place is kept until it is there, so that nothing below it moves."""
    def rules(width):
        return "\n".join(f'chainrule-figure[name="{figure.name}"] {{ min-height: {figure.reserved(width) / TEXT:g}em; }}'
                         for figure in material.figures.values())

    return (f"\n/* The places of the figures. */\n{rules(350)}\n"
            f"@media (min-width: 760px) {{\n{rules(820)}\n}}\n")
