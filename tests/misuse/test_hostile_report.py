"""A whole report of a dataset whose every text is hostile, in a folder whose name is: it is shown, and nothing more."""

import re

import pypdf
import pytest
import yaml

from tests.workflow.own import own_dataset
from tests.workflow.tree import Tree

FOLDER = 'it\'s "mine" {2024} $(touch pwned)'
TEXTS = {
    "title": "<script>window.pwned=1</script>{{ 7 * 7 }} $(touch pwned)",
    "question": "<img src=x onerror=window.pwned=1>",
    "experiment": '"><link rel=attachment href="file:///etc/passwd"> % & \\',
}
CLASSES = [
    "<b onmouseover=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "</script><script>window.pwned=1</script>",
    "$x^2$ & 'é' {0} \\n",
]

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("hostile") / FOLDER)
    data = tmp_path_factory.mktemp("data") / FOLDER
    entry = own_dataset(data, {"train": 400, "test": 80}, title=TEXTS["title"], classes=CLASSES)
    mine = {
        "question": TEXTS["question"],
        "title": TEXTS["experiment"],
        "vary": {"slope": [1, 2]},
    }
    overlay = yaml.safe_load((tree.folder / "tests/workflow/small.yaml").read_text())
    overlay |= {
        "dataset": "own",
        "datasets": {"own": entry | {"drawing": {"size": 4, "center": "box"}}},
        "experiments": overlay["experiments"] | {"mine": mine},
    }
    (tree.folder / "hostile.yaml").write_text(yaml.safe_dump(overlay))
    done = tree.call("--configfile", "hostile.yaml")
    assert done.returncode == 0, done.stderr
    tree.data = data
    return tree


def test_nothing_of_it_is_run_in_a_shell(tree):
    assert not list(tree.folder.parent.rglob("pwned")) and not list(tree.data.parent.rglob("pwned"))


def test_the_page_shows_it_and_runs_nothing_of_it(tree, browser):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tree.folder / "results/own/report.html").as_uri())
    for part in ("#explorer", "#draw"):
        page.locator(part).scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    assert page.evaluate("window.pwned") is None
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == asked[:1]
    shown = page.inner_text("body")
    for text in TEXTS.values():
        assert text in shown
    page.close()


def test_the_print_shows_it_and_holds_nothing_of_this_machine(tree):
    pdf = pypdf.PdfReader(tree.folder / "results/own/report.pdf")
    shown = re.sub(r"\s+", "", "".join(page.extract_text() for page in pdf.pages))
    for text in TEXTS.values():
        assert re.sub(r"\s+", "", text) in shown
    attached = b"".join(content for contents in pdf.attachments.values() for content in contents)
    assert b"root:" not in attached
    page = (tree.folder / "results/own/report.html").read_text()
    for said in (shown, page, attached.decode(errors="replace")):
        for folder in (tree.folder, tree.data):
            assert re.sub(r"\s+", "", str(folder)) not in re.sub(r"\s+", "", said)
