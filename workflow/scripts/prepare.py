"""Turn a dataset's files, or scikit-learn's digits, into the arrays that training reads.

In: four IDX files and how many classes they tell apart, or nothing. Out: dataset.npz (images, labels,
block orders). Rule: prepare.
"""

import argparse
from dataclasses import replace

import nn
from nn import blocks
from workflow.datasets import write_dataset
from workflow.files import digest

FEWEST_IMAGES = 6
ROLES = ("train_images", "train_labels", "test_images", "test_labels")


def checked(argument):
    """The file in "file=SHA-256", if it is what that says; whoever fetched it, and whenever."""
    file, sha256 = argument.rsplit("=", 1)
    try:
        found = digest(file)
    except OSError:
        return file  # whoever reads it says why not
    if found != sha256:
        raise nn.DataError(
            f"{file}: found SHA-256 {found}, expected {sha256}; it was replaced since it "
            "was fetched; remove it to fetch it again"
        )
    return file


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for role in ROLES:
        parser.add_argument(f"--{role.replace('_', '-')}", help="IDX file=SHA-256")
    parser.add_argument("--n-classes", type=int, default=0, help="of the files")
    parser.add_argument("--first-label", type=int, default=0, help="of the first class")
    parser.add_argument("--transposed", action="store_true", help="images are, column by column")
    parser.add_argument("--dataset", required=True)
    args = parser.parse_args()

    files = {role: checked(file) for role in ROLES if (file := getattr(args, role))}
    classes = [str(i) for i in range(args.n_classes)]
    dataset = (
        nn.load_idx(
            **files, classes=classes, first_label=args.first_label, transposed=args.transposed
        )
        if files
        else nn.load_digits()
    )
    if len(dataset.train_images) < FEWEST_IMAGES:
        raise nn.DataError(
            f"{files['train_images']}: found {len(dataset.train_images)} images, expected "
            f"{FEWEST_IMAGES} or more: neighbours of an image are counted"
        )
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
