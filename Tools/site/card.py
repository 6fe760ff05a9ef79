"""The picture that social networks show: they take no SVG."""

from importlib.util import find_spec
from pathlib import Path

import resvg_py


def png(svg):
    """The card's SVG as PNG, with the same letters on every machine."""
    fonts = Path(find_spec("font_source_sans_pro").origin).parent / "files"
    family = "Source Sans Pro"
    return bytes(resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, sans_serif_family=family, font_family=family,
        font_files=[str(fonts / f"SourceSansPro-{weight}.otf") for weight in ("Regular", "Semibold", "Bold")]))
