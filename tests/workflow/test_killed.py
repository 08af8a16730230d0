"""Calls that are killed, stopped, or run out of disk, again and again: the end is as without."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from tests.workflow.tree import SMALL, SNAKEMAKE, Tree, heed_interrupts
from workflow.errors import INTERRUPTED
from workflow.session import sums


def begin(tree):
    """A call that is under way, a process group of its own."""
    return subprocess.Popen(
        [SNAKEMAKE, "--cores", "2", *SMALL],
        cwd=tree.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def results(tree):
    """Name → digest of what two equal builds have in common."""
    folder = tree.folder / "results"
    return {
        path.relative_to(folder): digest
        for path, digest in tree.snapshot().items()
        if path.name not in {*sums.VARYING, sums.NAME_VARYING}
    }


@pytest.mark.long
def test_twenty_kills_at_random_moments_leave_no_trace(built, tmp_path):
    tree, moments, kills = Tree(tmp_path / "tree"), random.Random(7), 0
    while kills < 20:
        started = begin(tree)
        try:
            started.wait(moments.uniform(1, 9))
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
            kills += 1
        else:
            # Done before its time: what is left to be killed is its last part, again.
            assert started.returncode == 0, started.stderr.read()
            (tree.folder / "results/digits/report.pdf").unlink()
            shutil.rmtree(tree.folder / "results/digits/figures")
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    assert results(tree) == results(built)


@pytest.mark.long
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_call_that_is_stopped_says_so_in_one_line(tmp_path, sent):
    tree = Tree(tmp_path / "tree")
    started = begin(tree)
    time.sleep(6)
    os.killpg(started.pid, sent)
    _, said = started.communicate(timeout=60)
    assert started.returncode != 0
    assert said.rstrip().splitlines()[-1] == INTERRUPTED
    assert "Traceback" not in said
    assert tree.call(*SMALL).returncode == 0


@pytest.fixture
def disk(tmp_path):
    """A function: megabytes → a folder that holds no more; of the system's own, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def of(megabytes):
        size = f"size={megabytes}m"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True
        )
        if mounted.returncode:
            pytest.skip("no disk of a chosen size may be made here")
        return folder

    yield of
    subprocess.run(["umount", folder], capture_output=True)


@pytest.mark.long
@pytest.mark.parametrize("megabytes", [1, 2, 4, 8, 15])
def test_a_full_disk_is_one_line_and_the_same_call_goes_on_when_there_is_space(
    built, tmp_path, disk, megabytes
):
    tree = Tree(tmp_path / "tree")
    (tree.folder / "results").symlink_to(disk(megabytes))
    done = tree.call(*SMALL)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr.rstrip().splitlines()[-1]
    subprocess.run(["mount", "-o", "remount,size=500m", tmp_path / "disk"], check=True)
    again = tree.call(*SMALL)
    assert again.returncode == 0, again.stderr
    assert results(tree) == results(built)
