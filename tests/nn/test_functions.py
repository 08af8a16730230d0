"""Activations, losses, initialisers and schedules, each against what its name promises."""

import warnings
from itertools import product

import numpy as np
import pytest

from nn import HyperparameterError, Hyperparameters
from nn.activations import ACTIVATIONS, activation
from nn.initializers import INITIALIZERS, initialize, same_draws
from nn.losses import DELTAS, LOSSES
from nn.schedules import SCHEDULES, rates
from nn.specs import defaults
from tests.registries import SLOPES, specs

# Beside the kinks of ReLU and ReLU6, which have no derivative.
Z = np.linspace(-8.01, 8.02, 101)
ELEMENTWISE = [name for name, entry in ACTIVATIONS.items() if entry.derivative]
SLOPED = [(name, k) for name in ELEMENTWISE if ACTIVATIONS[name].takes_slope for k in SLOPES]


@pytest.mark.parametrize(("name", "slope"), [*((name, 1.0) for name in ELEMENTWISE), *SLOPED])
def test_derivatives_are_those_of_the_function(name, slope):
    f = activation(name, slope)
    numeric = (f(Z + 1e-6) - f(Z - 1e-6)) / 2e-6
    np.testing.assert_allclose(f.derivative(f(Z.copy())), numeric, atol=1e-6)


@pytest.mark.parametrize(("name", "slope"), SLOPED)
def test_a_slope_multiplies_what_goes_in(name, slope):
    assert activation(name, slope).slope == slope
    np.testing.assert_allclose(
        activation(name, slope)(Z.copy()), activation(name)(slope * Z), atol=1e-12
    )


