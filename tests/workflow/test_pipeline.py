"""The real pipeline, on scikit-learn's digits with few epochs, in a copy of the tree.

One full run is shared by the tests that only look at it; tests that change something say what the
next call would do (a dry run), and put it back.
"""

import csv
import json
import re
import shutil
import subprocess
from dataclasses import fields
from zipfile import ZipFile

import pypdf
import pytest

from nn import Hyperparameters
from report.pages.answers import words
from report.questions import ABOUT_ALL
from tests.workflow.tree import ROOT, SMALL, Tree, rules


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The tree after a whole run of every question with few epochs."""
    tree = Tree(tmp_path_factory.mktemp("pipeline") / "tree")
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    tree.said = done.stdout + done.stderr
    return tree


@pytest.fixture(scope="module")
def results(tree):
    return tree.folder / "results" / "digits"


@pytest.fixture(scope="module")
def pdf(results):
    return pypdf.PdfReader(results / "report.pdf")


@pytest.fixture(scope="module")
def pdf_text(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_it_says_beforehand_what_is_missing_and_how_long_it_takes(tree):
    assert re.search(r"Training: \d+ missing, about \d+ (seconds|minutes)", tree.said)


def test_every_target_stands_where_others_rely_on_it(results):
    for name in (
        "report.pdf", "report.html", "answers.json", "runs.csv", "timings.csv", "machine.json",
    ):  # fmt: skip
        assert (results / name).stat().st_size > 0, name
    run = results / "runs" / "sigmoid_mse_uniform_lr1e-05_5-epochs" / "seed0"
    assert {path.name for path in run.iterdir()} == {
        "history.csv", "weights.npz", "inside.npz", "run.json", "origin.json",
        "embedding.npz",
    }  # fmt: skip
    history = (run / "history.csv").read_text().splitlines()
    assert history[0] == (
        "epoch,loss,train_accuracy,test_accuracy,update_w1,update_w2,update_w3,learning_rate"
    )
    assert len(history) == 6


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
        assert heading == f"{answer['question']} {answer['title']}".strip()
        assert said == answer["answer"]
        assert n_figures >= 1, anchor
    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    linked = re.findall(r'href="#([^"]+)"', contents)
    assert linked == [key for key in found if key in linked]
    assert {"seeds", "original", "gallery", "runs", "references", "provenance"} <= set(linked)


def test_every_question_is_answered_where_the_pdf_says_it_is(pdf, results):
    chapters = {
        entry.title: pdf.get_destination_page_number(entry)
        for entry in pdf.outline
        if not isinstance(entry, list)
    }
    for answer in json.loads((results / "answers.json").read_text()):
        place = chapters[f"{answer['question']} {answer['title']}".strip()]
        text = " ".join(pdf.pages[place].extract_text().split())
        # Up to the first symbol that may be written otherwise in print.
        opening = re.match(r"[A-Za-z0-9 ,:'-]{3,30}", answer["answer"])
        assert opening and opening[0] in text, answer["key"]


def test_questions_come_in_the_order_of_the_assignment(results):
    page = (results / "report.html").read_text()
    headings = [
        " ".join(re.sub("<[^>]+>", "", heading).split())
        for heading in re.findall("<h2>(.*?)</h2>", page)
    ]
    numbered = [heading for heading in headings if heading[0].isdigit()]
    assert numbered == sorted(numbered)
    assert len(numbered) == 8


def test_the_table_of_runs_has_every_choice_and_every_measurement_under_its_own_name(results):
    with (results / "runs.csv").open(newline="") as stream:
        header, *rows = csv.reader(stream)
    assert len(set(header)) == len(header)
    assert header == [
        "run", "seed", *(field.name for field in fields(Hyperparameters)),
        "diverged_at", "unchanged_since", "final_loss", "train_accuracy", "test_accuracy",
    ]  # fmt: skip
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert {row["loss"] for row in table} > {"squared_error", "binary_cross_entropy"}
    assert all(float(row["final_loss"]) > 0 for row in table)


def test_the_summary_has_the_answer_of_every_question(results):
    page = (results / "report.html").read_text()
    summary = page[page.index('id="summary"') : page.index('id="network"')]
    rows = dict(re.findall(r'href="#([\w-]+)">.*?<td>(.*?)</td>', summary, re.DOTALL))
    sections = re.findall(
        r'class="question" id="([\w-]+)">.*?class="answer">(.*?)</p>', page, re.DOTALL
    )
    assert {key: answer.strip() for key, answer in sections} == {
        key: answer.strip() for key, answer in rows.items()
    }


def test_no_figure_is_missing_and_none_lacks_a_description(results):
    page = (results / "report.html").read_text()
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) >= 100
    for figure in figures:
        assert re.search(r'<svg [^>]*role="img" aria-label="[^"]+"', figure), figure[:200]
    for formula in re.findall(r"<img[^>]*>", page):
        assert re.search(r'alt="[^"]+"', formula), formula[:200]
        assert re.search(r'src="data:image/svg', formula), formula[:200]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    remade = re.findall(
        r"<code>snakemake --cores 1 (\S+) --configfile results/digits/config.yaml"
        r" --replace-workflow-config</code>",
        page,
    )
    assert len(remade) == len(figures)
    for target in remade:
        assert (results.parent.parent / target).exists(), target


def test_the_pdf_can_be_read_aloud_and_walked_through(pdf, results):
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/StructTreeRoot"]
    assert catalog["/Lang"] == "en"
    assert re.search(rb'pdfuaid:part(="|>)1', catalog["/Metadata"].get_data())
    assert pdf.metadata.title == "A neural network from numpy alone, on scikit-learn's digits"
    figures = [
        element for element in tagged(catalog["/StructTreeRoot"]) if element["/S"] == "/Figure"
    ]
    assert len(figures) > 50
    assert all(figure.get("/Alt") for figure in figures)


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


def test_snakemakes_own_report_says_what_each_picture_shows(tree, tmp_path):
    done = tree.call(*SMALL, "--report", str(tmp_path / "report.zip"))
    assert done.returncode == 0, done.stderr
    with ZipFile(tmp_path / "report.zip") as report:
        said = " ".join(report.read(name).decode(errors="ignore") for name in report.namelist())
    for caption in (
        "A picture of sigmoid_mse_uniform_lr1e-05_5-epochs, first seed.",
        "A picture of every run that the question “slope” compares, all seeds.",
        "An overview over the data or over all runs.",
    ):
        # Captions stand in the report as JSON, which escapes quotation marks.
        assert json.dumps(caption).strip('"') in said, caption


def tagged(element):
    """The elements of a PDF's structure, from the top down."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from tagged(child)


