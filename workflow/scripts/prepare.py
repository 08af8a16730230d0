"""Turn a dataset's files, or scikit-learn's digits, into the arrays that training reads.

In: four IDX files and how many classes they tell apart, or nothing. Out: dataset.npz (images, labels,
block orders). Rule: prepare.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import nn
from nn import blocks
from workflow.datasets import write_dataset
from workflow.errors import one_line

WITHOUT_EFFECT = {"one_line"}  # on results; see workflow/fingerprint.py

ROLES = ("train_images", "train_labels", "test_images", "test_labels")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for role in ROLES:
        parser.add_argument(f"--{role.replace('_', '-')}", type=Path, help="IDX file")
    parser.add_argument("--n-classes", type=int, default=0, help="of the files")
    parser.add_argument("--dataset", required=True)
    args = parser.parse_args()

    files = {role: file for role in ROLES if (file := getattr(args, role))}
    with one_line(nn.DataError):
        classes = [str(i) for i in range(args.n_classes)]
        dataset = nn.load_idx(**files, classes=classes) if files else nn.load_digits()
    write_dataset(
        args.dataset,
        replace(
            dataset,
            train_order=blocks.greedy_order(dataset.train_images),
            test_order=blocks.greedy_order(dataset.test_images),
        ),
    )


if __name__ == "__main__":
    main()
