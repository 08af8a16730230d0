"""Runs are read back as they were planned."""

import json
from dataclasses import asdict

import pytest

from report.runs import read_experiment, read_variants
from tests.workflow.tree import ROOT
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.settings import settle


@pytest.fixture
def planned():
    config = read(ROOT / "config" / "config.yaml")
    config["experiments"] = {
        "many": {"vary": {"slope": [0.5, 1]}, "seeds": 4},
        "few": {"vary": {"slope": [1], "learning_rate": ["1e-5", "1/3"]}, "seeds": [2, 0]},
    }
    return plan(settle(config))


@pytest.fixture
def variants(planned, tmp_path):
    folders = [tmp_path / name / f"seed{seed}" for name, seed in planned.runs]
    for folder, (name, seed) in zip(folders, planned.runs, strict=True):
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(json.dumps({"run": name, "seed": seed}))
    return read_variants(folders)


def test_variants_have_all_seeds_in_the_order_of_the_plan(planned, variants):
    seeds = {name: [run.seed for run in variant.seeds] for name, variant in variants.items()}
    assert seeds == planned.seeds
    assert [(name, variant.first.seed) for name, variant in variants.items()] == planned.first_runs


@pytest.mark.parametrize(
    ("key", "labels"),
    [("many", ("k = 0.5", "k = 1")), ("few", ("k = 1, lr 1e−5", "k = 1, lr 1/3"))],
)
def test_an_experiment_is_read_as_it_was_planned(planned, variants, tmp_path, key, labels):
    asked = planned.experiments[key]
    (tmp_path / "experiment.json").write_text(json.dumps(asdict(asked)))
    experiment = read_experiment(tmp_path / "experiment.json", variants)
    assert (experiment.varied, experiment.seeds) == (asked.varied, asked.seeds)
    assert experiment.labels == labels
    assert list(experiment.values) == [shown.values for shown in asked.variants]
    assert [variant.name for variant in experiment.variants] == [s.name for s in asked.variants]
    for variant in experiment.variants:
        assert tuple(run.seed for run in variant.seeds) == asked.seeds