def test_no_placeholder_and_nothing_undefined_is_left(pdf_text, results):
    page = re.sub(r'"data:[^"]*"', "", (results / "report.html").read_text())
    page = re.sub("<style>.*?</style>", "", page, flags=re.DOTALL)
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


def test_nothing_is_left_to_do(tree):
    assert tree.would_run() == {}


def test_the_preview_is_a_configuration_that_can_be_run(tree):
    assert tree.would_run("--configfile", "config/preview.yaml")["train"] > 10


def test_touching_files_reruns_nothing(tree):
    for path in (*tree.folder.glob("nn/*.py"), *tree.folder.glob("report/**/*.*")):
        path.touch()
    for path in tree.folder.glob("results/digits/**/*.*"):
        path.touch()
    (tree.folder / "results/digits/data/dataset.npz").touch()
    assert tree.would_run() == {}


def test_comments_and_docstrings_rerun_nothing(tree):
    undo = tree.edit("nn/training.py", "def descend(", "# a remark\ndef descend(")
    undo_too = tree.edit("nn/losses.py", '"""Sum of (Y - T)²."""', '"""The sum of (Y - T)²."""')
    try:
        assert tree.would_run() == {}
    finally:
        undo()
        undo_too()


def test_a_change_of_meaning_in_the_core_trains_everything_anew(tree):
    undo = tree.edit("nn/activations.py", "LEAK = 0.01", "LEAK = 0.02")
    try:
        n_runs = len(list((tree.folder / "results/digits/runs").iterdir()))
        assert tree.would_run()["train"] == n_runs
    finally:
        undo()


def test_a_template_rebuilds_only_the_report(tree):
    undo = tree.edit("report/questions/tanh/section.html.j2", "Which", "Tell which")
    try:
        assert tree.would_run() == {"answers": 1, "report": 2, "all": 1}
    finally:
        undo()


@pytest.mark.parametrize(
    ("module", "old", "new", "pictures"),
    [
        ("bars", "6.5", "6.6", {"experiment_figure": 13}),
        ("confusion", "6.5", "6.6", {"run_figure": 13}),
        ("separation", "def draw(", "WIDER = 1\n\n\ndef draw(", {"overall_figure": 1}),
    ],
)
def test_a_figure_module_redraws_its_kind_and_nothing_else(tree, module, old, new, pictures):
    undo = tree.edit(f"report/figures/{module}.py", old, new)
    try:
        assert tree.would_run() == pictures | {"report": 2, "all": 1}
    finally:
        undo()


