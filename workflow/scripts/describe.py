"""Say what a dataset is: the report's words and pictures of it take nothing but this.

In: dataset.npz, the files it was made from, a title and the names of the classes. Out: summary.json.
Rule: describe.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

import nn
from nn.inspection import N_MAPPED
from report.embedding import neighbours_agree
from workflow.datasets import read_dataset
from workflow.files import digest, write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--files", nargs="*", default=[], help="what the dataset was made from")
    parser.add_argument("--classes", type=json.loads, default=[], help="names; else numbers")
    parser.add_argument("--summary", required=True)
    args = parser.parse_args()
    dataset = read_dataset(args.dataset)
    if args.classes:
        if len(args.classes) != len(dataset.classes):
            raise nn.DataError(
                f"classes: found {len(args.classes)} names, expected {len(dataset.classes)}, one for each "
                "label; name them all, or none of bundled data"
            )
        dataset = replace(dataset, classes=tuple(args.classes))
    write_json(args.summary, summary(dataset, args.title, args.files))


def summary(dataset, title, files):
    """Sizes, class balance, how classes lie apart in the pixels, hashes and one random image."""
    chosen = int(np.random.default_rng(0).integers(len(dataset.train_images)))
    count = lambda labels: np.bincount(labels, minlength=len(dataset.classes)).tolist()  # noqa: E731
    return {
        "title": title,
        "image_shape": list(map(int, dataset.image_shape)),
        "pixel_max": dataset.pixel_max,
        "classes": list(dataset.classes),
        "train_counts": count(dataset.train_labels),
        "test_counts": count(dataset.test_labels),
        "pixels_agree": neighbours_agree(
            dataset.pixels(dataset.train_images[:N_MAPPED]), dataset.train_labels[:N_MAPPED]
        ),
        "sha256": {Path(file).name: digest(file) for file in files},
        "example": {
            "index": chosen,
            "label": dataset.classes[dataset.train_labels[chosen]],
            "pixels": dataset.train_images[chosen].reshape(dataset.image_shape).tolist(),
        },
    }


if __name__ == "__main__":
    main()
