"""What the printed report promises about page breaks, whatever comes before on the page."""

import pytest
from weasyprint import HTML

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


def printed(body):
    """The text of each page."""

    def texts(box):
        yield getattr(box, "text", "")
        for child in getattr(box, "children", ()):
            yield from texts(child)

    document = HTML(string=f"<style>{PRINT}</style>{body}").render()
    return [" ".join(texts(page._page_box)) for page in document.pages]
