"""Activations, losses, initialisers and schedules, each against what its name promises."""

import warnings

import numpy as np
import pytest

from nn import HyperparameterError, Hyperparameters
from nn.activations import activation
from nn.initializers import initialize
from nn.losses import LOSSES
from nn.schedules import rates

Z = np.linspace(-8, 8, 101)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "relu6", "leaky_relu"])
def test_derivatives_are_those_of_the_function(name):
    f = activation(name, slope=1.0)
    z = Z[np.abs(Z) > 1e-3]  # ReLU's kink has no derivative
    z = z[np.abs(z - 6) > 1e-3]
    numeric = (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(f.derivative(f(z.copy())), numeric, atol=1e-6)


def test_sigmoid_with_slope_is_the_formula():
    np.testing.assert_allclose(activation("sigmoid", 0.4)(Z.copy()), 1 / (1 + np.exp(-0.4 * Z)))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "relu6", "leaky_relu", "softmax"])
def test_huge_inputs_neither_overflow_nor_warn(name):
    z = np.array([[-1e30, 0, 1e30]], dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = activation(name)(z)
    assert y.dtype == np.float32
    assert np.isfinite(y).all()


def test_softmax_sums_to_one():
    y = activation("softmax")(np.random.default_rng(0).normal(size=(5, 10)))
    np.testing.assert_allclose(y.sum(axis=1), 1)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "categorical_cross_entropy"])
def test_cross_entropy_of_a_completely_wrong_answer_is_finite(name):
    Y = np.array([[0, 1]], dtype=np.float32)
    T = np.array([[1, 0]], dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert 15 < LOSSES[name].value(Y, T) < 40


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


def test_each_matrix_has_its_own_stream_and_each_seed_its_own_weights():
    def draw(sizes, seed):
        return initialize({"name": "normal", "std": 1}, sizes, np.random.SeedSequence(seed))

    same = draw((4, 3, 2, 2), 0)
    np.testing.assert_array_equal(same[0], draw((4, 3, 2, 2), 0)[0])
    # A wider first layer changes W1 alone: the others' streams do not depend on how much it drew.
    np.testing.assert_array_equal(same[2], draw((9, 3, 2, 2), 0)[2])
    assert not np.array_equal(same[0], draw((4, 3, 2, 2), 1)[0])


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
        ({"activation": "rellu"}, "activation: found 'rellu', expected one of sigmoid"),
        ({"output_activation": "softmax"}, "softmax and categorical_cross_entropy go together"),
        ({"activation": "relu", "slope": 2.0}, "only sigmoid has a slope"),
        ({"initializer": {"name": "normal", "sdt": 1}}, "found parameter 'sdt', expected std"),
        ({"schedule": "cosin"}, "schedule: found 'cosin', expected one of constant"),
        ({"learning_rate": 0}, "learning_rate: found 0, expected a number above 0"),
        ({"labels": "random"}, "labels: found 'random', expected one of original, shuffled"),
    ],
)
def test_choices_that_do_not_exist_or_fit_are_named(choices, said):
    with pytest.raises(HyperparameterError) as error:
        Hyperparameters(**choices)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
