"""The same configuration makes the same bytes, wherever and however it is called."""

import os
import subprocess

from tests.workflow.tree import ELSEWHERE, SMALL, SNAKEMAKE, Tree
from workflow.session.sums import NAME


def summed(tree):
    """Everything that has to be equal: its path, and its SHA-256 as written down when it was made."""
    return {
        f"{sums.parent.relative_to(tree.folder)}/{line}"
        for sums in (tree.folder / "results/digits").rglob(NAME)
        for line in sums.read_text().splitlines()
    }


def one_of_each_kind(tree):
    """Every run, the answers, and a figure of each kind: the reports follow from files alone."""
    results = tree.folder / "results/digits"
    figures = {path.name: path for path in sorted((results / "figures").rglob("*.svg"))}
    wanted = [*figures.values(), results / "answers.json", results / "runs.csv"]
    return [path.relative_to(tree.folder).as_posix() for path in wanted]


def test_two_builds_are_equal_by_hash(built, tmp_path):
    tree = Tree(tmp_path / "Bücher und {Träume}")
    done = subprocess.run(
        [SNAKEMAKE, "--cores", "1", *one_of_each_kind(built), *SMALL],
        cwd=tree.folder,
        env={key: value for key, value in os.environ.items() if key != "MNIST_DIR"} | ELSEWHERE,
        capture_output=True,
        text=True,
        umask=0o077,
    )
    assert done.returncode == 0, done.stderr
    assert len(summed(tree)) > 100
    assert sorted(summed(tree) - summed(built)) == []
