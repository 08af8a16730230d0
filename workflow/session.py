"""What one call of Snakemake needs around its jobs: provenance that travels, a lock, a forecast.

In: the working folder, the jobs to run. Out: links, locks and a line for the terminal. Used by the
Snakefile.
"""

import fcntl
import os
import sys
import time
from pathlib import Path

import numpy as np

import nn
from nn import blocks
from nn.training import descend

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
    """Keep a second pipeline out of this folder; the lock is gone with the process, however it ends."""
    stream = Path(".snakemake", "running").open("a+")
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


def forecast(n_missing, n_cores, runs, summary):
    """How many runs are missing and about how long they take, from a trial on this machine."""
    if not n_missing:
        return "All runs are trained: nothing to train."
    mean_epochs = np.mean([run.epochs for run in runs])
    seconds = n_missing * (mean_epochs * _seconds_per_epoch(runs[0], summary) + 2) / n_cores
    return f"{n_missing} run(s) to train: about {_duration(seconds)} on {n_cores} core(s)."


def _seconds_per_epoch(choices, summary):
    """Time of one pass over data of this size, measured on a few random blocks."""
    n_pixels, n_images, n_classes = summary
    rng = np.random.default_rng(0)
    # Two of five pixels are in use in a block of real images.
    n_used = max(1, n_pixels * 2 // 5)
    images = rng.integers(0, 256, (8 * blocks.BLOCK_SIZE, n_used), dtype=np.uint8)
    labels = rng.integers(0, n_classes, len(images), dtype=np.uint8)
    sizes = (n_used, *choices.hidden_units, n_classes)
    weights = [
        rng.normal(0, 0.1, shape).astype(np.float32)
        for shape in zip(sizes[:-1], sizes[1:], strict=True)
    ]
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
