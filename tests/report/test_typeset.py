"""Formulas, the nine lines, references and figures become HTML that stands by itself."""

import re
from pathlib import Path

import pytest

from report.pages import typeset

BIB = Path(typeset.__file__).parents[1] / "references.bib"


def test_the_nine_lines_are_those_of_the_source():
    shown = re.sub("<[^>]+>", "", typeset.nine_lines())
    lines = [line for line in shown.splitlines() if line and not line.startswith("#")]
    assert len(lines) == 9
    source = (typeset.ROOT / "nn" / "network.py").read_text().replace("self.", "")
    for line in lines:
        assert line in source


def test_a_formula_carries_its_words_as_text():
    shown = typeset.formula("\\frac{a}{b} < c")
    assert 'alt="a over b is less than c"' in shown
    assert 'src="data:image/svg+xml,' in shown


def test_references_are_numbered_in_the_order_of_citation():
    references = typeset.References(BIB)
    assert "[1]" in references.cite("zhang2017")
    assert "[2]" in references.cite("he2015")
    assert "[1]" in references.cite("zhang2017")
    assert [key for key, _ in references.entries()] == ["zhang2017", "he2015"]
    with pytest.raises(KeyError, match="found no entry 'nobody'"):
        references.cite("nobody")


def test_fonts_hold_only_the_glyphs_that_are_needed(monkeypatch):
    monkeypatch.setattr(typeset, "FONTS", dict(list(typeset.FONTS.items())[:1]))
    assert len(typeset.font_faces("abc")) < len(typeset.font_faces("abcdefghijklmnopqrstuvwxyz"))
    assert typeset.font_faces("abc") == typeset.font_faces("abc")


def test_the_font_of_formulas_has_the_root_that_no_text_writes(monkeypatch):
    monkeypatch.setattr(typeset, "_subset", lambda path, text: text)
    assert "√" not in str(typeset.math("\\sqrt{x}"))
    assert "√" in typeset.font_faces(str(typeset.math("\\sqrt{x}")))
