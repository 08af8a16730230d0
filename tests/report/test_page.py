"""The page's scripts: numbers sort as the report writes them, and each script stands alone."""

import json
import re
import shutil
import subprocess

import pytest
from markupsafe import Markup

from report import labels
from report.pages import render

BY_VALUE = [-float("inf"), -12345.0, -1.5, -3.1e-7, 0.0, 3.1e-7, 1 / 3, 0.42, 999.0, 1234.0,
            12345.0, 1.2e6, float("inf")]  # fmt: skip
WRITTEN = [*map(labels.rounded, BY_VALUE)]
NO_PAGE = "globalThis.document = { querySelectorAll: () => [] };"


@pytest.fixture(scope="module")
def node():
    """A function: JavaScript whose last expression is its result → that result."""
    program = shutil.which("node") or pytest.skip("Node.js is not installed")

    def evaluated(*sources):
        script = (
            "const vm = require('node:vm'), sources = JSON.parse(require('fs').readFileSync(0));"
            "vm.createContext(globalThis); let last;"
            "for (const source of sources) {"
            "  try { last = vm.runInThisContext(source); } catch (error) { console.error(error); }"
            "}"
            "console.log(JSON.stringify(last));"
        )
        done = subprocess.run(
            [program, "-e", script], input=json.dumps(sources), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return evaluated


def in_table(*columns):
    """A page with a table of runs; a column is a list of texts, a row for each."""
    head = "".join(f"<th>{i}</th>" for i in range(len(columns)))
    rows = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>"
        for row in zip(*columns, strict=True)
    )
    return f'<table class="runs"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def scripts(**data):
    """The part of the page with its scripts, as the report has it, and the data that they show."""
    context = {"pocket": {}, "histories": "", "scales": {}, "bokeh": ""} | data
    context["scripts"] = [
        Markup((render.SCRIPTS_FOLDER / name).read_text()) for name in render.SCRIPTS
    ]
    return render.templates().get_template("scripts.html.j2").render(context)


def ordered(node, texts, way):
    source = f"{json.dumps(texts)}.sort((a, b) => compareCells(a, b, {way}))"
    return node(NO_PAGE, (render.SCRIPTS_FOLDER / "table.js").read_text(), source)


def test_apostrophes_are_printed_in_text_and_typed_in_code():
    typed = (
        """<p title="a's">it's the &#39;seed&#39;s <code>don't</code></p><script>'a'+b's</script>"""
    )
    shown = """<p title="a's">it’s the &#39;seed’s <code>don't</code></p><script>'a'+b's</script>"""
    assert render.with_apostrophes(typed) == shown


def test_numbers_are_read_as_labels_write_them(node):
    assert "12\u202f345" in WRITTEN and "−∞" in WRITTEN and "3.1e−7" in WRITTEN
    assert ordered(node, WRITTEN[::-1], 1) == WRITTEN
    assert ordered(node, WRITTEN, -1) == WRITTEN[::-1]
    exact = [labels.number(value) for value in (-1 / 3, 3e-5, 1 / 7, 1 / 3, 0.4, 200)]
    assert ordered(node, exact[::-1], 1) == exact


@pytest.mark.parametrize("way", [1, -1], ids=["up", "down"])
def test_numbers_come_before_words_and_nothing_comes_last(node, way):
    mixed = ["", "epoch 10", "1\u202f234", "–", "epoch 9", "98.20", "93.21\u00a0%"]
    by_rank = [["93.21\u00a0%", "98.20", "1\u202f234"], ["epoch 9", "epoch 10"]]
    expected = [text for some in by_rank for text in some[::way]]
    found = ordered(node, mixed, way)
    assert found[:5] == expected
    assert set(found[5:]) == {"", "–"}


def test_accuracies_of_several_seeds_sort_by_the_first(node):
    seeds = ["0: 9.87, 1: 98.00", "0: 93.21, 1: 92.00", "0: 100.00, 1: 10.00"]
    assert ordered(node, seeds[::-1], 1) == seeds


@pytest.mark.parametrize("broken", render.SCRIPTS)
def test_a_script_that_fails_leaves_the_others_working(node, broken):
    part = scripts()
    text = (render.SCRIPTS_FOLDER / broken).read_text()
    assert part.count(text) == 1
    part = part.replace(text, "throw new Error('broken');\n" + text)
    parts = re.findall(r"<script>\n(.*?)\n</script>", part, re.DOTALL)
    looked_for = node(
        """
        globalThis.asked = [];
        globalThis.addEventListener = () => {};
        globalThis.IntersectionObserver = class {};
        globalThis.document = {
          body: { append() {} },
          createElement: () => ({ append() {}, addEventListener() {} }),
          getElementById: (id) => (asked.push(id), id === "scales" ? { textContent: "{}" } : null),
          querySelector: () => null,
          querySelectorAll: (selector) => (asked.push(selector), []),
        };
        """,
        *parts,
        "asked",
    )
    everything = {
        "contents.js": ".contents a",
        "predict.js": ".predict",
        "copies.js": "pre, .remake code:first-child",
        "enlargements.js": "figure",
        "numbers.js": "figcaption > .numbers",
        "unpack.js": ".packed",
        "table.js": "table.runs",
        "paint.js": "scales",
        "draw.js": "draw",
        "explorer.js": "explorer",
    }
    # What makes elements needs elements.js.
    silent = {broken} | (
        {"copies.js", "enlargements.js", "numbers.js"} if broken == "elements.js" else set()
    )
    expected = {asked for script, asked in everything.items() if script not in silent}
    assert set(looked_for) == expected


@pytest.fixture
def opened(browser):
    """A function: HTML → the page in a browser, and what it complained about."""
    pages = []

    def open_page(content):
        page, complaints = browser.new_page(), []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_content(f"<!DOCTYPE html>{content}")
        pages.append(page)
        return page, complaints

    yield open_page
    for page in pages:
        page.close()


def test_the_table_sorts_by_values_and_not_by_their_first_digits(opened):
    page, _ = opened(in_table(WRITTEN, ["–"] * len(WRITTEN)) + scripts())
    button = page.get_by_role("button", name="0", exact=True)
    cells = page.locator("tbody tr td:first-child")
    button.press("Enter")
    assert cells.all_text_contents() == WRITTEN[::-1]
    button.press("Enter")
    assert cells.all_text_contents() == WRITTEN


def test_a_pocket_that_cannot_be_read_leaves_table_and_figures_working(opened):
    content = (
        in_table(["1", "2"])
        + "<figure><svg></svg><figcaption><b>Figure 1.</b></figcaption></figure>"
        + '<section id="draw" hidden></section>'
        + scripts(pocket={}).replace('id="pocket">{}', 'id="pocket">{')
    )
    page, complaints = opened(content)
    assert len(complaints) == 1
    assert page.locator("#draw").is_hidden()
    assert page.get_by_role("button", name="Enlarge").count() == 1
    page.get_by_role("button", name="0", exact=True).press("Enter")
    assert page.locator("tbody tr td").all_text_contents() == ["2", "1"]
