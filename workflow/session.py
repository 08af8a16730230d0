"""What one call of Snakemake needs around its jobs: provenance that travels, a lock, a forecast.

In: the working folder, the jobs to run. Out: links, locks and a line for the terminal. Used by the
Snakefile.
"""

import fcntl
import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

import nn
from nn import blocks
from nn.training import descend

START_SECONDS = 3  # of a training job: imports, reading the data, looking inside at the end

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
    n_pixels, n_images, n_classes = (64, 1437, 10) if bundled else (784, 60_000, 10)
    if summary.exists():
        facts = json.loads(summary.read_text())
        n_pixels = facts["image_shape"][0] * facts["image_shape"][1]
        n_images, n_classes = sum(facts["train_counts"]), len(facts["classes"])
    choices = list(runs.values())
    epochs = sum(run.epochs for run in choices) / len(choices)
    per_epoch = _seconds_per_epoch(choices[0], n_pixels, n_images, n_classes)
    seconds = n_missing * (epochs * per_epoch + START_SECONDS) / min(n_cores, os.cpu_count())
    return f"Training: {n_missing} missing, about {_duration(seconds)} with {n_cores} core(s)."


def stand_in(config, source):
    """The line that says which dataset stands in for the one that could not be had."""
    titles = {name: entry["title"] for name, entry in config["datasets"].items()}
    wanted = source.stands_in_for
    return (
        f"{titles[wanted]} could not be had from anywhere: going on with {titles[source.dataset]}. "
        f"Later, with a network or the four files in a folder: {wanted.upper()}_DIR=/path/to/it make"
    )


def _seconds_per_epoch(choices, n_pixels, n_images, n_classes):
    """Time of one pass over data of this size, measured on a few random blocks."""
    rng = np.random.default_rng(0)
    # Two of five pixels are in use in a block of real images.
    n_used = max(1, n_pixels * 2 // 5)
    images = rng.integers(0, 256, (8 * blocks.BLOCK_SIZE, n_used), dtype=np.uint8)
    labels = rng.integers(0, n_classes, len(images), dtype=np.uint8)
    sizes = (n_used, *choices.hidden_units, n_classes)
    weights = [rng.normal(0, 0.1, shape).astype(np.float32) for shape in pairwise(sizes)]
    trial = blocks.cut(images, labels)
    network = nn.Network.of(choices)
    times = []
    for _ in range(4):
        began = time.perf_counter()
        descend(network, weights, trial, 255, n_classes, np.float32(0))
        times.append(time.perf_counter() - began)
    return min(times) * n_images / len(images)


def _duration(seconds):
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
