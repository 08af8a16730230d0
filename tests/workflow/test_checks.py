"""Results are held against what was published, and against those of others, as they lie there."""

import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
import rocrate
import yaml
from pypdf import PdfReader

from report.results import ORIGINS, SUMS, TABLES, opened
from tests.workflow.tree import ROOT, SMALL, Tree
from workflow.spot_check import drawn

RUN = "relu_mse_lecun-normal_lr1e-05_5-epochs"
FOLDER = f"results/digits/runs/{RUN}/seed0"


@pytest.fixture(scope="module")
def published(built, tmp_path_factory):
    """A whole run, published by the tree that made it."""
    folder = tmp_path_factory.mktemp("published") / "tree"
    shutil.copytree(built.folder, folder, symlinks=True)
    tree = Tree(folder)
    tree.opened = built.opened
    done = tree.call("publish", *SMALL)
    assert done.returncode == 0, done.stderr
    return tree


def verification(tree):
    return json.loads((tree.folder / "results/digits/verification.json").read_text())


def test_what_was_published_verifies_to_the_bit(published):
    done = published.call("verify", *SMALL)
    assert done.returncode == 0, done.stderr
    found = verification(published)
    assert found["outcome"] == "same bits"
    n = len(found["runs"])
    assert f"of {n} published runs {n} here: {n} same bits; of " in done.stdout
    page = (published.folder / "results/digits/verification.html").read_text()
    assert "Every run that was published and made here has the same bits." in page


def flip(content):
    """One bit of it."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (f"{FOLDER}/weights.npz", flip, "weights.npz"),
        (f"{FOLDER}/history.csv", lambda text: text.replace(b"\n2,", b"\n3,", 1), "history.csv"),
        (f"{FOLDER}/run.json", lambda text: text.replace(b"1e-05", b"2e-05", 1), "run.json"),
        (
            "results/digits/runs.csv",
            lambda text: text.replace(f"{RUN},0,relu".encode(), f"{RUN},0,tanh".encode()),
            "runs.csv: activation",
        ),
    ],
    ids=["a bit of the weights", "a cell of a history", "a hyperparameter", "a cell of the table"],
)
def test_what_was_changed_is_named_and_left_as_it_is(published, file, change, said):
    path = published.folder / file
    before = path.read_bytes()
    changed = change(before)
    assert changed != before
    path.write_bytes(changed)
    try:
        assert_drifted(published, said)
        assert path.read_bytes() == changed
    finally:
        path.write_bytes(before)


def test_who_takes_the_sums_away_too_hides_nothing(published):
    path = published.folder / FOLDER / "weights.npz"
    before, written = path.read_bytes(), path.with_name("SHA256SUMS").read_bytes()
    path.write_bytes(flip(before))
    path.with_name("SHA256SUMS").unlink()
    try:
        assert_drifted(published, "weights.npz")
    finally:
        path.write_bytes(before)
        path.with_name("SHA256SUMS").write_bytes(written)


def assert_drifted(tree, said):
    done = tree.call("verify", *SMALL)
    assert done.returncode == 1
    assert f"drifted: {RUN}/seed0 (+0.00 points, {said})" in done.stderr.strip().splitlines()[-1]
    assert verification(tree)["n"]["drifted"] == 1
    assert "Traceback" not in done.stderr


def test_a_setting_that_was_changed_is_named(published):
    done = published.call(
        "verify",
        *SMALL,
        "--config",
        "experiments={learning_rate: {vary: {learning_rate: [1e-5, 2e-1]}}}",
    )
    assert done.returncode == 1
    assert "drifted: sigmoid_mse_uniform_lr0.1_5-epochs (not here)" in done.stderr
    assert published.call("verify", *SMALL).returncode == 0


def test_the_report_tells_what_came_of_it_and_what_rounding_decides(published):
    verified = published.folder / "results/digits/verification.json"
    assert published.call("verify", *SMALL).returncode == 0
    shutil.copy(verified, published.folder / "expected/digits/rounding.json")
    done = published.call("results/digits/report.html", *SMALL)
    assert done.returncode == 0, done.stderr
    page = (published.folder / "results/digits/report.html").read_text()
    assert "Held against the published results" in page
    assert "Every run that was published and made here has the same bits." in page
    assert "What rounding alone decides was tried on the published runs" in page


def test_what_checks_reads_only_what_it_declares(published):
    read = published.undeclared()
    assert read["verification"] == set()


def test_where_nothing_is_published_nothing_can_be_verified(built):
    done = built.call("verify", "--dry-run", *SMALL)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "expected/digits: found no published results of digits, expected some; published are those of mnist; publish "
        "your own with snakemake publish"
    )


@pytest.fixture(scope="module")
def bundle(published):
    """A bundle that has, as any, what was published beside it."""
    done = published.call("bundle", *SMALL)
    assert done.returncode == 0, done.stderr
    return published.folder / "results/digits/bundle.zip"


def test_a_bundle_is_a_workflow_run_crate(bundle):
    """So says the profile's own validator, which `make test` puts into an environment of its own."""
    validator = ROOT / ".venv" / "crates" / "bin" / "python"
    if not validator.exists():
        pytest.skip("roc-validator is not installed")
    vocabulary = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"
    done = subprocess.run(
        [
            validator,
            Path(__file__).with_name("validate_crate.py"),
            bundle,
            "workflow-run-crate-0.5",
            vocabulary,
        ],
        capture_output=True,
        text=True,
    )
    *faults, counted = done.stdout.splitlines() or [done.stderr]
    assert faults == []
    assert int(counted.split()[0]) > 50


