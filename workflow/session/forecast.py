"""How much is to be done, and about how long that takes, from a trial on this machine.

In: the jobs of a call. Out: a line for the terminal, and what to expect of each job. Used by the Snakefile.
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
START_SECONDS = 1.5  # of a run beside its epochs: imports, reading the data
# Of other jobs, as on the machines of docs/performance.md with MNIST.
SECONDS = {
    "prepare": 4,
    "inspect": 3,
    "embedding": 1.2,
    "facts": 6,
    "answers": 3,
    "report": 14,
    "verification": 6,
}
SECONDS_OF_ANY_OTHER = 0.5


class ForecastError(ValueError):
    """Cores that there cannot be, trainings beyond memory; the message is one line for the user."""


def check_cores(workflow):
    """Hold the cores that a call asks for against what there can be."""
    cores = workflow.resource_settings.cores
    if cores is not None and cores < 1:
        raise ForecastError(f"--cores: found {cores}, expected 1 or more, or all")


def forecast(trainings, others, n_cores, size):
    """How many runs are missing and about how long they, and all that is to be done, take.

    Parameters
    ----------
    trainings : dict of int to Hyperparameters
        Number of each job that trains → what.
    others : dict of int to str
        Number of each other job → its rule.
    n_cores : int
    size : Size
        Of the dataset, see `workflow.demand`.

    Returns
    -------
    str
    dict of int to float
        Number of each job → seconds to expect of it.

    Raises
    ------
    ForecastError
        Where the largest of them cannot fit into memory, as many at once as there are cores.
    """
    expected = {job: SECONDS.get(rule, SECONDS_OF_ANY_OTHER) for job, rule in others.items()}
    if not trainings:
        return "Training: nothing is missing.", expected
    missing = list(trainings.values())
    n_jobs = min(n_cores, os.cpu_count(), len(missing))
    largest = max(missing, key=lambda run: memory(run, size))
    _check_memory(largest.hidden_units, memory(largest, size), n_jobs)
    per_epoch = _seconds_per_epoch(missing[0], size, n_jobs)
    training = {job: run.epochs * per_epoch + START_SECONDS for job, run in trainings.items()}
    besides = sum(expected.values()) / min(n_cores, os.cpu_count())
    seconds = sum(training.values()) / n_jobs
    line = f"Training: {len(missing)} missing, about {duration(seconds)} with {n_cores} core(s)"
    if others:
        line += f"; with all that comes before and after, about {duration(seconds + besides)}"
    return f"{line}.", expected | training


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


def duration(seconds):
    """A time in the unit that fits."""
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
