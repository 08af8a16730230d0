"""Files are what their roles say, in whatever order they are listed."""

import numpy as np
import yaml

from tests.workflow.own import images_of, own_dataset
from tests.workflow.tree import Tree

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
