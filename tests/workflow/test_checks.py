"""Results are held against what was published, and against those of others, as they lie there."""

import json
import shutil

import pytest

from tests.workflow.tree import SMALL, Tree

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
    assert f"of {n} published runs {n} are here: {n} same bits; of " in done.stdout
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
@pytest.mark.parametrize("sums", ["kept", "gone"])
def test_what_was_changed_is_named_and_left_as_it_is(published, file, change, said, sums):
    path = published.folder / file
    before, written = path.read_bytes(), path.with_name("SHA256SUMS").read_bytes()
    changed = change(before)
    assert changed != before
    path.write_bytes(changed)
    if sums == "gone":
        path.with_name("SHA256SUMS").unlink()
    try:
        done = published.call("verify", *SMALL)
        assert done.returncode == 1
        assert (
            f"drifted: {RUN}/seed0 (+0.00 points, {said})" in done.stderr.strip().splitlines()[-1]
        )
        assert verification(published)["n"]["drifted"] == 1
        assert path.read_bytes() == changed
        assert "Traceback" not in done.stderr
    finally:
        path.write_bytes(before)
        path.with_name("SHA256SUMS").write_bytes(written)


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


def test_the_report_tells_what_came_of_it(published):
    done = published.call("results/digits/report.html", *SMALL)
    assert done.returncode == 0, done.stderr
    page = (published.folder / "results/digits/report.html").read_text()
    assert "Held against the published results" in page
    assert "Every run that was published and made here has the same bits." in page


def test_where_nothing_is_published_nothing_can_be_verified(built):
    done = built.call("verify", "--dry-run", *SMALL)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "expected/digits: found no published results of digits, expected some; verify another dataset, or publish "
        "these (snakemake publish)"
    )
