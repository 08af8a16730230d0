"""Labels say all that there is to say: what differs, reads differently."""

from dataclasses import asdict, fields

import pytest

from nn import Hyperparameters
from nn.activations import ACTIVATIONS
from nn.hyperparameters import LABELS
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from report import labels
from report.pages import typeset
from tests.registries import networks, specs

TABLES = {"activation": ACTIVATIONS, "loss": LOSSES, "labels": LABELS}
SPECS = {"initializer": INITIALIZERS, "schedule": SCHEDULES}


@pytest.mark.parametrize("key", TABLES)
def test_no_two_names_read_alike(key):
    assert len({labels.value_label(key, value) for value in TABLES[key]}) == len(TABLES[key])


def test_a_name_stands_for_one_choice_only():
    names = [name for table in TABLES.values() for name in table]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", SPECS)
def test_no_two_specs_read_alike(key):
    seen = {}
    for spec in specs(SPECS[key]):
        label = labels.value_label(key, spec)
        assert label not in seen, f"{spec} and {seen[label]} both read {label!r}"
        seen[label] = spec


def test_a_label_says_both_parameters():
    cosine = {"name": "cosine", "minimum": 1e-6, "cycles": 2}
    assert labels.value_label("schedule", cosine) == "cosine (×2) to 1e−6"
    assert labels.value_label("schedule", cosine | {"minimum": 0, "cycles": 1}) == "cosine"
    poisson = {"name": "poisson", "lam": 2, "scale": 0.3}
    assert labels.initializer_label(poisson) == "Poisson(2) × 0.3"
    assert labels.initializer_label(poisson | {"scale": 0.25}) == "Poisson(2)/4"
    assert labels.initializer_label(poisson | {"scale": 1}) == "Poisson(2)/1"


def test_no_two_runs_read_alike():
    runs = [
        *networks(),
        *(Hyperparameters(initializer=spec) for spec in specs(INITIALIZERS)),
        *(Hyperparameters(schedule=spec, learning_rate=500.0) for spec in specs(SCHEDULES)),
    ]
    read = {labels.run_label(asdict(run)) for run in runs}
    assert len(read) == len({str(run) for run in runs})


def test_what_a_configuration_has_for_all_goes_without_saying():
    own = {"epochs": 20, "hidden_units": (32, 16), "schedule": "cosine", "labels": "shuffled"}
    usual, standard = asdict(Hyperparameters(**own)), asdict(Hyperparameters())
    plain = "sigmoid · squared error · uniform [−1, 1) · lr 1e−5"
    assert labels.run_label(usual, usual) == plain
    assert labels.run_label(standard) == plain
    assert (
        labels.run_label(standard, usual)
        == f"{plain} · constant · true labels · 256 – 128 units · 200 epochs"
    )
    # As run.json has it.
    assert labels.run_label(usual | {"hidden_units": [32, 16]}, usual) == plain
    assert labels.common_label([usual, usual | {"epochs": 30}], usual) == plain


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [
        (0.996, "0.99", "1"),
        (0.121, "0.12", "0.13"),
        (0.6, "0.6", "0.6"),
        (-0.127, "−0.13", "−0.12"),
        (1.26e-7, "1.2e−7", "1.3e−7"),
        (0, "0", "0"),
        (float("inf"), "∞", "∞"),
    ],
)
def test_what_bounds_is_rounded_away_from_what_it_bounds(value, below, above):
    assert (labels.rounded_down(value), labels.rounded_up(value)) == (below, above)


def test_a_mean_lies_between_the_lowest_and_the_highest_as_they_are_printed():
    assert labels.span(95.66, 95.75) == "95.6–95.8"
    assert labels.span(51.1, 53.9) == "51.1–53.9"
    assert labels.span(9.871, 9.871) == "every seed"


def test_every_choice_has_a_name():
    for field in fields(Hyperparameters):
        assert labels.key_label(field.name)


@pytest.mark.parametrize(
    "entry", [*ACTIVATIONS.values(), *LOSSES.values()], ids=lambda entry: entry.label
)
def test_every_formula_can_be_typeset(entry):
    assert "<img" in typeset.formula(entry.formula)
