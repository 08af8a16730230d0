"""Settled configuration → what is trained, what is shared, who shows it, and with which seeds."""

import json
from dataclasses import asdict

import pytest
from snakemake.utils import update_config

from tests.workflow.tree import ROOT
from workflow.configuration import plan as plans
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.schema import ConfigurationError
from workflow.configuration.settings import settle


def planned(config):
    return plan(settle(config))


def names(experiment):
    return [variant.name for variant in experiment.variants]


def test_the_assignment_is_covered(config):
    made = planned(config)
    questions = {experiment.question for experiment in made.experiments.values()}
    assert {"2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "Extra", "Appendix"} == questions
    assert made.baseline == "sigmoid_mse_uniform_lr1e-05"
    rates = [each.values for each in made.experiments["learning_rate"].variants]
    assert rates == [{"learning_rate": rate} for rate in (3e-5, 2e-5, 1e-5, 1e-3, 1e-1)]


def test_the_deep_configuration_uses_every_run_of_the_committed_one(config):
    usual = planned(config)
    update_config(config, read(ROOT / "config" / "deep.yaml"))
    deep = planned(config)
    assert deep.variants.items() > usual.variants.items()
    assert deep.seeds.items() > usual.seeds.items()
    assert {e.kind for key, e in deep.experiments.items() if key not in usual.experiments} == {
        "grid"
    }


def test_questions_that_need_the_same_variant_share_it(config):
    made = planned(config)
    for key in ("learning_rate", "slope", "initialization"):
        assert made.baseline in names(made.experiments[key])


def test_a_value_more_is_a_variant_more_and_leaves_the_others_their_names(config):
    before = planned(config).variants
    config["experiments"]["learning_rate"]["vary"]["learning_rate"].append("5e-5")
    after = planned(config).variants
    assert set(after) - set(before) == {"sigmoid_mse_uniform_lr5e-05"}
    assert set(before) < set(after)


def test_a_whole_experiment_is_three_lines(config):
    config["experiments"]["width"] = {"vary": {"hidden_units": [[64, 32], [256, 128]]}}
    experiment = planned(config).experiments["width"]
    assert experiment.title == "Width"
    assert names(experiment) == [
        "sigmoid_mse_uniform_lr1e-05_64-32-units",
        "sigmoid_mse_uniform_lr1e-05",
    ]


def test_however_a_number_is_written_the_same_is_trained(config):
    before = planned(config)
    config["experiments"]["slope"]["vary"]["slope"] = ["1e-1", 0.4, "1/2", 1, "6/5"]
    config["experiments"]["initialization"]["vary"]["initializer"][0] = {"name": "uniform"}
    config |= {"epochs": 200.0, "hidden_units": ["256", 128.0]}
    after = planned(config)
    for name, variant in before.variants.items():
        assert json.dumps(asdict(after.variants[name])) == json.dumps(asdict(variant))
    assert json.dumps(asdict(after)) == json.dumps(asdict(before))


def test_a_run_is_a_variant_and_one_of_its_seeds(config):
    made = planned(config | {"seeds": [4, 2]})
    assert made.runs == [(name, seed) for name in made.variants for seed in (4, 2)]
    assert made.first_runs == [(name, 4) for name in made.variants]


def test_an_experiment_may_have_seeds_of_its_own(config):
    config["experiments"]["slope"]["seeds"] = 5
    made = planned(config)
    assert made.experiments["slope"].seeds == (0, 1, 2, 3, 4)
    assert made.experiments["learning_rate"].seeds == (0, 1, 2)
    assert made.seeds["sigmoid-k0.5_mse_uniform_lr1e-05"] == [0, 1, 2, 3, 4]
    assert made.seeds["tanh_mse_lecun-normal_lr1e-05"] == [0, 1, 2]


def test_a_variant_that_several_experiments_show_has_the_seeds_of_all(config):
    config["experiments"]["slope"]["seeds"] = [7, 1]
    made = planned(config)
    assert made.seeds[made.baseline] == [0, 1, 2, 7]
    assert (made.baseline, 0) not in made.experiments["slope"].runs
    assert set(made.experiments["slope"].runs) < set(made.runs)
    assert len(set(made.runs)) == len(made.runs)


GRID = {"vary": {"slope": [0.5, 1], "learning_rate": ["1e-5", "1e-4", "1e-3"]}}


def test_two_keys_are_a_grid_row_by_row(config):
    config["experiments"]["grid"] = GRID
    grid = planned(config).experiments["grid"]
    assert grid.varied == ("slope", "learning_rate")
    assert [tuple(variant.values.values()) for variant in grid.variants] == [
        (slope, rate) for slope in (0.5, 1.0) for rate in (1e-5, 1e-4, 1e-3)
    ]
    assert grid.variants[0].label == "k = 0.5, lr 1e−5"
    assert grid.variants[3].name == "sigmoid_mse_uniform_lr1e-05"


def test_an_experiment_is_written_down_as_the_report_reads_it(config):
    config["experiments"]["few"] = {"vary": {"learning_rate": ["3e-5"]}, "seeds": 2}
    assert asdict(planned(config).experiments["few"]) == {
        "key": "few",
        "kind": "sweep",
        "question": "Extra",
        "title": "Few",
        "varied": ("learning_rate",),
        "seeds": (0, 1),
        "variants": (
            {
                "name": "sigmoid_mse_uniform_lr3e-05",
                "label": "lr 3e−5",
                "values": {"learning_rate": 3e-5},
            },
        ),
    }


def refused(config):
    with pytest.raises(ConfigurationError) as error:
        planned(config)
    assert "\n" not in str(error.value)
    return str(error.value)


STEPS = [{"slope": 0.5}, {"learning_rate": "2e-5", "epochs": 100}]


def test_an_ablation_is_all_steps_and_then_all_but_one(config):
    config["experiments"]["apart"] = {"ablate": STEPS}
    apart = planned(config).experiments["apart"]
    assert apart.kind == "ablation"
    assert apart.varied == ("slope", "learning_rate", "epochs")
    assert [(v.label, *v.values.values()) for v in apart.variants] == [
        ("none put back", 0.5, 2e-5, 100),
        ("k = 1", 1.0, 2e-5, 100),
        ("lr 1e−5, 200 epochs", 0.5, 1e-5, 200),
    ]


def test_a_path_is_no_step_and_then_one_more_at_a_time(config):
    config["experiments"]["path"] = {"set": {"activation": "tanh"}, "add": STEPS[1:]}
    path = planned(config).experiments["path"]
    assert path.kind == "path"
    assert [(v.label, *v.values.values()) for v in path.variants] == [
        ("none added", 1e-5, 200),
        ("+ lr 2e−5, 100 epochs", 2e-5, 100),
    ]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"add": [{"slope": 2}, {"slope": 3}]}, "experiments.it.add: found 'slope' in two steps"),
        (
            {"set": {"slope": 2}, "ablate": [{"slope": 3}]},
            "experiments.it: found 'slope' under both 'set' and 'ablate'",
        ),
        (
            {"vary": {"slope": [1]}, "add": [{"slope": 3}]},
            "experiments.it: found 'vary' and 'add', expected one of 'vary', 'ablate', 'add'; remove",
        ),
        ({}, "experiments.it: found nothing, expected one of 'vary', 'ablate', 'add'; add it"),
        # A step that changes nothing is no step.
        ({"add": [{"slope": 1}]}, "experiments.it.add.slope: found two values that both make"),
        ({"ablate": [{"slope": 1}]}, "experiments.it.ablate.slope: found two values that both"),
        (
            {"ablate": [{"activation": "relu", "slope": 2}]},
            "experiments.it.ablate.activation/slope: ",
        ),
    ],
)
def test_steps_that_are_none_are_refused(config, block, said):
    config["experiments"] = {"it": block}
    assert refused(config).startswith(said)


