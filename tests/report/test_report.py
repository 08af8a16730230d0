"""The finished report, page and PDF: every answer in its place, nothing missing, well made."""

import json
import re
import shutil
import subprocess

import page as page_validation
import pypdf
import pytest

from report import labels
from report.pages.answers import words
from report.questions import ABOUT_ALL
from tests.report.packing import unpacked
from tests.workflow.tree import ROOT


@pytest.fixture(scope="module")
def pdf(results):
    return pypdf.PdfReader(results / "report.pdf")


@pytest.fixture(scope="module")
def pdf_text(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def sections(page):
    """Id of each section → its heading, answer, and how many figures it has."""
    found = {}
    for part in re.findall(r'<section[^>]* id="[^"]+".*?</section>', page, re.DOTALL):
        answer = re.search(r'class="answer">(.*?)</p>', part, re.DOTALL)
        heading = re.search("<h2>(.*?)</h2>", part, re.DOTALL)
        key = re.search(r'id="([^"]+)"', part)[1]
        found[key] = (
            words(heading[1]),
            words(answer[1]) if answer else None,
            part.count("<figure"),
        )
    return found


def test_every_question_has_a_section_of_its_own_in_the_page(results):
    page = (results / "report.html").read_text()
    found = sections(page)
    for answer in json.loads((results / "answers.json").read_text()):
        anchor = answer["key"] if answer["key"] in ABOUT_ALL else f"question-{answer['key']}"
        heading, said, n_figures = found[anchor]
        assert heading == labels.heading(answer)
        assert said == answer["answer"]
        assert n_figures >= 1, anchor
    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    linked = re.findall(r'href="#([^"]+)"', contents)
    assert linked == [key for key in found if key in linked]
    assert {"seeds", "gallery", "runs", "references", "provenance"} <= set(linked)


def test_the_pdf_breaks_no_rule_of_accessible_documents(results):
    found = page_validation.validate_pdf(results / "report.pdf", profile="ua1")
    assert [(one.rule_id, one.message) for one in found.failures] == []


def test_every_question_is_answered_where_the_pdf_says_it_is(pdf, results):
    chapters = {
        entry.title: pdf.get_destination_page_number(entry)
        for entry in pdf.outline
        if not isinstance(entry, list)
    }
    for answer in json.loads((results / "answers.json").read_text()):
        place = chapters[labels.heading(answer)]
        text = " ".join(pdf.pages[place].extract_text().split())
        # Up to the first symbol that may be written otherwise in print.
        opening = re.match(r"[A-Za-z0-9 ,:’-]{3,30}", answer["answer"])
        assert opening and opening[0] in text, answer["key"]


def test_questions_come_in_the_order_of_the_assignment(results):
    page = (results / "report.html").read_text()
    headings = [
        " ".join(re.sub("<[^>]+>", "", heading).split())
        for heading in re.findall("<h2>(.*?)</h2>", page)
    ]
    numbered = [heading for heading in headings if heading[0].isdigit()]
    assert numbered == sorted(numbered)
    assert len(numbered) == 9


def test_the_summary_has_every_question_and_its_answer(results):
    page = (results / "report.html").read_text()
    summary = page[page.index('id="summary"') : page.index('id="network"')]
    row = r'href="#([\w-]+)">[^<]*</a></th><td><p class="asked">(.*?)</p>(.*?)</td>'
    section = (
        r'class="question" id="([\w-]+)">.*?class="asked">(.*?)</p>.*?class="answer">(.*?)</p>'
    )
    told, sections = (
        [tuple(map(str.strip, found)) for found in re.findall(pattern, part, re.DOTALL)]
        for pattern, part in ((row, summary), (section, page))
    )
    assert sorted(told) == sorted(sections) != []


def test_no_figure_is_missing_and_none_lacks_a_description(results):
    page = unpacked((results / "report.html").read_text())
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) >= 100
    for figure in figures:
        assert re.search(r'<svg [^>]*role="img" aria-label="[^"]+"', figure), figure[:200]
    assert "<img" not in page and page.count("<math ") > 30
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    remade = re.findall(
        r"<code>snakemake --cores 1 (\S+) --configfile results/digits/config.yaml"
        r" --replace-workflow-config</code>, with the numbers that it shows: <code>(\S+)</code>",
        page,
    )
    assert len(remade) == len(figures)
    for target, numbers in remade:
        assert numbers == target.removesuffix("svg") + "csv"
        for file in (target, numbers):
            assert (results.parent.parent / file).exists(), file


def test_tables_and_figures_have_one_number_in_page_and_print(pdf_text, results):
    page = (results / "report.html").read_text()
    named = re.findall(r"<b>((?:Table|Figure) \d+\.)</b> (\S+)", page)
    assert len(named) > 60 and len({number for number, _ in named}) == len(named)
    for number, first in named:
        assert f"{number} {words(first)}" in pdf_text


def test_the_pdf_can_be_read_aloud_and_walked_through(pdf, results):
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/StructTreeRoot"]
    assert catalog["/Lang"] == "en"
    assert re.search(rb'pdfuaid:part(="|>)1', catalog["/Metadata"].get_data())
    assert pdf.metadata.title == "A neural network from numpy alone, on scikit-learn’s digits"
    figures = [
        element for element in tagged(catalog["/StructTreeRoot"]) if element["/S"] == "/Figure"
    ]
    assert len(figures) > 50
    assert all(figure.get("/Alt") for figure in figures)


def tagged(element):
    """The elements of a PDF's structure, from the top down."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from tagged(child)


def test_the_pdf_carries_the_runs_and_the_configuration(pdf, results):
    assert set(pdf.attachments) == {"answers.json", "runs.csv", "config.yaml"}
    for name, (content,) in pdf.attachments.items():
        assert content == (results / name).read_bytes()


def test_the_pdf_is_built_as_pdfs_are(results):
    qpdf = shutil.which("qpdf") or pytest.skip("qpdf is not installed")
    done = subprocess.run([qpdf, "--check", results / "report.pdf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_is_written_as_html_is(results):
    checker = ROOT / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"
    java = shutil.which("java") or pytest.skip("Java is not installed")
    if not checker.exists():
        pytest.skip("the Nu HTML checker is not installed; make test does where npm is")
    done = subprocess.run(
        [java, "-Xss8m", "-jar", checker, "--errors-only", results / "report.html"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[:2000]


def test_no_placeholder_and_nothing_undefined_is_left(pdf_text, results):
    page = re.sub(r'"data:[^"]*"', "", (results / "report.html").read_text())
    page = re.sub("<style>.*?</style>", "", page, flags=re.DOTALL)
    page = re.sub('alt="[^"]*"', "", page)  # of formulas, whose source has braces
    for text in (pdf_text, page):
        # The configuration, which closes the report, is YAML and may look like anything.
        text = text[: text.rindex("Configuration")]
        for wrong in (
            "{{",
            "}}",
            "{%",
            "Undefined",
            "None %",
            ">None<",
            " nan",
            "nan %",
            "[]",
            "object at 0x",
        ):
            assert wrong not in text, (wrong, text[max(0, text.find(wrong) - 80) :][:160])


def test_the_page_stands_alone(results):
    page = (results / "report.html").read_text()
    # The library may name what it could fetch; that nothing is, the tests in a browser watch.
    page = re.sub(r'<script type="text/plain".*?</script>', "", page, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?!data:|#|https://doi\.org)[^"]*"', page)
    assert (results / "report.html").stat().st_size < 15e6
    assert (results / "report.pdf").stat().st_size < 15e6
