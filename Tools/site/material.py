"""What the figures say about themselves: written by the program SiteMaterial, from the code that draws them."""

import json
import math
import re
from dataclasses import dataclass

from problem import Problem, missing

# The sizes of `styles.js`, in pixels: a row of buttons, a slider with its label, the gaps, a letter at its widest.
ROW, SLIDER, ROW_GAP, SLIDER_GAP, LETTER = 36, 55, 8, 12, 8.4
SLIDER_WIDTH, SLIDER_COLUMN_GAP = 240, 28
CANVAS_MARGINS, TOOLBAR_PADDING = 24, 12
# The corner menu's place beside the buttons; on a page narrower than this, figures show so many sliders and a button for the others.
MENU, NARROW, FIRST_SLIDERS = 45, 528, 2
LONGEST_ROW = 4  # more choices than these become a list


@dataclass(frozen=True)
class Parameter:
    """One thing that can be set."""

    name: str
    label: str
    kind: str
    minimum: float
    maximum: float
    step: float
    choices: list
    value: float
    is_available: bool

    def accepts(self, text):
        """Whether an attribute with this text sets it."""
        if self.kind == "choice" and text.lower() in (choice.lower() for choice in self.choices):
            return True
        try:
            return self.minimum <= float(text) <= self.maximum
        except ValueError:
            return False

    @property
    def values(self):
        """What it can be, in words."""
        if self.kind == "toggle":
            return "0 or 1"
        if self.kind == "choice":
            return ", ".join(self.choices)
        if self.kind == "logarithmic" and self.minimum <= 0:
            return f"0, or {number(self.step)} to {number(self.maximum)}"
        return f"{number(self.minimum)} to {number(self.maximum)}"

    @property
    def default(self):
        return self.choices[round(self.value)] if self.kind == "choice" else number(self.value)


@dataclass(frozen=True)
class Figure:
    """One figure of the catalogue."""

    name: str
    title: str
    description: str
    keys: list
    heights: dict
    module: str
    parameters: list
    goals: dict  # sentences by name

    @property
    def attributes(self):
        """The parameters that an attribute can set."""
        return [parameter for parameter in self.parameters if parameter.kind != "action"]

    def checked(self, settings):
        """Attributes for the element, in order, from a directive's: `learning_rate=0.1` is `learning-rate="0.1"`."""
        known = {parameter.name: parameter for parameter in self.attributes}
        result = {}
        for key, value in settings.items():
            name = key.replace("_", "-")
            if name == "autoplay":
                # `autoplay="once"` plays for some seconds when the figure is first seen.
                result[name] = "once" if value == "once" else None
                continue
            if name not in known:
                raise Problem(f"figure {self.name}: " + missing("parameter", name, known))
            text = str(int(value) if isinstance(value, bool) else value)
            if not known[name].accepts(text):
                raise Problem(f"figure {self.name}: {name} cannot be “{text}”, only {known[name].values}")
            result[name] = text
        return result

    def goal(self, name):
        """The sentence that asks for a goal."""
        if name not in self.goals:
            raise Problem(f"figure {self.name}: " + missing("goal", name, self.goals))
        return self.goals[name]

    def reserved(self, width):
        """The height, in pixels, of the element with all its controls: a little more rather than less."""
        canvas = self.heights[min(self.heights, key=lambda known: abs(int(known) - width))]
        return math.ceil(canvas + self._toolbar(width) + self._settings(width) + CANVAS_MARGINS + TOOLBAR_PADDING)

    @property
    def _shown(self):
        return [parameter for parameter in self.parameters if parameter.is_available]

    def _toolbar(self, width):
        width -= MENU if width > NARROW else 0
        buttons = [max(84, 30 + LETTER * len(p.label)) for p in self._shown if p.kind in ("toggle", "action")]
        choices = [_choice_width(p) for p in self._shown if p.kind == "choice"]
        # Several choices have rows of their own.
        groups = [buttons, choices] if len(choices) > 1 else [buttons + choices]
        rows = sum(_rows(group, width) for group in groups)
        return max(rows, 1) * ROW + max(0, rows - 1) * ROW_GAP

    def _settings(self, width):
        sliders = sum(p.kind in ("number", "logarithmic") for p in self._shown)
        if width <= NARROW and sliders > FIRST_SLIDERS:
            return FIRST_SLIDERS * (SLIDER + SLIDER_GAP) + ROW
        columns = max(1, int((width + SLIDER_COLUMN_GAP) // (SLIDER_WIDTH + SLIDER_COLUMN_GAP)))
        rows = math.ceil(sliders / columns)
        return rows * SLIDER + max(0, rows - 1) * SLIDER_GAP


class Material:
    """The folder that SiteMaterial wrote."""

    def __init__(self, folder):
        self.folder = folder
        self.figures = {entry["name"]: _figure(entry) for entry in _read(folder / "figures.json")}
        self.facts = _read(folder / "facts.json")

    def figure(self, name):
        if name not in self.figures:
            raise Problem(missing("figure", name, self.figures))
        return self.figures[name]

    def fact(self, name):
        if name not in self.facts:
            raise Problem(missing("fact", name, self.facts))
        text = self.facts[name]
        if set(text) & set("*_`<[$\\"):
            raise Problem(f"the fact {name} is “{text}”, in which Markdown would see more than text")
        return text

    def picture(self, name):
        """The still picture's address in the site, and its size."""
        path = self.folder / "figures" / f"{name}.svg"
        if not path.exists():
            raise Problem(f"the picture {path} is missing")
        head = re.search(r"<svg[^>]*>", path.read_text())
        size = [re.search(rf'\s{side}="([\d.]+)', head[0]) if head else None for side in ("width", "height")]
        if not all(size):
            raise Problem(f"{path} does not say how wide and high it is")
        return f"figures/{name}.svg", *(round(float(side[1])) for side in size)


def _choice_width(parameter):
    words = parameter.choices
    if len(words) > LONGEST_ROW:
        return LETTER * (len(parameter.label) + max(map(len, words))) + 56
    return sum(30 + LETTER * len(word) for word in words)


def _rows(widths, width):
    """How many rows controls of these widths take, one after the other."""
    rows, left = 0, 0
    for item in widths:
        if item > left:
            rows, left = rows + 1, width
        left -= item + ROW_GAP
    return rows


def _read(path):
    try:
        return json.loads(path.read_text())
    except (OSError, json.JSONDecodeError) as error:
        raise Problem(f"{path} cannot be read: {error}. SiteMaterial writes it") from error


def _figure(entry):
    names = ("name", "label", "kind", "minimum", "maximum", "step", "choices", "value", "isAvailable")
    parameters = [Parameter(*(parameter[name] for name in names)) for parameter in entry["parameters"]]
    title = entry["title"].replace("'", "’")
    goals = {goal["name"]: goal["text"].replace("'", "’") for goal in entry["goals"]}
    return Figure(entry["name"], title, entry["description"], entry["keys"], entry["heights"], entry["module"], parameters, goals)


def number(value):
    """A number as an attribute has it: single precision knows about seven digits."""
    return str(round(value)) if value == round(value) else f"{value:.6g}"
