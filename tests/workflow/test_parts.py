"""Sources of data, whole files: the small parts that the rules rest on."""

import hashlib
import json

import numpy as np
import pytest

from workflow.files import whole, write_json
from workflow.scripts.train import Snapshots
from workflow.sources import Source, SourceError, choose

CONTENT = {name: f"content of {name}".encode() for name in ("a", "b", "c", "d")}


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.delenv("SMALL_DIR", raising=False)
    roles = ("train_images", "train_labels", "test_images", "test_labels")
    files = {
        role: {"name": f"{name}.gz", "sha256": hashlib.sha256(content).hexdigest()}
        for role, (name, content) in zip(roles, CONTENT.items(), strict=True)
    }
    folder = tmp_path / "local"
    folder.mkdir()
    for name, content in CONTENT.items():
        (folder / f"{name}.gz").write_bytes(content)
    entry = {"title": "Small", "files": files, "classes": ["x", "y"], "mirrors": []}
    return {
        "dataset": "small",
        "offline_fallback": "digits",
        "datasets": {"small": entry, "digits": {"title": "Digits", "bundled": "digits"}},
    }


def pick(config, tmp_path):
    return choose(config, fetched=lambda name: tmp_path / "fetched")


def test_the_environment_variable_names_a_local_folder(config, tmp_path, monkeypatch):
    monkeypatch.setenv("SMALL_DIR", str(tmp_path / "local"))
    assert pick(config, tmp_path) == Source("small", folder=str(tmp_path / "local"))


def test_files_fetched_before_need_no_network(config, tmp_path):
    (tmp_path / "local").rename(tmp_path / "fetched")
    assert pick(config, tmp_path) == Source("small")


def test_without_any_source_the_fallback_stands_in(config, tmp_path):
    assert pick(config, tmp_path) == Source("digits", stands_in_for="small")


def test_without_a_fallback_it_says_what_was_tried(config, tmp_path):
    config["offline_fallback"] = None
    config["datasets"]["small"]["mirrors"] = ["https://localhost:1/"]
    with pytest.raises(SourceError, match=r"tried environment variable SMALL_DIR .*localhost:1"):
        pick(config, tmp_path)


def test_a_missing_or_damaged_local_file_is_named_and_nothing_else_is_tried(
    config, tmp_path, monkeypatch
):
    monkeypatch.setenv("SMALL_DIR", str(tmp_path / "local"))
    (tmp_path / "local" / "b.gz").write_bytes(b"damaged")
    with pytest.raises(SourceError, match=r"b\.gz: found SHA-256 .* expected .* damaged"):
        pick(config, tmp_path)
    (tmp_path / "local" / "b.gz").unlink()
    with pytest.raises(SourceError, match=r"b\.gz: no such file, expected the four files of Small"):
        pick(config, tmp_path)


def test_files_appear_whole_or_not_at_all(tmp_path):
    with pytest.raises(RuntimeError), whole(tmp_path / "out") as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_json_has_null_where_a_number_is_not_finite(tmp_path):
    write_json(tmp_path / "x.json", {"loss": float("nan"), "all": [1.5, float("inf")]})
    assert json.loads((tmp_path / "x.json").read_text()) == {"loss": None, "all": [1.5, None]}


def test_snapshots_lie_closer_together_at_first():
    snapshots = Snapshots(epochs=200)
    for epoch in range(1, 151):
        snapshots(epoch, [np.full((4, 2), epoch), np.full((3, 2), -epoch)])
    arrays = snapshots.arrays()
    assert arrays["snapshot_epochs"].tolist() == [1, 2, 3, 4, 7, 11, 18, 29, 47, 76, 124]
    assert arrays["snapshot_W_1"].shape == (11, 4)
    assert (arrays["snapshot_W_2"][-1] == -124).all()
