"""Formulas as they are read aloud.

In: presentation MathML. Out: words, for the text alternatives of formulas in print. Used by typeset.py.
"""

import re
from xml.etree import ElementTree

NAMES = {
    "δ": "delta", "η": "eta", "σ": "sigma", "π": "pi", "∂": "d", "tanh": "the hyperbolic tangent of",
    "cos": "the cosine of", "ln": "the logarithm of", "max": "the larger", "min": "the smaller",
    "=": "equals", "−": "minus", "-": "minus", "+": "plus", "·": "times", "/": "over", ",": ",",
    "←": "becomes", "⟺": "means the same as", "∑": "the sum", "(": "open bracket", ")": "close bracket",
    "′": "prime", "≤": "is at most", "<": "is less than",
}  # fmt: skip
POWERS = {"2": "squared", "⊤": "transposed", "′": "prime"}
PAUSES = re.compile("( ?,)+")
FUNCTIONS = ("f", "g", "σ", "η", "max", "min")


def spoken(mathml):
    """A formula in words: "delta sub 3 equals open bracket L sub 3 minus T close bracket ...".

    Parameters
    ----------
    mathml : str
        Of the elements that latex2mathml writes for this report's formulas.

    Raises
    ------
    KeyError
        For an element that has no words here.
    """
    root = ElementTree.fromstring(mathml)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return PAUSES.sub(",", " ".join(_row(root)))


def _row(parent):
    """The words of some elements one after another; what stands between bars is an absolute value."""
    words, opened, closing = [], 0, []
    children = list(parent)
    for before, element in zip([None, *children], children, strict=False):
        text = (element.text or "").strip()
        if text == "|" and element.tag == "mo":
            opened = not opened
            words += ["the absolute value of"] if opened else []
        elif text == "(" and before is not None and _is_function(before):
            words.append("of")
            closing.append(None)
        elif text == "(":
            words.append(NAMES[text])
            closing.append(NAMES[")"])
        elif text == ")" and element.tag == "mo":
            words += filter(None, [closing.pop()])
        elif element.tag == "msup" and (element[0].text or "").strip() == ")":
            closing.pop()
            words += [NAMES[")"], *_power(element[1])]
        elif element.tag == "msub" and (element[0].text or "").strip() == ")":
            closing.pop()
            words += ["at", *_all(element[1])]
        else:
            words += _all(element)
    return words


def _is_function(element):
    """Whether what follows in brackets is what it is of: f(, f′(, σ(."""
    base = element if element.tag == "mi" else element[0] if len(element) else element
    return (base.text or "").strip() in FUNCTIONS


def _all(element):
    return READERS[element.tag](element)


def _plain(element):
    text = (element.text or "").replace("\xa0", " ").strip()
    return [NAMES.get(text, text)] if text else []


def _fraction(element):
    above, below = map(_all, element)
    if above[0] == below[0] == NAMES["∂"]:
        return ["the derivative of", *above[1:], "by", *below[1:]]
    whole = [*above, "over", *below]
    return whole if len(above) == len(below) == 1 else ["the fraction", *whole, "end of fraction"]


def _power(element):
    text = "".join(element.itertext()).strip()
    return [POWERS[text]] if text in POWERS else ["to the power of", *_all(element)]


def _below_and_above(element):
    base, below, above = element
    if (base.text or "").strip() == "∑":
        (name, _, first) = below
        return ["the sum over", *_all(name), "from", *_all(first), "to", *_all(above), "of"]
    return [*_all(base), "sub", *_all(below), *_power(above)]


def _below(element):
    base, below = element
    if (base.text or "").strip() == "∑":
        return ["the sum over", *_all(below), "of"]
    return [*_all(base), "sub", *_all(below)]


READERS = {
    "math": _row,
    "mrow": _row,
    "mstyle": _row,
    "mi": _plain,
    "mn": _plain,
    "mo": _plain,
    "mtext": lambda element: [element.text.replace("\xa0", " ").replace("_", " ")],
    "mspace": lambda element: [","] if float(element.get("width").rstrip("em")) >= 1 else [],
    "mfrac": _fraction,
    "msqrt": lambda element: ["the square root of", *_row(element)],
    "msup": lambda element: [*_all(element[0]), *_power(element[1])],
    "msub": _below,
    "msubsup": _below_and_above,
    "munder": _below,
    "munderover": _below_and_above,
}