def test_sigmoid_with_slope_is_the_formula():
    np.testing.assert_allclose(activation("sigmoid", 0.4)(Z.copy()), 1 / (1 + np.exp(-0.4 * Z)))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_huge_inputs_neither_overflow_nor_warn(name):
    z = np.array([[-1e30, 0, 1e30]], dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = activation(name)(z)
    assert y.dtype == np.float32
    assert np.isfinite(y).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_far_out_a_function_is_flat_at_each_of_its_limits_and_nowhere_else(name):
    far = activation(name)(np.array([[-2e3, 2e3]]))
    farther = activation(name)(np.array([[-4e3, 4e3]]))
    assert set(far[far == farther]) == set(ACTIVATIONS[name].limits)


def test_softmax_sums_to_one():
    y = activation("softmax")(np.random.default_rng(0).normal(size=(5, 10)))
    np.testing.assert_allclose(y.sum(axis=1), 1)


@pytest.mark.parametrize("name", LOSSES)
def test_a_completely_wrong_answer_costs_a_finite_number_and_a_right_one_next_to_nothing(name):
    Y = np.array([[0, 1]], dtype=np.float32)
    T = np.array([[1, 0]], dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 0.1 < LOSSES[name].value(Y, T) < 40
        assert LOSSES[name].value(T, T) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("name", LOSSES)
def test_the_cost_of_images_adds_up(name):
    rng = np.random.default_rng(0)
    Y, T = rng.uniform(0.01, 0.99, (6, 4)), np.eye(4)[rng.integers(0, 4, 6)]
    value = LOSSES[name].value
    assert value(Y, T) == pytest.approx(value(Y[:2], T[:2]) + value(Y[2:], T[2:]))


def test_losses_that_change_the_weights_or_the_report_differ_in_their_short_names():
    assert len({loss.short for loss in LOSSES.values()}) == len(LOSSES)


def test_every_delta_has_a_formula():
    for name, loss in LOSSES.items():
        assert loss.delta in DELTAS, f"nn/losses.py: found no formula of {name}'s delta in DELTAS"


def test_binary_cross_entropy_is_the_formula():
    rng = np.random.default_rng(0)
    Y, T = rng.uniform(0.01, 0.99, (6, 4)), np.eye(4)[rng.integers(0, 4, 6)]
    expected = -np.sum(T * np.log(Y) + (1 - T) * np.log(1 - Y))
    assert LOSSES["binary_cross_entropy"].value(Y, T) == pytest.approx(expected)


SPREADS = [
    ({"name": "uniform", "limit": 1}, 0, np.sqrt(1 / 3)),
    ({"name": "normal", "std": 0.25}, 0, 0.25),
    ({"name": "lecun_normal"}, 0, 1 / np.sqrt(400)),
    ({"name": "variance_scaling", "scale": 2, "mode": "fan_out"}, 0, np.sqrt(2 / 300)),
    ({"name": "variance_scaling", "scale": 0.5, "mode": "fan_avg"}, 0, np.sqrt(1 / 700)),
    ({"name": "poisson", "lam": 1, "scale": 0.25}, 0.25, 0.25),
]


@pytest.mark.parametrize(("spec", "mean", "std"), SPREADS, ids=lambda value: str(value)[:40])
def test_initial_weights_have_the_stated_mean_and_spread(spec, mean, std):
    W = initialize(spec, (400, 300, 50, 10), np.random.SeedSequence(0))[0]
    assert W.shape == (400, 300)
    assert W.dtype == np.float32
    assert W.mean() == pytest.approx(mean, abs=0.01)
    assert W.std() == pytest.approx(std, rel=0.02)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_each_matrix_has_its_own_stream_and_each_seed_its_own_weights(name):
    spec = {"name": name} | defaults(INITIALIZERS[name].function)

    def draw(sizes, seed):
        return initialize(spec, sizes, np.random.SeedSequence(seed))

    same = draw((8, 6, 4, 3), 0)
    assert [W.shape for W in same] == [(8, 6), (6, 4), (4, 3)]
    assert {W.dtype for W in same} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(same[0], draw((8, 6, 4, 3), 0)[0])
    # A wider first layer changes W1 alone: the others' streams do not depend on how much it drew.
    np.testing.assert_array_equal(same[2], draw((9, 6, 4, 3), 0)[2])
    assert not np.array_equal(same[0], draw((8, 6, 4, 3), 1)[0])


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_are_proportional_to_the_multiplier_and_to_no_other_parameter(name):
    standard = defaults(INITIALIZERS[name].function)

    def draw(**changed):
        spec = {"name": name} | standard | changed
        return initialize(spec, (8, 6), np.random.SeedSequence(0))[0]

    numeric = [key for key, value in standard.items() if isinstance(value, int | float)]
    proportional = [
        key for key in numeric if np.allclose(draw(**{key: 4 * standard[key]}), 4 * draw())
    ]
    assert proportional == list(filter(None, [INITIALIZERS[name].multiplier]))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_draws_are_the_same_up_to_the_multiplier(name):
    multiplier = INITIALIZERS[name].multiplier
    spec = {"name": name} | defaults(INITIALIZERS[name].function)
    assert same_draws(spec, spec)
    if multiplier:
        assert same_draws(spec, spec | {multiplier: 0.3 * spec[multiplier]})


def test_draws_are_the_same_where_one_number_turns_each_matrix_into_the_others():
    """For every two initialisers, judged by other seeds and shapes, and by correlation."""
    some = [spec for spec in specs(INITIALIZERS) if set(numbers(spec)) <= {0.25, 1}]
    assert {spec["name"] for spec in some} == set(INITIALIZERS)
    drawn = [
        np.array([initialize(spec, (90, 70), np.random.SeedSequence(seed))[0] for seed in (7, 8)])
        for spec in some
    ]
    for (spec, ours), (other, theirs) in product(zip(some, drawn, strict=True), repeat=2):
        # For weights that are never negative, a shift is not a factor: no mean is taken away.
        alike = [
            np.vdot(A, B) / (np.linalg.norm(A) * np.linalg.norm(B))
            for A, B in zip(ours.astype(np.float64), theirs.astype(np.float64), strict=True)
        ]
        assert same_draws(spec, other) == (min(alike) > 1 - 1e-9), (spec, other)


def numbers(spec):
    return [value for value in spec.values() if isinstance(value, int | float)]


def test_draws_of_zeros_alone_are_the_same_only_by_the_same_spec():
    never = {"name": "poisson", "lam": 1e-9, "scale": 1.0}
    assert same_draws(never, dict(never))
    assert not same_draws(never, never | {"lam": 2e-9})
    assert not same_draws(never, {"name": "normal", "std": 1.0})
    assert not same_draws({"name": "normal", "std": 1.0}, never)


@pytest.mark.parametrize("spec", specs(SCHEDULES), ids=str)
def test_every_schedule_starts_at_the_full_rate_and_is_never_negative(spec):
    highest = 10.0
    assert highest > max(numbers(spec), default=0)
    for epochs in (1, 7, 60):
        planned = rates(spec, highest, epochs)
        assert len(planned) == epochs
        assert planned[0] == highest
        assert 0 <= min(planned) <= max(planned) <= highest


def test_cosine_falls_from_the_full_rate_and_warm_restarts_return_to_it():
    cosine = rates({"name": "cosine", "minimum": 0, "cycles": 1}, 1.0, 200)
    assert cosine[0] == 1
    assert cosine[100] == pytest.approx(0.5)
    # The original froze its schedule here.
    assert cosine[199] == pytest.approx(6.168e-5, rel=1e-3)
    restarts = rates({"name": "cosine_warm_restarts", "minimum": 0, "cycles": 4}, 1.0, 200)
    assert [t for t, rate in enumerate(restarts) if rate == 1] == [0, 50, 100, 150]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"activation": "rellu"}, "activation: found 'rellu', expected one of "),
        ({"output_activation": "softmax"}, "softmax and categorical_cross_entropy go together"),
        ({"activation": "relu", "slope": 2.0}, "only sigmoid has a slope"),
        ({"initializer": {"name": "normal", "sdt": 1}}, "found parameter 'sdt', expected std"),
        (
            {"initializer": {"name": "variance_scaling", "mode": "fan"}},
            "initializer variance_scaling: found mode 'fan', expected one of fan_in, fan_out",
        ),
        ({"schedule": "cosin"}, "schedule: found 'cosin', expected one of "),
        ({"learning_rate": 0}, "learning_rate: found 0, expected a number above 0"),
        (
            {"schedule": {"name": "cosine", "minimum": 0.1}},
            "schedule cosine: found minimum 0.1, expected at most the learning rate, 1e-05",
        ),
        (
            {"schedule": {"name": "cosine_warm_restarts", "cycles": 5}, "epochs": 4},
            "found 5 cycles in 4 epochs, expected at most one an epoch",
        ),
        (
            {"initializer": {"name": "normal", "std": 1e39}},
            "found std 1e+39, expected at most 1e+18",
        ),
        ({"labels": "random"}, "labels: found 'random', expected one of original, shuffled"),
    ],
)
def test_choices_that_do_not_exist_or_fit_are_named(choices, said):
    with pytest.raises(HyperparameterError) as error:
        Hyperparameters(**choices)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
