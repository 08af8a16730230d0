"""A variant's name says every choice: other choices, other names, and none for what is standard."""

from itertools import product

import pytest

from nn import Hyperparameters
from nn.hyperparameters import LABELS
from nn.initializers import INITIALIZERS
from nn.schedules import SCHEDULES
from report.labels import KEYS
from tests.registries import networks, specs
from workflow.configuration.names import label, slug
from workflow.configuration.plan import plan
from workflow.configuration.settings import settle


def in_six_digits(value):
    """A choice as far as names tell it."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return {key: in_six_digits(inner) for key, inner in value.items()}
    return value


def test_different_choices_never_share_a_name():
    variants = [
        *networks(),
        *(Hyperparameters(initializer=spec) for spec in specs(INITIALIZERS)),
        *(Hyperparameters(schedule=spec, learning_rate=500.0) for spec in specs(SCHEDULES)),
        *(
            Hyperparameters(learning_rate=rate, epochs=epochs, hidden_units=units, labels=labels)
            for rate, epochs, units, labels in product(
                (1e-5, 2e-5, 1.0, 200.0), (1, 20, 200), ((256, 128), (25, 6128), (1, 1)), LABELS
            )
        ),
    ]
    named = {}
    for variant in variants:
        told = {key: in_six_digits(value) for key, value in vars(variant).items()}
        assert named.setdefault(slug(variant), told) == told


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ({"name": "poisson"}, "poisson"),
        ({"name": "poisson", "lam": 2.0}, "poisson-2"),
        ({"name": "poisson", "scale": 2.0}, "poisson-scale2"),
        ({"name": "poisson", "lam": 2.0, "scale": 0.5}, "poisson-2-scale0.5"),
        ({"name": "normal", "std": 1 / 3}, "normal-0.333333"),
        ({"name": "variance_scaling", "mode": "fan_out"}, "variance-scaling-fan-out"),
    ],
)
def test_a_parameter_is_named_where_its_value_could_be_that_of_another(spec, named):
    assert slug(Hyperparameters(initializer=spec)) == f"sigmoid_mse_{named}_lr1e-05"


def test_every_choice_is_in_the_name(config):
    config["epochs"] = 50
    assert plan(settle(config)).baseline == "sigmoid_mse_uniform_lr1e-05_50-epochs"


SOFTMAX = {
    "activation": "leaky_relu",
    "output_activation": "softmax",
    "loss": "categorical_cross_entropy",
    "initializer": "lecun_normal",
    "learning_rate": 1e-4,
}


@pytest.mark.parametrize(
    ("choices", "name"),
    [
        ({"slope": 0.5}, "sigmoid-k0.5_mse_uniform_lr1e-05"),
        (
            {"learning_rate": 6.168e-5, "schedule": "cosine"},
            "sigmoid_mse_uniform_lr6.168e-05_cosine",
        ),
        (
            {"schedule": {"name": "cosine_warm_restarts", "cycles": 4}},
            "sigmoid_mse_uniform_lr1e-05_cosine-warm-restarts",
        ),
        (
            {"initializer": {"name": "variance_scaling", "scale": 0.5, "mode": "fan_avg"}},
            "sigmoid_mse_variance-scaling-0.5-fan-avg_lr1e-05",
        ),
        ({"labels": "shuffled"}, "sigmoid_mse_uniform_lr1e-05_shuffled-labels"),
        ({"hidden_units": [64, 32]}, "sigmoid_mse_uniform_lr1e-05_64-32-units"),
        (SOFTMAX, "leaky-relu_softmax_cce_lecun-normal_lr0.0001"),
    ],
)
def test_names_stay_what_they_are(choices, name):
    """Whoever has results has them under these."""
    assert slug(Hyperparameters(**choices)) == name


def test_a_label_says_every_value_that_is_varied():
    assert label({"learning_rate": 3e-5}) == "lr 3e−5"
    assert label({"slope": 0.5, "learning_rate": 1e-5}) == "k = 0.5, lr 1e−5"


def test_every_key_that_can_be_varied_has_a_label():
    choices = vars(Hyperparameters())
    assert {key for key in KEYS if label({key: choices[key]})} == set(choices)
