"""What a training needs of a machine, from its sizes: memory, and a bound on its time.

In: hyperparameters, and how much data there are. Out: bytes, minutes. Used by the rules, for clusters, and by the forecast.
"""

import json
from itertools import pairwise
from math import ceil
from typing import NamedTuple

WEIGHT_COPIES = 8  # initial ones, products, gradients, updates, what a look inside keeps
# Bytes of a job beside its arrays: two Snakemakes, which start it on a node, Python and what they load.
PYTHON = 800e6
# Three products of every matrix with every image, of a multiplication and an addition each.
OPERATIONS = 6
SLOWEST = 5e9  # operations a second, a sixth of what the slowest core did that we measured
STARTING = 5  # minutes for a node and its file system to wake


class Size(NamedTuple):
    """How much data a run is trained on and tested with."""

    n_pixels: int
    n_train: int
    n_test: int
    n_classes: int


DIGITS = Size(64, 1_437, 360, 10)
MNIST = Size(784, 60_000, 10_000, 10)


def size_of(summary, bundled):
    """The size of a dataset, from its summary.json; before that is there and whole that of the digits, or of MNIST."""
    try:
        facts = json.loads(summary.read_text())
        return Size(
            facts["image_shape"][0] * facts["image_shape"][1],
            sum(facts["train_counts"]),
            sum(facts["test_counts"]),
            len(facts["classes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return DIGITS if bundled else MNIST


def n_weights(choices, size):
    sizes = (size.n_pixels, *choices.hidden_units, size.n_classes)
    return sum(a * b for a, b in pairwise(sizes))


def memory(choices, size):
    """About how many bytes a job needs beside Python: its weights several times, its images twice."""
    return 4 * WEIGHT_COPIES * n_weights(choices, size) + 2 * size.n_pixels * (
        size.n_train + size.n_test
    )


def megabytes(choices, size):
    """What to ask a cluster for: half as much again, and Python."""
    return ceil((1.5 * memory(choices, size) + PYTHON) / 1e6)


def minutes(choices, size):
    """What to ask a cluster for: a bound, not a forecast."""
    images = choices.epochs * (size.n_train + size.n_test)
    return STARTING + ceil(OPERATIONS * images * n_weights(choices, size) / SLOWEST / 60)
