"""Characters of a report that no font here can draw.

In: the report's text. Out: one line that names them and what to install, or "". Used by
workflow/scripts/report.py.
"""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTCollection, TTFont
from markupsafe import Markup
from matplotlib.font_manager import findSystemFonts

from report.pages.typeset import FONTS

# Debian's packages, by the first word of a character's name.
BY_SCRIPT = dict.fromkeys(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "BOPOMOFO"), "fonts-noto-cjk"
)
EMOJI, OTHERS = "fonts-noto-color-emoji", "fonts-noto-core"
SHOWN = 10
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}
UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]*>", re.DOTALL)


def without_glyphs(html):
    """The characters that neither the report's fonts nor any of this machine can draw, sorted."""
    text = Markup(UNSEEN.sub("", html)).unescape()
    missing = {c for c in text if unicodedata.category(c) not in INVISIBLE}
    for path in map(str, FONTS.values()):
        missing -= _characters(path)
    # Fonts of the system are many, and are only asked for what is left.
    for path in findSystemFonts() if missing else ():
        missing -= _characters(path)
    return sorted(missing)


def what_to_install(html):
    """One line on the characters that would be drawn as boxes; "" where there are none."""
    missing = without_glyphs(html)
    if not missing:
        return ""
    packages = " ".join(sorted({_package(character) for character in missing}))
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return (
        f"found no font for {' '.join(missing[:SHOWN])}{more}, drawn as boxes: apt-get install "
        f"{packages} (or the same fonts by another way), then call again with --forcerun report"
    )


def _package(character):
    if ord(character) >= 0x1F000 or 0x2600 <= ord(character) < 0x27C0:
        return EMOJI
    return BY_SCRIPT.get(unicodedata.name(character, "").split(" ")[0].split("-")[0], OTHERS)


@cache
def _characters(path):
    """Every character that a font file can draw; none where it cannot be read."""
    try:
        fonts = TTCollection(path).fonts if path.endswith((".ttc", ".otc")) else [TTFont(path)]
        return frozenset(chr(code) for font in fonts for code in font.getBestCmap() or ())
    except Exception:  # a system's broken font is none of the reader's business
        return frozenset()
