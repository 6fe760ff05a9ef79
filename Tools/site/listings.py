"""Pieces of source code, cut out between markers and coloured."""

import html
import itertools
import re
import textwrap

from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Keyword, Literal, Number, String
from pygments.util import ClassNotFound

from problem import Problem, missing

MARKER = re.compile(r"^\s*// snippet\.([\w-]+)\s*$")

STAGE = re.compile(r"// (\d)\. \w+$")

# What is coloured, and the class that says so. The rest is plain.
COLOURS = [(Comment, "c"), (Keyword, "k"), (Number, "n"), (String, "s"), (Literal, "n")]


def cut(source, name=None):
    """The lines between `// snippet.NAME` and its `// snippet.end`, without markers and indentation.

    Slices may lie in one another: an end belongs to the slice that began last. What stands between `// snippet.hide`
    and `// snippet.show` is left out. Without a name it is the whole file.
    """
    open_slices, found, lines = [], set(), []
    hidden = False
    for line in source.splitlines():
        marker = MARKER.match(line)
        if not marker:
            if not hidden and (name is None or name in open_slices):
                lines.append(line)
        elif marker[1] in ("hide", "show"):
            hidden = marker[1] == "hide"
        elif marker[1] == "end":
            if not open_slices:
                raise Problem("a “// snippet.end” has no beginning")
            open_slices.pop()
        else:
            if marker[1] in found:
                raise Problem(f"“// snippet.{marker[1]}” is there twice")
            found.add(marker[1])
            open_slices.append(marker[1])
    if open_slices:
        raise Problem(f"“// snippet.{open_slices[-1]}” has no end")
    if name is not None and name not in found:
        raise Problem(missing("slice", name, found))
    return textwrap.dedent("\n".join(lines)).strip("\n").splitlines()


def highlighted(lines, lexer):
    """Each line as HTML with the few colours of a listing."""
    result = []
    for line in split_lines(lexer.get_tokens("\n".join(lines))):
        pieces = ((name, html.escape("".join(text for _, text in group), quote=False))
                  for name, group in itertools.groupby(line, key=_colour))
        result.append("".join(f'<i class="{name}">{text}</i>' if name else text for name, text in pieces))
    # Blank lines at the end are no tokens.
    return result[: len(lines)] + [""] * (len(lines) - len(result))


def split_lines(tokens):
    """The tokens line by line; one that goes over several lines comes in pieces."""
    line = []
    for kind, text in tokens:
        for index, part in enumerate(text.split("\n")):
            if index > 0:
                yield line
                line = []
            if part:
                line.append((kind, part))
    if line:
        yield line


def _colour(token):
    kind, text = token
    return None if text.isspace() else next((name for group, name in COLOURS if kind in group), None)


def block(path, lines, follows=None):
    """The listing as HTML. In one that follows a figure, a line that ends with `// 3. loss` is the line of stage 3."""
    code = ""
    for line, text in zip(lines, highlighted(lines, get_lexer_for_filename(path))):
        stage = STAGE.search(line) if follows else None
        code += f'<span data-stage="{stage[1]}">{text}</span>\n' if stage else f"{text}\n"
    if follows and "data-stage" not in code:
        raise Problem(f"no line ends with a stage such as “// 1. batch”, so it cannot follow {follows}")
    attribute = f' data-follows="{html.escape(follows)}"' if follows else ""
    return (f'<div class="code"><pre class="listing"{attribute}><code>{code}</code></pre>'
            f"<p>{html.escape(path)}</p></div>")


def fenced(code, language):
    """A block of code that stands in the text itself."""
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound as error:
        raise Problem(f"a block of code is in “{language}”, a language that nobody knows") from error
    lines = highlighted(code.rstrip("\n").splitlines(), lexer)
    return '<div class="code"><pre><code>' + "\n".join(lines) + "</code></pre></div>\n"