def test_a_value_more_trains_only_what_is_new(tree):
    undo = tree.edit("tests/workflow/small.yaml", "slope: [0.5, 1]", "slope: [0.5, 1, 2]")
    try:
        would = tree.would_run()
        assert would["train"] == 1
        assert would["embedding"] == 1
        assert would["run_figure"] == would["experiment_figure"] == 4
        assert would["overall_figure"] == 3
    finally:
        undo()


@pytest.fixture
def laid_over(tmp_path):
    """A function: a text → the small configuration with it laid over."""

    def lay(text):
        file = tmp_path / "overlay.yaml"
        file.write_text(text)
        return [*SMALL, file]

    return lay


def test_the_same_settings_in_other_words_rerun_nothing(tree, laid_over):
    """Nor does it matter which keys an overlay names, and in which order."""
    overlay = """
        experiments:
          tanh: {set: {activation: tanh}}
          slope: {vary: {slope: [1/2, 1.0]}}
        baseline: {initializer: {limit: 1.0}, activation: sigmoid}
        epochs: 5e0
    """
    assert tree.would_run(*laid_over(overlay)) == {}


def test_what_is_said_though_it_goes_without_saying_trains_nothing(tree, laid_over):
    would = tree.would_run(*laid_over("baseline: {slope: 1}"))
    assert would["configuration"] == 1
    assert "train" not in would and "run_figure" not in would


def test_an_experiment_dropped_leaves_the_rest_as_it_is(tree, laid_over):
    would = tree.would_run(*laid_over("experiments: {relu: null}"))
    assert "train" not in would and "run_figure" not in would and "experiment_figure" not in would


def test_an_experiment_with_seeds_of_its_own_trains_its_variants_with_them(tree):
    own = "experiments={slope: {seeds: 3}}"
    would = tree.would_run(*SMALL, "--config", own)
    assert would["train"] == 2 * 2
    assert would["experiment"] == 1
    # The four pictures of a variant are those of its first seed, which has not changed.
    assert "run_figure" not in would and "embedding" not in would
    assert would["experiment_figure"] == 4


def test_two_keys_are_a_grid_with_a_variant_for_each_pair(tree):
    grid = "experiments={grid: {vary: {slope: [0.5, 1], learning_rate: [1e-5, 2e-5, 3e-5]}}}"
    would = tree.would_run(*SMALL, "--config", grid)
    assert would["train"] == 2 * 3 - 2
    assert would["experiment"] == 1


def test_results_copied_without_their_dates_are_as_good_as_new(tree, tmp_path):
    copied = Tree(tmp_path / "elsewhere")
    results = copied.folder / "results"
    shutil.copytree(tree.folder / "results", results, copy_function=shutil.copyfile)
    assert copied.would_run() == {}


@pytest.fixture
def offline(tmp_path):
    """The same runs asked of MNIST, where no mirror answers."""
    file = tmp_path / "offline.yaml"
    file.write_text("dataset: mnist\ndatasets: {mnist: {mirrors: ['https://localhost:1/']}}\n")
    return [*SMALL, file]


def test_a_dataset_that_stands_in_is_not_prepared_again(tree, offline):
    assert tree.would_run(*offline) == {"configuration": 1, "answers": 1, "report": 2, "all": 1}


def test_a_file_of_a_dataset_that_could_not_be_had_is_missed_with_the_reason(tree, offline):
    done = tree.call("results/mnist/runs.csv", *offline)
    assert done.returncode != 0
    assert "MNIST could not be had from anywhere: going on with" in done.stderr


def test_single_rules_and_files_can_be_asked_for(tree):
    figure = "results/digits/figures/experiments/slope/bars.svg"
    (tree.folder / figure).unlink()
    done = tree.call(figure, *SMALL)
    assert done.returncode == 0, done.stderr
    assert (tree.folder / figure).exists()
    run = "results/digits/runs/sigmoid_mse_uniform_lr2e-05_5-epochs/seed7/run.json"
    assert tree.would_run(run, "--config", "dataset=digits", "epochs=5") == {"train": 1}
    assert tree.would_run("runs", *SMALL) == {}


