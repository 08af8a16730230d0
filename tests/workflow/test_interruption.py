"""A pipeline that is killed in the middle goes on with the next call; one that is interrupted says so."""

import os
import signal
import subprocess
import time

import pytest

from tests.workflow.tree import SNAKEMAKE, Tree, heed_interrupts
from workflow.errors import INTERRUPTED


def test_an_interrupted_run_goes_on_by_itself(tmp_path):
    tree = Tree(tmp_path / "tree")
    target = "results/digits/runs/sigmoid_mse_uniform_lr1e-05_1000-epochs/seed0/run.json"
    asked = [target, "--config", "dataset=digits", "epochs=1000"]
    started = subprocess.Popen(
        [SNAKEMAKE, "--cores", "2", *asked],
        cwd=tree.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    log = (
        tree.folder / "results/digits/logs/train/sigmoid_mse_uniform_lr1e-05_1000-epochs/seed0.log"
    )
    deadline = time.monotonic() + 60
    while not (log.exists() and "epoch" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    # Held in the middle of its training, however fast that is, while the second one is asked.
    os.killpg(started.pid, signal.SIGSTOP)
    second = tree.call(*asked)
    assert second.returncode != 0
    assert "another pipeline is running with these results" in second.stdout + second.stderr
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    assert not (tree.folder / target).exists()
    done = tree.call(*asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tree.folder / target).exists()


def test_an_interrupted_repair_leaves_no_job_behind(tmp_path):
    tree = Tree(tmp_path / "tree")
    run = "results/digits/runs/sigmoid_mse_uniform_lr1e-05_400-epochs/seed0"
    asked = [f"{run}/run.json", "--config", "dataset=digits", "epochs=400"]
    assert tree.call(*asked).returncode == 0
    trained = (tree.folder / run / "weights.npz").read_bytes()
    (tree.folder / run / "weights.npz").write_bytes(b"")
    log = tree.folder / run.replace("runs/", "logs/train/").replace("seed0", "seed0.log")
    log.unlink()
    started = subprocess.Popen(
        [SNAKEMAKE, "--cores", "2", *asked], cwd=tree.folder, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (log.exists() and "epoch" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    started.send_signal(signal.SIGTERM)
    _, said = started.communicate(timeout=60)
    assert started.returncode != 0
    assert said.rstrip().splitlines()[-1] == INTERRUPTED
    assert "Traceback" not in said
    assert "another pipeline" not in (again := tree.call(*asked)).stderr
    assert again.returncode == 0, again.stderr
    assert (tree.folder / run / "weights.npz").read_bytes() == trained


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_before_anything_runs_is_one_line(tmp_path, sent):
    tree = Tree(tmp_path / "tree")
    pipe = tree.folder / "slow.yaml"
    os.mkfifo(pipe)
    started = subprocess.Popen(
        [SNAKEMAKE, "--cores", "1", "--configfile", pipe],
        cwd=tree.folder, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_interrupts,
    )  # fmt: skip
    # Opens as soon as the call waits for what will come out of it.
    with pipe.open("w"):
        started.send_signal(sent)
        _, said = started.communicate(timeout=30)
    assert started.returncode != 0
    assert said.rstrip().splitlines()[-1] == INTERRUPTED
    assert "Traceback" not in said
