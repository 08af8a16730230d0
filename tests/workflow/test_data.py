"""Files are what their roles say, in whatever order they are listed."""

import json
from dataclasses import asdict

import numpy as np
import yaml

from tests.workflow.own import images_of, own_dataset
from tests.workflow.tree import Tree
from workflow.sources import DECIDED, Source, chosen_at_the_head

N_IMAGES = {"train": 12, "test": 5}


def test_what_is_trained_on_does_not_depend_on_the_order_of_keys(tmp_path):
    tree = Tree(tmp_path / "tree")
    entry = own_dataset(tmp_path / "small", N_IMAGES, title="Small", classes=["x", "y"])
    # Snakemake puts keys that an overlay names before all others, just as these are.
    roles = ("test_images", "test_labels", "train_labels", "train_images")
    entry["files"] = {role: entry["files"][role] for role in roles}
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(yaml.safe_dump({"datasets": {"small": entry}}, sort_keys=False))
    done = tree.call(
        "results/small/data/dataset.npz", "--configfile", overlay, "--config", "dataset=small"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with np.load(tree.folder / "results/small/data/dataset.npz") as dataset:
        for part, n in N_IMAGES.items():
            labels = np.arange(n, dtype=np.uint8) % 2
            np.testing.assert_array_equal(dataset[f"{part}_labels"], labels)
            assert dataset[f"{part}_images"].tobytes() == images_of(labels).tobytes()


def test_a_node_of_a_cluster_goes_by_what_the_head_has_decided(monkeypatch):
    source = Source("digits", folder="/somewhere", stands_in_for="mnist")
    monkeypatch.setenv(DECIDED, json.dumps(asdict(source) | {"mirrors": ["https://x.invalid/"]}))
    assert chosen_at_the_head() == source
