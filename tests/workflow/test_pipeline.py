"""The real pipeline, on scikit-learn's digits with few epochs, in a copy of the tree.

One full run is shared by all tests. Those that change something do so in a copy of it, say what the
next call would do (a dry run), and put it back.
"""

import csv
import json
import re
import shutil
from dataclasses import fields
from zipfile import ZipFile

import pytest

from nn import Hyperparameters
from tests.workflow.tree import CHECKS, ELSEWHERE, SMALL, Tree, rules


@pytest.fixture(scope="module")
def tree(built, tmp_path_factory):
    """Another tree with the results of the whole run, copied there without their dates."""
    tree = Tree(tmp_path_factory.mktemp("pipeline") / "tree")
    shutil.copytree(
        built.folder / "results", tree.folder / "results", copy_function=shutil.copyfile
    )
    return tree


@pytest.fixture(scope="module")
def results(tree):
    return tree.folder / "results" / "digits"


def test_it_says_beforehand_what_is_missing_and_how_long_it_takes(built):
    assert re.search(r"Training: \d+ missing, about \d+ (seconds|minutes)", built.said)


def test_every_target_stands_where_others_rely_on_it(results):
    for name in (
        "report.pdf", "report.html", "answers.json", "runs.csv", "timings.csv", "machine.json",
    ):  # fmt: skip
        assert (results / name).stat().st_size > 0, name
    run = results / "runs" / "sigmoid_mse_uniform_lr1e-05_5-epochs" / "seed0"
    assert {path.name for path in run.iterdir()} == {
        "history.csv", "weights.npz", "run.json", "origin.json", "inside.npz", "inside.json",
        "embedding.npz", "SHA256SUMS", "SHA256SUMS.varying",
    }  # fmt: skip
    history = (run / "history.csv").read_text().splitlines()
    assert history[0] == (
        "epoch,loss,train_accuracy,test_accuracy,update_w1,update_w2,update_w3,learning_rate"
    )
    assert len(history) == 6


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


def test_nothing_is_left_to_do(built):
    assert built.would_run() == {}


def test_results_copied_without_their_dates_are_as_good_as_new(tree):
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
    undo = tree.edit("nn/training.py", "W -= U", "W -= 2 * U")
    try:
        n_runs = len(list((tree.folder / "results/digits/runs").iterdir()))
        assert tree.would_run()["train"] == n_runs
    finally:
        undo()


def test_a_change_to_an_activation_trains_only_the_runs_that_use_it(tree):
    undo = tree.edit("nn/activations.py", "LEAK = 0.01", "LEAK = 0.02")
    try:
        assert tree.would_run()["train"] == 1
    finally:
        undo()


def test_a_template_rebuilds_only_the_report(tree):
    undo = tree.edit("report/questions/tanh/section.html.j2", "Which", "Tell which")
    try:
        assert tree.would_run() == {"answers": 1, "report": 2, "all": 1}
    finally:
        undo()


@pytest.mark.parametrize(
    ("module", "old", "new", "rule"),
    [
        ("bars", "6.5", "6.6", "experiment_figure"),
        ("confusion", "6.5", "6.6", "run_figure"),
        ("separation", "def draw(", "WIDER = 1\n\n\ndef draw(", "overall_figure"),
    ],
)
def test_a_figure_module_redraws_its_kind_and_nothing_else(tree, results, module, old, new, rule):
    undo = tree.edit(f"report/figures/{module}.py", old, new)
    pictures = list(results.glob(f"figures/**/{module}.svg"))
    try:
        assert tree.would_run() == {rule: len(pictures), "report": 2, "all": 1}
    finally:
        undo()


def test_a_value_more_trains_only_what_is_new(tree):
    undo = tree.edit("tests/workflow/small.yaml", "slope: [0.5, 1]", "slope: [0.5, 1, 2]")
    try:
        would = tree.would_run()
        assert would["train"] == 1
        assert would["embedding"] == 1
        assert would["run_figure"] == 5
        assert would["experiment_figure"] == 3
        assert would["overall_figure"] == 4
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
    assert would["experiment_figure"] == 3


def test_two_keys_are_a_grid_with_a_variant_for_each_pair(tree):
    grid = "experiments={grid: {vary: {slope: [0.5, 1], learning_rate: [1e-5, 2e-5, 3e-5]}}}"
    would = tree.would_run(*SMALL, "--config", grid)
    assert would["train"] == 2 * 3 - 2
    assert would["experiment"] == 1


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
    assert tree.undeclared()["compare"] == set()
    assert tree.would_run() == {}


def test_a_call_for_everything_ends_with_where_the_report_is(built, tree):
    def ends(said, folder):
        reports = [folder / "results" / "digits" / f"report.{kind}" for kind in ("pdf", "html")]
        return said.rstrip().splitlines()[-2:] == list(map(str, reports))

    assert ends(built.said, built.folder)
    # Also where nothing is left to do; not where something else was asked for, or nothing done.
    assert ends(tree.call(*SMALL).stderr, tree.folder)
    for asked in (["runs"], ["--dry-run"]):
        assert not ends(tree.call(*asked, *SMALL).stderr, tree.folder)


def test_a_job_reads_only_what_its_rule_declares(built):
    """Else a change of what it reads besides would leave the result as it was."""
    read = built.undeclared()
    programs = {name for name, text in rules() if "python -m" in text}
    # The digits are bundled, and what results are held against is made only when it is asked for.
    assert read.keys() == programs - {"fetch"} - CHECKS
    assert {name: files for name, files in read.items() if files} == {}


def test_equal_runs_give_equal_reports_wherever_they_lie_and_whenever_they_are_made(
    built, tree, results
):
    done = tree.call(*SMALL, "--forcerun", "report", env=ELSEWHERE)
    assert done.returncode == 0, done.stderr
    for name in ("report.pdf", "report.html"):
        first = built.folder / "results" / "digits" / name
        assert (results / name).read_bytes() == first.read_bytes(), name
