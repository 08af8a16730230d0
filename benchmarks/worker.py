"""One contender in a process of its own, on one core, told by its parent when to train an epoch.

In: a contender's name, dataset.npz, choices; then a line on standard input for each epoch. Out: JSON
lines on standard output: which kernels it uses, then seconds and results of each epoch, at the end
its peak memory. Used by process.py.
"""

import argparse
import json
import resource
import sys
import time
from importlib import import_module

import numpy as np

from benchmarks.contenders import Task
from benchmarks.process import megabytes
from nn import Hyperparameters
from workflow.datasets import read_dataset
from workflow.origin import blas


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contender", required=True)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--block-size", type=int)
    parser.add_argument("--choices", type=json.loads, default={}, help="hyperparameters as JSON")
    args = parser.parse_args()

    task = Task.of(read_dataset(args.dataset), Hyperparameters(**args.choices))
    contender = import_module(f"benchmarks.contenders.{args.contender}")
    whole = task.products(task.dataset.train_images.size)
    done = contender.products(task, args.block_size) if hasattr(contender, "products") else whole
    epoch = contender.prepare(task, args.block_size)
    kernels = getattr(contender, "kernels", numpy_kernels)()
    say({"kernels": kernels, "products": done, "whole_products": whole})
    for _ in sys.stdin:
        began = time.perf_counter()
        with np.errstate(all="ignore"):
            loss, n_right, updates = epoch()
        seconds = time.perf_counter() - began
        say({"seconds": seconds, "loss": loss, "n_right": n_right, "updates": updates})
    say({"peak_mb": megabytes(resource.getrusage(resource.RUSAGE_SELF))})


def numpy_kernels():
    """What numpy multiplies matrices with."""
    return ", ".join(" ".join(filter(None, library.values())) for library in blas())


def say(message):
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
