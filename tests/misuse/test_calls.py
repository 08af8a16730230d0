"""Mistakes at the command line and mishaps in the folder: one line at the end, and every result still there."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.workflow.tree import SMALL, SNAKEMAKE, Tree

CASES = [
    case
    for group in yaml.safe_load((Path(__file__).parent / "calls.yaml").read_text()).values()
    for case in group
]
NOT_ROOT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture
def tree(built, tmp_path):
    """A folder with whole results, to be spoiled."""
    shutil.copytree(built.folder, tmp_path / "tree", symlinks=True)
    return Tree(tmp_path / "tree")


def called(tree, case):
    """What a shell says that does what the case does."""
    arguments = case["call"].replace("SMALL", shlex.join(SMALL))
    without_rights = []
    if case.get("not_root") and os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("no setpriv on this machine")
        without_rights = NOT_ROOT
    call = shlex.join([*without_rights, str(SNAKEMAKE), "--cores", "2"])
    return subprocess.run(
        f"{case.get('before', ':')}\nexec {call} {arguments}",
        shell=True,
        cwd=tree.folder,
        env={key: value for key, value in os.environ.items() if key != "MNIST_DIR"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.get('before', '')}|{case['call']}")
def test_a_mistake_ends_in_one_line_and_costs_nothing(tree, case):
    before = tree.snapshot()
    done = called(tree, case)
    subprocess.run(["chmod", "-R", "u+rwX", tree.folder], check=True)
    said = done.stderr.rstrip().splitlines()
    assert done.returncode == 1
    assert said[-1].startswith(case["said"]), "\n".join(said[-20:])
    assert len(said[-1]) < 400
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tree.folder / "pwned").exists()
    spoiled = case.get("before", "")
    kept = {p: d for p, d in before.items() if p.name not in spoiled and "SHA256SUMS" not in p.name}
    if "rm -r results;" not in spoiled:
        now = tree.snapshot()
        assert {path: now.get(path) for path in kept} == kept
