"""The same configuration makes the same bytes, wherever and however it is called."""

import os
import subprocess

from tests.workflow.tree import SMALL, SNAKEMAKE, Tree
from workflow.session.sums import NAME

# What nobody thinks of, each other than where the first tree was built.
ELSEWHERE = {
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "1",
    "OPENBLAS_NUM_THREADS": "2",
    "OPENBLAS_BLOCK_FACTOR": "50",
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_L2_SIZE": "1024",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OMP_NUM_THREADS": "2",
    "MKL_NUM_THREADS": "2",
}


def summed(tree):
    """Everything that has to be equal: its path, and its SHA-256 as written down when it was made."""
    return {
        f"{sums.parent.relative_to(tree.folder)}/{line}"
        for sums in (tree.folder / "results/digits").rglob(NAME)
        for line in sums.read_text().splitlines()
    }


def test_two_builds_are_equal_by_hash(built, tmp_path):
    tree = Tree(tmp_path / "Bücher und {Träume}")
    done = subprocess.run(
        [SNAKEMAKE, "--cores", "1", *SMALL],
        cwd=tree.folder,
        env={key: value for key, value in os.environ.items() if key != "MNIST_DIR"} | ELSEWHERE,
        capture_output=True,
        text=True,
        umask=0o077,
    )
    assert done.returncode == 0, done.stderr
    assert len(summed(built)) > 200
    assert sorted(summed(tree) - summed(built)) == []
    assert len(summed(tree)) == len(summed(built))
