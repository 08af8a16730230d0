"""Paths of runs."""

from workflow.patterns import each


def test_every_run_has_its_path():
    runs = [("a", 0), ("a", 1), ("b", 7)]
    assert each("runs/{variant}/seed{seed}", runs) == [
        "runs/a/seed0",
        "runs/a/seed1",
        "runs/b/seed7",
    ]
    assert each("runs/{variant}", [("a", 3)]) == ["runs/a"]
