"""Things that need a typesetter: formulas, code, references, fonts.

In: LaTeX, source files, a .bib file. Out: HTML and CSS that stand by themselves. Used by render.py.
"""

import ast
import base64
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import matplotlib
import ziamath
from fontTools import subset
from fontTools.ttLib import TTFont
from latex2mathml.converter import convert
from markupsafe import Markup, escape
from matplotlib.colors import to_hex
from pybtex.database import parse_file
from pybtex.plugin import find_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from report.pages.spoken import spoken

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"<mi>\w\w+</mi>(?!<mo)")
MATH = re.compile(r"<math.*?</math>", re.DOTALL)

_OURS = ROOT / "report" / "fonts"
# (family, weight, style) → file: ours, and one of matplotlib's.
FONTS = {
    ("Source Sans 3", 400, "normal"): _OURS / "SourceSans3-Regular.ttf",
    ("Source Sans 3", 600, "normal"): _OURS / "SourceSans3-Semibold.ttf",
    ("Source Serif 4", 400, "normal"): _OURS / "SourceSerif4-Regular.ttf",
    ("Source Serif 4", 400, "italic"): _OURS / "SourceSerif4-It.ttf",
    ("Source Serif 4", 600, "normal"): _OURS / "SourceSerif4-Semibold.ttf",
    ("DejaVu Sans Mono", 400, "normal"): Path(matplotlib.get_data_path())
    / "fonts/ttf/DejaVuSansMono.ttf",
}
MATH_FONT = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
# Browsers set the letters of formulas in italics of their own, which no text of the page has.
DRAWN_AROUND = "√"  # what an element stands for, and no text of the page has
MATH_ITALICS = "".join(map(chr, [*range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C), 0x210E]))


def font_faces(text):
    """@font-face rules for the screen, with only the glyphs that the text needs, embedded."""
    characters = "".join(sorted(set(text)))
    formulas = "".join(sorted({*"".join(MATH.findall(text)), *MATH_ITALICS, *DRAWN_AROUND}))
    return (
        _faces(lambda path: f"data:font/woff2;base64,{_subset(path, characters)}")
        + '@font-face{font-family:"STIX Two Math";'
        + (f"src:url(data:font/woff2;base64,{_subset(MATH_FONT, formulas)})}}")
    )


def font_files():
    """@font-face rules for print, where the PDF takes the glyphs that it needs from the files."""
    return _faces(lambda path: path.as_uri())


def _faces(address):
    return "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{slant};'
        f"src:url({address(path)})}}"
        for (family, weight, slant), path in FONTS.items()
    )


def _subset(path, text):
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"], notdef_outline=True))
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = "woff2"
    stream = BytesIO()
    font.save(stream)
    return base64.b64encode(stream.getvalue()).decode()


def math(latex, inline=False):
    """A formula as MathML, which a browser sets in the page's fonts and a screen reader reads."""
    converted = convert(latex, display="inline" if inline else "block")
    # Browsers put no room between a function's name and what it is of.
    return Markup(NAMED.sub(r'\g<0><mspace width="0.167em" />', converted))


@cache
def formula(latex, size=17, inline=False):
    """A formula as an image whose text alternative is what one would read aloud."""
    drawn = ziamath.Latex(latex, size=size, inline=inline)
    _, height = drawn.getsize()
    drop = drawn.getyofst()
    svg = quote(drawn.svg(), safe="=:/;,()")
    style = f"height:{height / size:.3f}em;vertical-align:{drop / size:.3f}em"
    kind = "math" if inline else "math display"
    return Markup(
        f'<img class="{kind}" style="{style}" alt="{escape(spoken(convert(latex)))}" '
        f'src="data:image/svg+xml,{escape(svg)}">'
    )


def nine_lines():
    """The bodies of forward, backward and gradients, as they stand in nn/network.py, highlighted."""
    path = ROOT / "nn" / "network.py"
    source = path.read_text().splitlines()
    listing = []
    for node in ast.walk(ast.parse("\n".join(source))):
        if isinstance(node, ast.FunctionDef) and node.name in ("forward", "backward", "gradients"):
            lines = [
                source[part.lineno - 1].strip().replace("self.", "")
                for part in node.body
                if isinstance(part, ast.Assign | ast.AugAssign)
            ]
            listing.append(f"# {node.name}\n" + "\n".join(lines))
    return code("\n\n".join(listing))


def code(text):
    """Python source with highlighting."""
    return Markup(highlight(text, PythonLexer(), HtmlFormatter(nowrap=False)))


def code_css():
    """Styles of highlighted code, on light and, where the reader prefers it, on dark."""
    light, dark = (
        HtmlFormatter(style=style, nobackground=True).get_style_defs(".highlight")
        for style in ("vs", "github-dark")
    )
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{\n{dark}\n}}"


def color_scale(name, n=64):
    """n colours of a matplotlib colour map, as the page writes them."""
    return [to_hex(color) for color in matplotlib.colormaps[name].resampled(n)(range(n))]


class References:
    """Numbered references: cite(key) in the text, then all that were cited, in order."""

    def __init__(self, path):
        self._database = _bibliography(path)
        self._cited = []

    def cite(self, key):
        if key not in self._database.entries:
            raise KeyError(
                f"references.bib: found no entry {key!r}, expected one for each citation"
            )
        if key not in self._cited:
            self._cited.append(key)
        return Markup(f'<a class="cite" href="#ref-{key}">[{self._cited.index(key) + 1}]</a>')

    def entries(self):
        """(key, HTML) of each cited work."""
        style = find_plugin("pybtex.style.formatting", "unsrt")()
        backend = find_plugin("pybtex.backends", "html")()
        for key in self._cited:
            (entry,) = style.format_entries([self._database.entries[key]])
            yield key, Markup(entry.text.render(backend))


@cache
def _bibliography(path):
    return parse_file(path, bib_format="bibtex")
