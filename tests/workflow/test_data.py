"""Files are what their roles say, in whatever order they are listed."""

import gzip
import hashlib
import struct

import numpy as np
import pytest
import yaml

from tests.workflow.tree import Tree

N_IMAGES = {"train": 12, "test": 5}


def idx(array):
    """A gzipped IDX file's bytes."""
    header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return gzip.compress(header + array.tobytes())


@pytest.fixture
def folder(tmp_path):
    """Four small files, each named by its role."""
    folder = tmp_path / "small"
    folder.mkdir()
    for part, n in N_IMAGES.items():
        images, labels = np.full((n, 4, 4), n), np.arange(n) % 2
        (folder / f"{part}_images.gz").write_bytes(idx(images.astype(np.uint8)))
        (folder / f"{part}_labels.gz").write_bytes(idx(labels.astype(np.uint8)))
    return folder


def test_what_is_trained_on_does_not_depend_on_the_order_of_keys(tmp_path, folder):
    tree = Tree(tmp_path / "tree")
    # Snakemake puts keys that an overlay names before all others, just as these are.
    roles = ("test_images", "test_labels", "train_labels", "train_images")
    files = {
        role: {
            "name": f"{role}.gz",
            "sha256": hashlib.sha256((folder / f"{role}.gz").read_bytes()).hexdigest(),
        }
        for role in roles
    }
    entry = {"title": "Small", "folder": str(folder), "classes": ["x", "y"], "files": files}
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(yaml.safe_dump({"datasets": {"small": entry}}, sort_keys=False))
    done = tree.call(
        "results/small/data/dataset.npz", "--configfile", overlay, "--config", "dataset=small"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with np.load(tree.folder / "results/small/data/dataset.npz") as dataset:
        for part, n in N_IMAGES.items():
            assert (dataset[f"{part}_images"] == n).all()
            assert len(dataset[f"{part}_images"]) == len(dataset[f"{part}_labels"]) == n