def test_nothing_is_both_set_and_varied(config):
    config["experiments"]["slope"]["set"] = {"slope": 2}
    assert refused(config).startswith(
        "experiments.slope: found 'slope' under both 'set' and 'vary'"
    )


@pytest.mark.parametrize(
    "vary",
    [
        {"slope": [0.5, 0.50000001]},
        {"initializer": ["uniform", {"name": "uniform", "limit": 1}]},
        {"slope": [1], "initializer": ["uniform", {"name": "uniform", "limit": 1}]},
    ],
)
def test_two_values_that_share_a_name_are_refused(config, vary):
    config["experiments"]["slope"]["vary"] = vary
    assert "found two values that both make the variant sigmoid" in refused(config)


def test_two_experiments_whose_values_share_a_name_are_refused(config):
    config["experiments"]["later"] = {"vary": {"slope": [0.50000001]}}
    said = refused(config)
    assert said.startswith("experiments.later.vary.slope: found two values that both make the")


def test_no_two_variants_of_an_experiment_read_alike(config, monkeypatch):
    monkeypatch.setattr(plans, "label", lambda values: "much the same")
    assert "found two values that both read much the same, expected" in refused(config)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "baseline.activation",
            "sigmiod",
            "baseline: activation: found 'sigmiod', expected one of",
        ),
        (
            "experiments.relu.vary.activation",
            ["relu", "relu7"],
            "experiments.relu.vary.activation: ",
        ),
        (
            "experiments.tanh.vary.slope",
            [1, 2],
            "experiments.tanh.vary.initializer/slope: slope: found 2 with activation 'tanh'",
        ),
        (
            "experiments.tanh.vary.initializer",
            [{"name": "poisson", "std": 1}],
            "initializer poisson: found parameter 'std', expected lam, scale",
        ),
    ],
)
def test_choices_that_do_not_fit_are_named_with_their_place(config, path, value, said):
    *parents, last = path.split(".")
    block = config
    for key in parents:
        block = block[key]
    block[last] = value
    assert said in refused(config)
