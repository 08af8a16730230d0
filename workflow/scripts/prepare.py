"""Turn a dataset's files, or scikit-learn's digits, into the arrays that training reads.

In: four IDX files, or nothing. Out: dataset.npz (images, labels, block orders) and summary.json
(what the report says about the data). Rule: prepare.
"""

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

import nn
from nn import blocks
from workflow.files import one_line, write_arrays, write_json

ROLES = ("train_images", "train_labels", "test_images", "test_labels")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--title", required=True)
    for role in ROLES:
        parser.add_argument(f"--{role.replace('_', '-')}", type=Path, help="IDX file")
    parser.add_argument("--classes", type=json.loads, default=[])
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--summary", required=True)
    args = parser.parse_args()

    files = {role: file for role in ROLES if (file := getattr(args, role))}
    with one_line(nn.DataError):
        dataset = nn.load_idx(**files, classes=args.classes) if files else nn.load_digits()
    grouped = replace(
        dataset,
        train_order=blocks.greedy_order(dataset.train_images),
        test_order=blocks.greedy_order(dataset.test_images),
    )
    write_arrays(args.dataset, vars(grouped))
    write_json(args.summary, summary(dataset, args.title, files.values()))


def summary(dataset, title, files):
    """Sizes, class balance, hashes and one random image."""
    chosen = int(np.random.default_rng(0).integers(len(dataset.train_images)))
    count = lambda labels: np.bincount(labels, minlength=len(dataset.classes)).tolist()  # noqa: E731
    return {
        "title": title,
        "image_shape": list(map(int, dataset.image_shape)),
        "pixel_max": dataset.pixel_max,
        "classes": list(dataset.classes),
        "train_counts": count(dataset.train_labels),
        "test_counts": count(dataset.test_labels),
        "sha256": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        "example": {
            "index": chosen,
            "label": dataset.classes[dataset.train_labels[chosen]],
            "pixels": dataset.train_images[chosen].reshape(dataset.image_shape).tolist(),
        },
    }


if __name__ == "__main__":
    main()
