"""Characters that no font draws are named once, with what to install."""

import matplotlib
import pytest

from report.pages import glyphs


@pytest.fixture(autouse=True)
def no_fonts_but_ours(monkeypatch):
    monkeypatch.setattr(glyphs, "findSystemFonts", list)


def test_what_the_reports_fonts_draw_needs_nothing():
    assert glyphs.what_to_install("<p title='あ'>δ₃ = 1/√fan_in ≤ 3e−5 &amp; é\u200b</p>") == ""


@pytest.mark.parametrize(
    ("names", "package"),
    [("かな", "fonts-noto-cjk"), ("漢字", "fonts-noto-cjk"), ("한", "fonts-noto-cjk"),
     ("אב", "fonts-noto-core"), ("👟", "fonts-noto-color-emoji"), ("ก", "fonts-noto-core")],
)  # fmt: skip
def test_what_no_font_draws_is_named_with_a_package(names, package):
    said = glyphs.what_to_install(f"<td>{names}</td><script>漢</script>")
    assert said.startswith(f"found no font for {' '.join(sorted(names))}, drawn as boxes: ")
    assert f"apt-get install {package} (" in said and "\n" not in said


def test_of_many_the_first_are_named():
    said = glyphs.what_to_install("".join(map(chr, range(0x4E00, 0x4E40))))
    assert "and 54 more, drawn" in said


def test_a_font_of_the_system_is_as_good(monkeypatch, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    sans = f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"
    assert glyphs.without_glyphs("א") == ["א"]
    monkeypatch.setattr(glyphs, "findSystemFonts", lambda: [str(broken), sans])
    assert glyphs.without_glyphs("א") == []
