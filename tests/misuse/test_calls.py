"""Mistakes at the command line and mishaps in the folder: one line at the end, and every result still there."""

import os
import shlex
import shutil
import socket
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


@pytest.fixture
def tree(built, tmp_path):
    """A folder with whole results, to be spoiled."""
    shutil.copytree(built.folder, tmp_path / "tree", symlinks=True)
    return Tree(tmp_path / "tree")


def without_rights():
    """What to put before a command so that folders without permission are closed to it."""
    if os.getuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv on this machine")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def called(tree, case):
    """What a shell says that does what the case does."""
    arguments = case["call"].replace("SMALL", shlex.join(SMALL))
    before = without_rights() if case.get("not_root") else []
    call = shlex.join([*before, str(SNAKEMAKE), "--cores", "2"])
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
    expected = case["said"].replace("WHERE", str(tree.folder))
    assert said[-1].startswith(expected), "\n".join(said[-20:])
    assert len(said[-1]) < 400
    assert (done.stdout + done.stderr).count(said[-1]) == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tree.folder / "pwned").exists()
    spoiled = case.get("before", "")
    kept = {p: d for p, d in before.items() if p.name not in spoiled and "SHA256SUMS" not in p.name}
    if "rm -r results;" not in spoiled:
        now = tree.snapshot()
        assert {path: now.get(path) for path in kept} == kept


@pytest.mark.parametrize("asked", ["--list", "--help"])
def test_whoever_only_looks_needs_neither_network_nor_disk(tmp_path, asked):
    tree = Tree(tmp_path / "tree")
    subprocess.run(["chmod", "-R", "a-w", tree.folder], check=True)
    with socket.create_server(("127.0.0.1", 0)) as mirror:
        address = f"http://127.0.0.1:{mirror.getsockname()[1]}/"
        overlay = f'datasets={{mnist: {{mirrors: ["{address}"]}}}}'
        done = subprocess.run(
            [*without_rights(), SNAKEMAKE, asked, "--config", overlay],
            cwd=tree.folder, capture_output=True, text=True,
        )  # fmt: skip
        mirror.setblocking(False)
        with pytest.raises(BlockingIOError):
            mirror.accept()
    subprocess.run(["chmod", "-R", "u+w", tree.folder], check=True)
    assert done.returncode == 0, done.stderr
    assert not (tree.folder / "results").exists()
