"""The dataset as training reads it: arrays, and no names that could train anything anew.

In: a `Dataset`, or dataset.npz. Out: dataset.npz, or the `Dataset`, whose classes are called by their
numbers; summary.json has their names. Used by workflow/scripts and benchmarks.
"""

import numpy as np

import nn
from workflow.files import write_arrays


def write_dataset(path, dataset):
    arrays = {name: value for name, value in vars(dataset).items() if name != "classes"}
    write_arrays(path, arrays | {"n_classes": len(dataset.classes)})


def read_dataset(path):
    """The dataset, as `write_dataset` left it."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)
    n_classes = int(arrays.pop("n_classes"))
    return nn.Dataset(
        **arrays
        | {
            "image_shape": tuple(arrays["image_shape"].tolist()),
            "pixel_max": int(arrays["pixel_max"]),
            "classes": tuple(map(str, range(n_classes))),
        }
    )