def test_the_command_under_a_figure_remakes_it_from_the_same_configuration(tree):
    figure = "results/digits/figures/experiments/relu/bars.svg"
    before = (tree.folder / figure).read_bytes()
    (tree.folder / figure).unlink()
    written_down = ["--configfile", "results/digits/config.yaml", "--replace-workflow-config"]
    done = tree.call(figure, *written_down)
    assert done.returncode == 0, done.stderr
    assert (tree.folder / figure).read_bytes() == before
    assert tree.would_run(*written_down) == {}


def test_two_results_are_compared_on_a_page_of_their_own(tree, results, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    for name in ("answers.json", "config.yaml", "machine.json", "runs.csv"):
        text = (results / name).read_text()
        (other / name).write_text(text.replace("learning_rate: 1.0e-05", "learning_rate: 2.0e-05"))
    done = tree.call("compare", *SMALL, "--config", f"other={other}")
    assert done.returncode == 0, done.stderr
    page = (results / "compared.html").read_text()
    assert "baseline.learning_rate" in page
    assert "are the same to the last digit" in page
    assert tree.would_run() == {}


def test_a_job_reads_only_what_its_rule_declares(tree):
    """Of all that the calls above ran: else a change of it would leave the result as it was."""
    read = tree.undeclared()
    programs = {name for name, text in rules() if "python -m" in text}
    # The digits are bundled; and a comparison is there if its test was run.
    assert read.keys() >= programs - {"fetch", "compare"}
    assert {name: files for name, files in read.items() if files} == {}


def test_equal_runs_give_equal_reports(tree, results):
    before = {name: (results / name).read_bytes() for name in ("report.pdf", "report.html")}
    done = tree.call(*SMALL, "--forcerun", "report")
    assert done.returncode == 0, done.stderr
    for name, content in before.items():
        assert (results / name).read_bytes() == content, name


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (["--config", "epoch=3"], {}, "found unknown key 'epoch'"),
        (
            ["--config", "dataset=mnits"],
            {},
            "dataset: found 'mnits', expected one of mnist, digits",
        ),
        (["--config", "seeds=[]"], {}, "seeds: found [], expected 1 or more values"),
        (
            ["results/digits/figures/experiments/slop/bars.svg", "--config", "dataset=digits"],
            {},
            "results/digits/figures/experiments/slop/bars.svg",
        ),
        (["compare"], {}, "other: found nothing to compare with, expected a folder"),
        (["compare", "--config", "other=/nowhere"], {}, "other: found no answers.json in /nowhere"),
        ([], {"MNIST_DIR": "/nowhere"}, "/nowhere/train-images-idx3-ubyte.gz: no such file"),
    ],
)
def test_bad_input_ends_in_one_line_before_anything_runs(tree, arguments, env, said):
    before = (tree.folder / "results/digits/runs.csv").read_bytes()
    done = tree.call(*arguments, env=env)
    told = [line for line in (done.stdout + done.stderr).splitlines() if said in line]
    assert done.returncode != 0
    assert len(told) == 1
    assert "Traceback" not in done.stderr
    assert (tree.folder / "results/digits/runs.csv").read_bytes() == before


