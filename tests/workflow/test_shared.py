"""Several clones may have the same results: a link to one folder, one call at a time."""

import fcntl

import pytest

from tests.workflow.tree import SMALL, Tree


@pytest.fixture
def another(built, tmp_path):
    """A second clone whose results are those of the first."""
    tree = Tree(tmp_path / "tree")
    (tree.folder / "results").symlink_to(built.folder / "results")
    return tree


def test_what_one_clone_has_made_another_need_not_make(another):
    assert another.would_run() == {}


def test_while_one_clone_works_another_waits(built, another):
    with (built.folder / "results" / ".running").open("a") as running:
        fcntl.flock(running, fcntl.LOCK_EX)
        done = another.call(*SMALL, "--forcerun", "table", "--", "results/digits/runs.csv")
    assert done.returncode == 1
    assert "another pipeline is running with these results (process " in done.stderr


def test_runs_come_from_a_cache_whoever_trained_them(tmp_path):
    run = "results/digits/runs/sigmoid_mse_uniform_lr1e-05_5-epochs/seed0"
    asked = (*SMALL, "--cache", "train", "--", f"{run}/history.csv", "results/digits/timings.csv")
    cache = tmp_path / "cache"
    cache.mkdir()
    origins = []
    for name in ("one", "other"):
        tree = Tree(tmp_path / name / "tree")
        done = tree.call(*asked, env={"SNAKEMAKE_OUTPUT_CACHE": str(cache)})
        assert done.returncode == 0, done.stderr
        assert (tree.folder / run / "history.csv").resolve().parent == cache
        origins.append((tree.folder / run / "origin.json").read_bytes())
        # What came from there was not measured here.
        timings = (tree.folder / "results/digits/timings.csv").read_text()
        assert timings == "run,seed,seconds,peak_mb\n"
    assert origins[0] == origins[1]
