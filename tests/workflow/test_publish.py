"""What is published is what others can have the same bits of."""

import json

import pytest

from workflow.scripts import publish

ORIGIN = {
    "arithmetic": "portable", "python": "3.11", "numpy": "2.4", "blas": {}, "processor": "one", "source": None, "fingerprint": "f",
}  # fmt: skip


@pytest.fixture
def results(tmp_path):
    """A function: how sums were rounded → a results folder of one run."""

    def make(arithmetic):
        folder = tmp_path / "results" / "digits"
        run = folder / "runs" / "a" / "seed0"
        run.mkdir(parents=True)
        (folder / "runs.txt").write_text("results/digits/runs/a/seed0/run.json\n")
        (run / "origin.json").write_text(json.dumps(ORIGIN | {"arithmetic": arithmetic}))
        for name in ("history.csv", "run.json"):
            (run / name).write_text(name)
        (folder / "config.yaml").write_text("experiments: {}\n")
        (folder / "data").mkdir()
        for name in ("answers.json", "machine.json", "runs.csv"):
            (folder / name).write_text(name)
        return folder

    return make


def call(results, folder, monkeypatch):
    monkeypatch.setattr("sys.argv", ["publish", "--results", str(results), "--folder", str(folder)])
    publish.main()


def test_tables_sums_and_origins_are_published(results, tmp_path, monkeypatch):
    folder = tmp_path / "expected" / "digits"
    call(results("portable"), folder, monkeypatch)
    assert json.loads((folder / "origins.json").read_text())[0]["runs"] == ["a/seed0"]
    summed = [line.split("  ")[1] for line in (folder / "results.sha256").read_text().splitlines()]
    assert summed == [
        "answers.json", "config.yaml", "runs.csv", "runs.txt", "runs/a/seed0/history.csv", "runs/a/seed0/run.json",
    ]  # fmt: skip


def test_what_a_machine_rounded_in_its_own_way_is_not_published(results, tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match="found 1 of its runs with products that their machine"):
        call(results("native"), tmp_path / "expected", monkeypatch)
    assert not (tmp_path / "expected").exists()