LOOKS = [(1400, "light"), (1400, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture
def page(browser, results):
    """A function: width, colour scheme → the report in a browser that says nothing and fetches nothing."""
    opened, complaints = [], []

    def open_page(width=1400, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("file:", "data:", "blob:"))
                or complaints.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((results / "report.html").as_uri())
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_read_the_page(page, width, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    shown = page(width, scheme)
    shown.locator("#explorer").scroll_into_view_if_needed()
    shown.locator("#explorer .bk-Toolbar").wait_for()
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    found = axe.Axe().run(shown).response["violations"]
    assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == []


def test_without_scripts_the_page_is_whole_and_offers_nothing_that_needs_them(page):
    shown = page(scripts=False)
    assert shown.locator("button:visible").count() == 0
    assert shown.locator("#draw").is_hidden() and shown.locator("#explorer").is_hidden()
    assert shown.locator("table.runs tbody tr").first.is_visible()


def test_the_table_of_runs_sorts_and_searches_by_keyboard(page):
    shown = page()
    rows = shown.locator("table.runs tbody tr:visible")
    shown.get_by_role("button", name="test %").press("Enter")
    accuracies = [float(text) for text in rows.locator("td:nth-child(3)").all_inner_texts()]
    assert accuracies == sorted(accuracies, reverse=True)
    shown.get_by_role("button", name="test %").press("Enter")
    accuracies = [float(text) for text in rows.locator("td:nth-child(3)").all_inner_texts()]
    assert accuracies == sorted(accuracies)
    everything = rows.count()
    shown.get_by_label("Show runs with").fill("tanh")
    assert 0 < rows.count() < everything
    assert all("tanh" in text for text in rows.all_inner_texts())
    shown.locator(".abstract a.number").first.click()
    shown.wait_for_function("document.querySelector('#search-runs').value === ''")
    assert rows.count() == everything


def test_a_figure_is_enlarged_and_put_back(page):
    shown = page()
    figure = shown.locator("#figure-2")
    figure.get_by_role("button", name="Enlarge").press("Enter")
    assert shown.locator("dialog svg").is_visible()
    assert figure.locator("svg").count() == 0
    shown.keyboard.press("Escape")
    figure.locator("svg").wait_for()
    figure.get_by_role("button", name="Copy command").click()
    figure.get_by_role("button", name="Copied").wait_for()
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert copied == figure.locator(".remake code").inner_text()


def test_contents_follow_the_reader(page):
    shown = page()
    shown.locator("#references").scroll_into_view_if_needed()
    shown.get_by_role("link", name="References").click()
    shown.locator('.contents a[href="#references"][aria-current]').wait_for()
    assert shown.locator("[aria-current]").count() == 1


@pytest.fixture
def explorer(page):
    """The explorer of runs, once its charts are drawn."""
    shown = page()
    section = shown.locator("#explorer")
    section.scroll_into_view_if_needed()
    section.locator(".bk-Toolbar").wait_for()
    return section


def test_any_runs_are_compared_by_keyboard(explorer, results):
    rows = explorer.locator(".picked tbody tr")
    explorer.get_by_role("button", name="Pick none").press("Enter")
    assert rows.count() == 0
    explorer.get_by_label("Find").fill("tanh")
    found = explorer.locator(".choices label:visible")
    assert 0 < found.count() < len(list((results / "runs").iterdir()))
    before = explorer.locator(".charts").screenshot()
    found.first.locator("input").press("Space")
    assert rows.count() == 1
    explorer.page.wait_for_timeout(300)
    assert explorer.locator(".charts").screenshot() != before


def test_the_picked_runs_are_followed_through_their_epochs(explorer, results):
    row = explorer.locator(".picked tbody tr").first
    best = json.loads((results / "pocket.json").read_text())["run"]
    history = (results / "runs" / best / "seed0/history.csv").read_text().splitlines()
    pictures = set()
    slider = explorer.get_by_label("Epoch", exact=True)
    slider.press("Home")
    for line in history[1:]:
        epoch, loss, train, test, *_ = map(float, line.split(","))
        assert explorer.locator(".at output").inner_text() == f"{epoch:.0f}"
        shown = row.locator("td").all_inner_texts()[:3]
        assert list(map(float, shown)) == pytest.approx([loss, train, test], rel=1e-4, abs=0.006)
        pictures.add(row.locator("canvas").first.screenshot())
        slider.press("ArrowRight")
    assert len(pictures) == len(history) - 1


def test_pointing_at_a_line_tells_its_values(explorer):
    mouse, told = explorer.page.mouse, explorer.page.locator(".bk-tooltip-content")
    accuracy = explorer.locator(".bk-Figure").nth(1)
    accuracy.scroll_into_view_if_needed()
    box = accuracy.bounding_box()
    for y in range(0, int(box["height"]), 3):
        mouse.move(box["x"] + 0.6 * box["width"], box["y"] + y)
        explorer.page.wait_for_timeout(20)
        if told.count():
            break
    assert re.search(r"epoch [1-5]: \d+", told.inner_text())


def test_the_best_network_looks_at_drawings_and_test_images(page, results):
    shown = page()
    said = shown.locator(".said")
    assert said.inner_text() == "Nothing drawn yet."
    pocket = json.loads((results / "pocket.json").read_text())
    for i, example in enumerate(pocket["examples"]):
        shown.locator(f'[data-example="{i}"]').press("Enter")
        outputs = [float(text) for text in shown.locator(".outputs span").all_inner_texts()]
        # After a few epochs several outputs may be at their limit together.
        assert outputs[pocket["classes"].index(example["predicted"])] == max(outputs)
        assert said.inner_text().startswith("The network says")
    shown.get_by_role("button", name="Clear").click()
    assert said.inner_text() == "Nothing drawn yet."
    pad = shown.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    shown.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    shown.mouse.down()
    shown.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.8 * box["height"], steps=5)
    shown.mouse.up()
    assert said.inner_text().startswith("The network says")