def test_a_bundle_says_what_a_codechecker_has_to_make_again(bundle):
    with ZipFile(bundle) as archive:
        names = set(archive.namelist())
        told = yaml.safe_load(archive.read("codecheck.yml"))
    assert {entry["file"] for entry in told["manifest"]} <= names
    assert {f"results/digits/{name}" for name in (*TABLES, SUMS, ORIGINS)} <= names


def test_a_bundle_is_of_its_results_and_not_of_what_was_published(bundle):
    with ZipFile(bundle) as archive:
        assert "expected/digits/runs.csv" in archive.namelist()
    assert str(opened(bundle).folder).endswith("results/digits/")


def test_an_unpacked_bundle_has_nothing_left_to_do(bundle, tmp_path):
    with ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "tree")
    tree = Tree(tmp_path / "tree")
    tree.opened.mkdir()
    assert (
        tree.would_run("--configfile", "results/digits/config.yaml", "--replace-workflow-config")
        == {}
    )


def test_a_bundle_is_compared_with_as_a_folder_is(published, bundle):
    for other in (bundle, bundle.parent):
        done = published.call("compare", *SMALL, "--config", f"other={other}")
        assert done.returncode == 0, done.stderr
        page = (bundle.parent / "compared.html").read_text()
        assert "are the same to the last digit" in page


def test_several_are_compared_in_a_matrix(published, bundle, tmp_path):
    for name in ("alice", "bob"):
        shutil.copytree(published.folder / "expected" / "digits", tmp_path / "class" / name)
    shutil.copy(bundle, tmp_path / "class" / "carol.zip")
    done = published.call("compare", *SMALL, "--config", f"other={tmp_path / 'class'}")
    assert done.returncode == 0, done.stderr
    page = (bundle.parent / "compared.html").read_text()
    assert "3 results beside these" in page
    for name in ("alice", "bob", "carol.zip"):
        assert f"<code>{name}</code>" in page


def spot_check(tree, other, *settings):
    done = tree.call("spot_check", "--config", "dataset=digits", f"other={other}", *settings)
    (found,) = tree.folder.glob("results/digits/spot_check/*/certificate.json")
    certificate = json.loads(found.read_text())
    assert len(PdfReader(found.with_suffix(".pdf")).pages) == 1
    shutil.rmtree(found.parent)
    return done, certificate


def test_drawn_runs_are_trained_anew_and_certified(published, bundle):
    done, certificate = spot_check(published, bundle, "draw=7", "n=2")
    assert done.returncode == 0, done.stderr
    assert "Training: 2 missing" in done.stderr
    assert "2 trained anew: 2 same bytes" in done.stdout
    assert [run["said"] for run in certificate["runs"]] == ["same bytes", "same bytes"]
    drawn_runs = {run["run"] for run in certificate["runs"]}
    assert set().union(*certificate["answers"].values()) == drawn_runs
    assert certificate["untrusted"] == []


def test_a_run_that_was_made_up_is_contradicted(published, tmp_path):
    faked = tmp_path / "faked"
    shutil.copytree(published.folder / "expected" / "digits", faked)
    (faked / "SHA256SUMS").unlink(missing_ok=True)
    rows = (faked / "runs.csv").read_text().splitlines()
    (row,) = [row for row in rows if row.startswith(f"{RUN},0,")]
    *start, train, test = row.split(",")
    better = ",".join([*start, "99.5", test])
    assert train != "99.5"
    (faked / "runs.csv").write_text("\n".join(rows).replace(row, better) + "\n")
    draw = next(k for k in range(1000) if (RUN, 0) in drawn([str(faked)], k, 1).runs)
    done, certificate = spot_check(published, faked, f"draw={draw}", "n=1")
    assert done.returncode == 1
    assert f"1 contradicted ({RUN}/seed0)" in done.stderr.strip().splitlines()[-1]
    assert "answers.json has other accuracies than runs.csv" in done.stderr
    assert certificate["outcome"] == "drifted"
    assert "The best network" in certificate["untrusted"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "draw: found None, expected a whole number that the author"),
        (["draw=x"], "draw: found 'x', expected a whole number"),
        (["draw=-1"], "draw: found -1, expected a whole number"),
        (["draw=1", "n=0"], "n: found 0, expected 1 to "),
        (["draw=1", "n=1000"], "n: found 1000, expected 1 to "),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(published, settings, said):
    done = published.call(
        "spot_check", "--dry-run", "--config", "dataset=digits", "other=expected/digits", *settings
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(said)
    assert "Traceback" not in done.stderr
