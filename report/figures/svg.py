"""What matplotlib draws, with less markup and a description in words.

In: an SVG as matplotlib writes it. Out: the same picture in three fifths of the bytes, with less than
half of the elements for WeasyPrint and browsers to draw. Used by style.py.
"""

import base64
import re
from collections import Counter
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
from PIL import Image

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
REFERENCE = re.compile(r'(?:url\(|href=")#([^")]+)')
DECLARATION = re.compile(r"([\w-]+): ?([^;]+)")
COLORS = 24
PNG = "data:image/png;base64,"
DECIMALS = re.compile(r"(\.\d\d)\d+")
# What SVG takes where an attribute is not given.
INITIAL = {"font-size": "medium", "text-anchor": "start"}
COORDINATES = ("x", "y", "points")
PATH_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
UNTURNED = re.compile(r"rotate\(-?0 [^)]*\)")


def simplified(drawn, font, description):
    """The picture without groups that do nothing, ids that nothing refers to, and styles.

    Parameters
    ----------
    drawn : str
        An SVG whose text is text, all in one family of fonts.
    font : str
        The name of that family.
    description : str
        The picture in words, instead of matplotlib's metadata.
    """
    root = ElementTree.fromstring(drawn)
    root.remove(root.find("{*}metadata"))
    needed = set(REFERENCE.findall(drawn))
    # Said once for the whole picture instead of for every text and in a style sheet.
    root.attrib |= {
        "xmlns": SVG,
        "font-family": f"'{font}',sans-serif",
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
    }
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        if XLINK_HREF in element.attrib:
            link = element.attrib.pop(XLINK_HREF)
            exact = "pixelated" in element.get("style", "")
            element.set("href", _short(link, exact) if element.tag == "image" else link)
        element.text, element.tail = (
            part and part.strip() for part in (element.text, element.tail)
        )
        if element.get("id") not in needed:
            element.attrib.pop("id", None)
        if UNTURNED.fullmatch(element.get("transform", "")):
            del element.attrib["transform"]
        for name in COORDINATES:
            # A hundredth of a point is far below what a printer resolves.
            if name in element.attrib:
                element.set(name, " ".join(DECIMALS.sub(r"\1", element.get(name)).split()))
        if "d" in element.attrib:
            element.set("d", relative(element.get("d")))
        # Attributes say the same as a style, and need no parser for CSS.
        for name, value in DECLARATION.findall(element.attrib.pop("style", "")):
            if name == "image-rendering":
                # As an attribute it has older values only.
                element.set("style", f"{name}:{value}")
            elif name != "font-family":
                element.set(name, value)
    _unwrap(root)
    for name, initial in INITIAL.items():
        _inherit(root, name, initial)
    words = ElementTree.Element("desc")
    words.text = description
    root.insert(0, words)
    return ElementTree.tostring(root, encoding="unicode")


def relative(path):
    """A path by distances, each from the point before: fewer digits than places on the page.

    They are counted in hundredths of a point between rounded places, so that nothing adds up.
    """
    parts, previous = [], ""
    here = np.zeros(2, int)
    for command, numbers in PATH_COMMAND.findall(path):
        places = np.rint(100 * np.array(numbers.split(), float)).astype(int).reshape(-1, 2)
        name = command if command in "MZz" else command.lower()
        parts.append("" if name == previous == "l" else name)
        for i, number in enumerate((places if name == "M" else places - here).flat):
            # A minus or a command tells numbers apart, too.
            parts.append(" " if number >= 0 and (i or not parts[-1]) else "")
            digits = f"{number / 100:.2f}".rstrip("0").rstrip(".")
            parts.append(digits.replace("0.", ".") if abs(number) < 100 else digits)
        if len(places):
            here = places[-1]
        previous = name
    return "".join(parts)


def _inherit(root, name, initial):
    """Say once, at the root, what most texts say of an attribute."""
    values = [(text, text.attrib.pop(name, initial)) for text in root.iter("text")]
    for common, _ in Counter(value for _, value in values).most_common(1):
        root.set(name, common)
        for text, value in values:
            if value != common:
                text.set(name, value)


def _short(link, exact):
    """An embedded picture in fewer bytes, by a palette.

    The same to the last bit where it has few colours, as what a colour map paints; of many dots the eye
    sees the same in `COLORS`. With many colours an exact one stays as it is.
    """
    image = Image.open(BytesIO(base64.b64decode(link.removeprefix(PNG)))).convert("RGBA")
    pixels = np.array(image).view(np.uint32)[..., 0]
    colors, places = np.unique(pixels, return_inverse=True)
    if len(colors) <= 256:
        image = Image.fromarray(places.reshape(pixels.shape).astype(np.uint8), "P")
        palette = colors.view(np.uint8).reshape(-1, 4)
        bands = 3 if (palette[:, 3] == 255).all() else 4
        image.putpalette(palette[:, :bands].tobytes(), "RGBA"[:bands])
    elif exact:
        return link
    else:
        # The one method that keeps what is transparent.
        image = image.quantize(COLORS, method=Image.Quantize.FASTOCTREE)
    stored = BytesIO()
    image.save(stored, "png", optimize=True)
    return min(link, PNG + base64.b64encode(stored.getvalue()).decode(), key=len)


def _unwrap(parent):
    """Put the children of groups without attributes in the group's place; drop what is left empty."""
    children = []
    for child in parent:
        _unwrap(child)
        if child.tag == "style" or (child.tag == "defs" and not len(child)):
            continue
        if child.tag == "g" and not child.attrib:
            children += child
        else:
            children.append(child)
    parent[:] = children
