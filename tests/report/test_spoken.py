"""Formulas are read aloud as a teacher would read them."""

import re

import pytest
from latex2mathml.converter import convert

from nn.activations import ACTIVATIONS
from nn.losses import LOSSES
from report.pages.render import QUESTIONS, TEMPLATES
from report.pages.spoken import spoken

WORDS = {
    r"f(z) = \frac{1}{1 + e^{-kz}}": (
        "f of z equals the fraction 1 over 1 plus e to the power of minus k z end of fraction"
    ),
    r"|\delta_3|": "the absolute value of delta sub 3",
    r"f' = y(1-y)": "f prime equals y open bracket 1 minus y close bracket",
    r"W \leftarrow W - \eta\,\frac{\partial E}{\partial W}": (
        "W becomes W minus eta the derivative of E by W"
    ),
    r"1/\sqrt{\text{fan_in}}": "1 over the square root of fan in",
    r"\sum_j (y_j - t_j)^2": (
        "the sum over j of open bracket y sub j minus t sub j close bracket squared"
    ),
    r"\max(z, 0)": "the larger of z, 0",
    r"\delta_3 W_3^{\top}, \quad \eta_{\text{max}}": "delta sub 3 W sub 3 transposed, eta sub max",
}


@pytest.mark.parametrize(("latex", "words"), WORDS.items(), ids=WORDS)
def test_a_formula_has_words(latex, words):
    assert spoken(convert(latex)) == words


def formulas():
    """Every formula of the report's templates and of the network's functions."""
    for table in (ACTIVATIONS, LOSSES):
        yield from (entry.formula for entry in table.values())
    for folder in (QUESTIONS, TEMPLATES):
        for path in folder.rglob("*.j2"):
            found = re.findall(r'(?:formula|symbol)\("((?:[^"\\]|\\.)*)"\)', path.read_text())
            yield from (latex.replace("\\\\", "\\") for latex in found)


def test_every_formula_of_the_report_has_words_only():
    assert len(set(formulas())) > 40
    for latex in formulas():
        assert re.fullmatch(r"[A-Za-z0-9 ,.()-]+", spoken(convert(latex))), latex
