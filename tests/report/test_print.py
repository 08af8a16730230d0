"""What the printed report promises about page breaks, whatever comes before on the page."""

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import LineBox

from report.pages import render, typeset
from report.pages.reading import OnlyFrom
from report.pages.render import TEMPLATES

PRINT = "".join((TEMPLATES / name).read_text() for name in ("common.css", "print.css"))


@pytest.mark.parametrize("filled", [215, 222, 229, 236])
def test_a_tables_caption_stands_on_the_page_of_its_first_rows(filled):
    rows = "".join(f"<tr><td>row {i}</td></tr>" for i in range(6))
    pages = printed(
        f'<div style="height:{filled}mm"></div>'
        f'<section id="provenance"><table><caption>Versions</caption><tbody>{rows}</tbody></table>'
    )
    (captioned,) = (page for page in pages if "Versions" in page)
    assert "row 0" in captioned


def test_a_running_head_names_the_section_that_the_page_starts_with():
    filled = '<div style="height:{}mm"></div>'
    pages = printed(
        f"<h2>One</h2>{filled.format(200)}<p>of one</p>{filled.format(100)}<h2>Two</h2>"
        f'<h2 style="break-before:page">Three</h2>'
    )
    assert len(pages) == 3
    assert ("One" in pages[1], "Two" in pages[1]) == (True, True)
    assert pages[2].split() == ["Three", "Three", "3"]


@pytest.mark.parametrize("width", range(18, 30, 2))
def test_a_formula_in_a_link_stays_on_one_line(width):
    link = '<a href="#run">normal, std <span class="whole">1/√fan_in</span></a>'
    page = render.finished(f'<p id="run" style="width:{width}mm">{link}</p>', for_print=True)
    (said,) = printed(page)
    assert "1/√fan_in" in said.replace("\u2060", "")


@pytest.mark.parametrize("width", range(30, 80, 10))
def test_a_label_with_a_formula_takes_no_more_lines_than_its_words(width):
    label = "tanh · squared error · normal, std √(1/(fan_in+fan_out)) · lr 1e−7"
    as_set, as_words = (
        n_lines(f'<p style="width:{width}mm">{text}</p>')
        for text in (render.templates().filters["setting"](label), label)
    )
    assert as_set <= as_words + 1


def n_lines(body):
    """How many lines a text is broken into."""

    def lines(box):
        return isinstance(box, LineBox) + sum(map(lines, getattr(box, "children", ())))

    document = HTML(string=f"<style>{PRINT}</style>{body}").render()
    return sum(lines(page._page_box) for page in document.pages)


def printed(body):
    """The text of each page."""

    def texts(box):
        yield getattr(box, "text", "")
        for child in getattr(box, "children", ()):
            yield from texts(child)

    document = HTML(string=f"<style>{PRINT}</style>{body}").render()
    return [" ".join(texts(page._page_box)) for page in document.pages]


@pytest.fixture
def reader(tmp_path):
    (tmp_path / "figures" / "it's {2024}").mkdir(parents=True)
    for name in ("figures/it's {2024}/one.svg", "secret.svg"):
        (tmp_path / name).write_text("<svg/>")
    (tmp_path / "figures" / "link.svg").symlink_to(tmp_path / "secret.svg")
    return OnlyFrom([tmp_path / "figures", *typeset.FONTS.values()])


def test_print_reads_figures_fonts_and_embedded_data(reader, tmp_path):
    for path in (tmp_path / "figures" / "it's {2024}" / "one.svg", *typeset.FONTS.values()):
        assert reader.fetch(path.as_uri()).read() == path.read_bytes()
    assert reader.fetch("data:text/plain,hello").read() == b"hello"


@pytest.mark.parametrize(
    "path", ["secret.svg", "figures/../secret.svg", "figures/link.svg", "/etc/hostname"]
)
def test_print_reads_no_other_file_of_this_machine(reader, tmp_path, path):
    with pytest.raises(ValueError, match="expected a figure or a font of this report"):
        reader.fetch(f"file://{tmp_path / path}")


@pytest.mark.parametrize("url", ["https://x.invalid/a.svg", "http://127.0.0.1/", "ftp://x.invalid"])
def test_print_asks_no_network(reader, url):
    with pytest.raises(ValueError, match="disallowed protocol"):
        reader.fetch(url)
