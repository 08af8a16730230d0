"""How much is to be trained, and about how long that takes, from a trial on this machine.

In: the trainings that are missing. Out: a line for the terminal. Used by the Snakefile.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

import nn
from nn import blocks
from nn.training import accuracy, descend
from workflow.demand import memory

DAY, YEAR = 86_400, 31_557_600
START_SECONDS = 3  # of a run beside its epochs: imports, reading the data, a look inside


class ForecastError(ValueError):
    """Cores that there cannot be, trainings beyond memory; the message is one line for the user."""


def check_cores(workflow):
    """Hold the cores that a call asks for against what there can be."""
    cores = workflow.resource_settings.cores
    if cores is not None and cores < 1:
        raise ForecastError(f"--cores: found {cores}, expected 1 or more, or all")


def forecast(missing, n_cores, size):
    """How many runs are missing and about how long they take.

    Parameters
    ----------
    missing : list of Hyperparameters
        Of each training to do.
    n_cores : int
    size : Size
        Of the dataset, see `workflow.demand`.

    Raises
    ------
    ForecastError
        Where the largest of them cannot fit into memory, as many at once as there are cores.
    """
    if not missing:
        return "Training: nothing is missing."
    n_jobs = min(n_cores, os.cpu_count(), len(missing))
    largest = max(missing, key=lambda run: memory(run, size))
    _check_memory(largest.hidden_units, memory(largest, size), n_jobs)
    per_epoch = _seconds_per_epoch(missing[0], size, n_jobs)
    seconds = sum(run.epochs * per_epoch + START_SECONDS for run in missing) / n_jobs
    return f"Training: {len(missing)} missing, about {_duration(seconds)} with {n_cores} core(s)."


def _check_memory(hidden_units, needed, n_jobs):
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if n_jobs * needed > found:
        raise ForecastError(
            f"hidden_units: found {list(hidden_units)}, which need about {needed / 1e9:,.0f} GB a job, "
            f"expected {n_jobs} job(s) to fit into {found / 1e9:,.1f} GB of memory; take fewer units"
            + (", or --cores 1" if n_jobs > 1 and needed < found else "")
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
        return f"{max(2, round(seconds))} seconds"
    for unit, length, until in (
        ("minutes", 60, 5400),
        ("hours", 3600, 2 * DAY),
        ("days", DAY, 2 * YEAR),
    ):
        if seconds < until:
            return f"{seconds / length:.{0 if unit == 'minutes' else 1}f} {unit}"
    return f"{seconds / YEAR:,.0f} years"
