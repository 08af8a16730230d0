"""A link of the printed report is called by what it leads to."""

from pypdf import PdfReader

from report.pages.links import names
from report.pages.render import write_pdf

PAGE = """<html lang="en"><head><title>T</title></head><body>
<section id="question-slope"><h2><span class="tag">2.2</span> Slope &amp; more</h2>
<p><a href="#run-one">70 %</a> <a href="#question-slope">there</a></p>
<table><caption id="table-1"><b>Table 1.</b> All runs</caption>
<tr id="run-one"><th scope="row">sigmoid · lr 1e−5</th><td>70</td></tr></table>
<figure id="figure-1"><figcaption><b>Figure 1.</b> Curves.</figcaption></figure></section></body></html>"""


def test_what_bears_an_id_is_called_by_its_first_words():
    assert names(PAGE) == {
        "question-slope": "2.2 Slope & more",
        "table-1": "Table 1. All runs",
        "run-one": "sigmoid · lr 1e−5",
        "figure-1": "Figure 1. Curves.",
    }


def test_links_of_the_pdf_are_called_so(tmp_path):
    write_pdf(PAGE, tmp_path / "report.pdf", tmp_path, [])
    (page,) = PdfReader(tmp_path / "report.pdf").pages
    called = [annotation.get_object()["/Contents"] for annotation in page["/Annots"]]
    assert called == ["sigmoid · lr 1e−5", "2.2 Slope & more"]
