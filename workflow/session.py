"""What one call of Snakemake needs around its jobs: provenance that travels, a lock, a forecast.

In: the working folder, the jobs to run. Out: links, locks and a line for the terminal. Used by the
Snakefile.
"""

import fcntl
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

import nn
from nn import blocks
from nn.training import accuracy, descend

START_SECONDS = 3  # of a training job: imports, reading the data, looking inside at the end


class Size(NamedTuple):
    """How much data a run is trained on and tested with."""

    n_pixels: int
    n_train: int
    n_test: int
    n_classes: int


DIGITS = Size(64, 1_437, 360, 10)
MNIST = Size(784, 60_000, 10_000, 10)

_held = []


def keep_provenance_with_results(results="results"):
    """Let Snakemake store what made each result inside `results`, so that it is copied along.

    Snakemake compares inputs and parameters with records in .snakemake/metadata. Without them, a
    copy of `results` on another machine would have nothing but file dates to go by.
    """
    kept = Path(results) / ".provenance"
    metadata = Path(".snakemake") / "metadata"
    kept.mkdir(parents=True, exist_ok=True)
    metadata.parent.mkdir(exist_ok=True)
    if metadata.is_dir() and not metadata.is_symlink():
        for record in metadata.iterdir():
            record.replace(kept / record.name)
        metadata.rmdir()
    if not metadata.exists():
        metadata.unlink(missing_ok=True)
        metadata.symlink_to(os.path.relpath(kept, metadata.parent))


def spare_the_scheduler(workflow):
    """Switch off Snakemake's limit on jobs started per second, where no cluster needs it.

    The limit (9.27) wakes the scheduler again one second after each waking, so every job that ends
    adds another such chain: after some hundred jobs it takes a core of its own. The scheduler
    exists from `onstart` on, which is when this must be called.
    """
    if workflow.local_exec:
        workflow.scheduler.job_rate_limiter = None


def hold_lock():
    """Keep a second pipeline out of this folder; the lock dies with the process, however it ends."""
    # Open as long as the process lives: closing it would give up the lock.
    stream = Path(".snakemake", "running").open("a+")  # noqa: SIM115
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.seek(0)
        sys.exit(
            f"another pipeline is running in this folder (process {stream.read().strip()}): "
            "wait for it, or stop it"
        )
    stream.truncate(0)
    stream.write(str(os.getpid()))
    stream.flush()
    _held.append(stream)


def forecast(n_missing, n_cores, runs, summary, bundled):
    """How many runs are missing and about how long they take, from a trial on this machine.

    Parameters
    ----------
    n_missing : int
        Trainings to do, a run and seed each.
    n_cores : int
    runs : dict of str to Hyperparameters
    summary : Path
        The dataset's summary.json.
    bundled : bool
        What to assume before that exists: the size of the bundled digits, or of MNIST.
    """
    if not n_missing:
        return "Training: nothing is missing."
    size = DIGITS if bundled else MNIST
    if summary.exists():
        facts = json.loads(summary.read_text())
        size = Size(
            facts["image_shape"][0] * facts["image_shape"][1],
            sum(facts["train_counts"]),
            sum(facts["test_counts"]),
            len(facts["classes"]),
        )
    choices = list(runs.values())
    epochs = sum(run.epochs for run in choices) / len(choices)
    n_jobs = min(n_cores, os.cpu_count(), n_missing)
    per_epoch = _seconds_per_epoch(choices[0], size, n_jobs)
    seconds = n_missing * (epochs * per_epoch + START_SECONDS) / n_jobs
    return f"Training: {n_missing} missing, about {_duration(seconds)} with {n_cores} core(s)."


def stand_in(config, source):
    """The line that says which dataset stands in for the one that could not be had."""
    titles = {name: entry["title"] for name, entry in config["datasets"].items()}
    wanted = source.stands_in_for
    return (
        f"{titles[wanted]} could not be had from anywhere: going on with {titles[source.dataset]}. "
        f"Later, with a network or the four files in a folder: {wanted.upper()}_DIR=/path/to/it make"
    )


def _seconds_per_epoch(choices, size, n_jobs):
    """Time of one epoch over data of this size, measured on a few random blocks.

    As many threads as there will be jobs do the same at once, because jobs that run side by side
    share caches and the processor's clock. Each multiplies on one core, as a job does.
    """
    rng = np.random.default_rng(0)
    # Two of five pixels are in use in a block of real images.
    n_used = max(1, size.n_pixels * 2 // 5)
    images = rng.integers(0, 256, (8 * blocks.BLOCK_SIZE, n_used), dtype=np.uint8)
    labels = rng.integers(0, size.n_classes, len(images), dtype=np.uint8)
    sizes = (n_used, *choices.hidden_units, size.n_classes)
    weights = [rng.normal(0, 0.1, shape).astype(np.float32) for shape in pairwise(sizes)]
    trial = blocks.cut(images, labels)
    network = nn.Network.of(choices)

    def epoch(_):
        zero = np.float32(0)
        descended = _seconds(lambda: descend(network, weights, trial, 255, size.n_classes, zero))
        tested = _seconds(lambda: accuracy(network, weights, trial, 255))
        return (descended * size.n_train + tested * size.n_test) / len(images)

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(n_jobs) as pool:
        return median(pool.map(epoch, range(n_jobs)))


def _seconds(action, times=5):
    """Median of several calls, in seconds on the processor: what else it does now will pass."""
    seconds = []
    for _ in range(times):
        began = time.thread_time()
        action()
        seconds.append(time.thread_time() - began)
    return median(seconds)


def _duration(seconds):
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
