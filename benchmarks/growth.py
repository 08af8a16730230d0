"""How an epoch and a training job grow: with images, hidden units, and jobs at the same time.

In: dataset.npz. Out: growth.json, a table on the screen, and the data of the chart.

Fewer images are the first ones of the set, grouped anew; more are the set over and over. Memory is
that of the real job, workflow/scripts/train.py.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.process import BASELINE, ONE_THREAD, Worker, environment, megabytes
from nn import blocks
from workflow.datasets import read_dataset, write_dataset

IMAGES = (6_000, 15_000, 30_000, 60_000, 120_000, 240_000)
HIDDEN_UNITS = (64, 128, 256, 512, 1_024)  # of the first layer; the second has half as many
JOBS = (1, 2)


def measure(path, repeats, say):
    """Measure all three; see the module's first lines.

    Returns
    -------
    dict, ready for JSON: "images", "hidden_units" and "jobs", each a list of measurements
    """
    with TemporaryDirectory() as folder:
        sized = {n: Path(folder) / f"{n}.npz" for n in IMAGES}
        # In another process: a process's peak memory counts that of the one which started it.
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as maker:
            list(maker.map(write_resized, repeat(path), sized.keys(), sized.values()))
        say("Datasets of " + ", ".join(f"{n:,}" for n in IMAGES) + " images are ready")
        by_images = in_turns({n: (file, BASELINE) for n, file in sized.items()}, repeats)
        wide = {n: replace(BASELINE, hidden_units=(n, n // 2)) for n in HIDDEN_UNITS}
        by_units = in_turns({n: (path, choices) for n, choices in wide.items()}, repeats)
        return {
            "images": [
                {"images": n, "epoch_s": s, "job_peak_mb": job_peak_mb(sized[n])}
                for n, s in by_images.items()
            ],
            "hidden_units": [
                {"hidden_units": [n, n // 2], "epoch_s": s} for n, s in by_units.items()
            ],
            "jobs": [{"jobs": n, "epoch_s": side_by_side(path, n, repeats)} for n in JOBS],
        }


def write_resized(path, n, file):
    write_dataset(file, resized(read_dataset(path), n))


def resized(dataset, n):
    """The first n training images in an order of their own, or the whole set repeated up to n."""
    whole = len(dataset.train_labels)
    if n <= whole:
        images, labels = dataset.train_images[:n], dataset.train_labels[:n]
        order = blocks.greedy_order(images)
    else:
        copies, rest = divmod(n, whole)
        if rest:
            raise ValueError(f"found {n:,} images, expected a multiple of {whole:,}")
        images = np.tile(dataset.train_images, (copies, 1))
        labels = np.tile(dataset.train_labels, copies)
        order = np.concatenate([dataset.train_order + copy * whole for copy in range(copies)])
    return replace(dataset, train_images=images, train_labels=labels, train_order=order)


def in_turns(points, repeats):
    """Median seconds of an epoch for each n of n → (dataset, choices), in turns."""
    seconds = {n: [] for n in points}
    with ExitStack() as stack:
        running = [stack.enter_context(start(*point)) for point in points.values()]
        for turn in range(repeats + 1):
            for n, worker in zip(points, running, strict=True):
                took = worker.epoch()["seconds"]
                if turn:  # the first warms up
                    seconds[n].append(took)
    return {n: median(values) for n, values in seconds.items()}


def side_by_side(path, n_jobs, repeats):
    """Median seconds of an epoch with that many workers at once, each on a core of its own."""
    seconds = []
    with ExitStack() as stack:
        running = [stack.enter_context(start(path, core=core)) for core in range(n_jobs)]
        for turn in range(repeats + 1):
            for worker in running:
                worker.start_epoch()
            took = [worker.end_epoch()["seconds"] for worker in running]
            if turn:
                seconds.extend(took)
    return median(seconds)


def start(path, choices=BASELINE, core=0):
    return Worker("ours", path, blocks.BLOCK_SIZE, choices, core=core)


def job_peak_mb(path):
    """Peak memory of the real training job, one epoch, in megabytes."""
    with TemporaryDirectory() as folder:
        job = subprocess.Popen(
            [
                sys.executable, "-m", "workflow.scripts.train", "--dataset", path,
                "--name", "growth", "--choices", json.dumps(asdict(replace(BASELINE, epochs=1))),
                "--seed", "0", "--folder", folder,
            ],
            env=environment(ONE_THREAD),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, usage = os.wait4(job.pid, 0)
        if status:
            raise RuntimeError(f"the training job ended with status {status}")
        return megabytes(usage)


def table(result):
    """The measurements as lines of text."""
    yield f"{'images':>12}{'epoch':>10}{'per image':>12}{'job memory':>12}"
    for row in result["images"]:
        yield (
            f"{row['images']:>12,}{row['epoch_s']:>8.3f} s"
            f"{1e6 * row['epoch_s'] / row['images']:>9.2f} µs{row['job_peak_mb']:>9.0f} MB"
        )
    yield f"{'hidden units':>12}{'epoch':>10}"
    for row in result["hidden_units"]:
        units = " + ".join(map(str, row["hidden_units"]))
        yield f"{units:>12}{row['epoch_s']:>8.3f} s"
    yield f"{'jobs at once':>12}{'epoch':>10}"
    for row in result["jobs"]:
        yield f"{row['jobs']:>12}{row['epoch_s']:>8.3f} s"
