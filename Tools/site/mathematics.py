"""TeX to MathML, which browsers set without any script or font of ours."""

import html
import re

from latex2mathml.converter import convert

from problem import Problem


def block(tex):
    """A formula on lines of its own. What `\\qquad` keeps apart may stand below each other on a narrow screen. Each scrolls
    sideways in a box of its own, as WebKit doesn't let a formula do so by itself."""
    parts = [part.strip() for part in tex.split(r"\qquad") if part.strip()]
    if len(parts) == 1 or any(part.count(r"\begin") != part.count(r"\end") for part in parts):
        parts = [tex]
    formulas = "".join(f'<div class="formula">{mathml(part, display=True)}</div>' for part in parts)
    return (formulas if len(parts) == 1 else f'<div class="formulas">{formulas}</div>') + "\n"


def mathml(tex, display=False):
    """The formula as a `math` element."""
    _check_braces(tex)
    # `aligned` is what TeX calls it inside a formula, `split` what the converter does.
    source = re.sub(r"\\(begin|end)\{aligned\}", r"\\\1{split}", tex).replace("−", "-")
    try:
        result = convert(source.strip(), display="block" if display else "inline")
    except Exception as error:
        raise Problem(f"the formula “{tex}” is not understood ({type(error).__name__})") from error
    unknown = re.search(r">\s*(\\[A-Za-z]+|&)\s*<", result)
    if unknown:
        raise Problem(f"the formula “{tex}” has “{unknown[1]}” in it, which is not understood")
    return _spaced(_shorter(result))


def _check_braces(tex):
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth != 0:
        raise Problem(f"the braces of the formula “{tex}” do not match")


FUNCTIONS = "arg|cos|exp|lim|ln|log|max|min|sin|tanh"


def _spaced(result):
    """The same formula with the spaces that TeX gives the names of functions, and with words that are one piece."""
    result = re.sub(r'(<mi mathvariant="normal">[^<]</mi>){2,}',
                    lambda letters: f"<mi>{re.sub('<[^>]*>', '', letters[0])}</mi>", result)
    result = re.sub(r"<mrow>(<mi>\w+</mi>)</mrow>", r"\1", result)
    # A prime is as high as it should be by itself.
    result = re.sub(r"<msup>(<mi>[^<]+</mi>)<mi>(′+)</mi></msup>", r'\1<mo lspace="0" rspace="0">\2</mo>', result)
    result = result.replace('<mo stretchy="false">|</mo>', '<mo stretchy="false" lspace="0" rspace="0">|</mo>')
    # A minus behind another sign belongs to what follows.
    result = re.sub(r"((?:=|≈|←|≤|≥|,|\()</mo>)<mo>−</mo>", r'\1<mo form="prefix">−</mo>', result)

    def function(match):
        before, name, after = match.groups()
        left = "0" if before == "" or before.endswith(("(</mo>", "<mrow>", "=</mo>")) else "0.17em"
        right = "0" if after else "0.17em"
        return f'{before}<mo lspace="{left}" rspace="{right}">{name}</mo>{after}'

    before, after = r"((?:[^<>]*</?\w+[^>]*>)?)", r'((?:<mo stretchy="false">\()?)'
    return re.sub(f"{before}<m[io]>({FUNCTIONS})</m[io]>{after}", function, result)


def _shorter(result):
    """The same formula in fewer bytes: HTML needs no namespace, and letters can be themselves."""
    result = result.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "").replace(' display="inline"', "")
    result = re.sub(r"&#x([0-9A-Fa-f]+);", lambda code: html.escape(chr(int(code[1], 16))), result)
    result = re.sub(r"<mrow>(<m[ion]>[^<]*</m[ion]>)</mrow>", r"\1", result)
    result = re.sub(r'<(mspace|mi)( [^>]*)? />', r"<\1\2></\1>", result)
    return re.sub(r"^(<math[^>]*>)<mrow>(.*)</mrow></math>$", _unwrapped, result, flags=re.DOTALL)


def _unwrapped(match):
    """`math` is a row already, so that a row around everything in it can go."""
    depth = 0
    for tag in re.findall(r"</?mrow>", match[2]):
        depth += -1 if tag.startswith("</") else 1
        if depth < 0:  # the outermost row was two rows side by side
            return match[0]
    return f"{match[1]}{match[2]}</math>"
