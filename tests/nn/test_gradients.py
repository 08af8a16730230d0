"""The backward pass against finite differences, against autograd, and against the formulas."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from nn import Hyperparameters, Network, blocks, one_hot
from nn.activations import activation
from nn.initializers import initialize
from nn.losses import LOSSES as OURS
from nn.training import descend, scaled
from tests.registries import networks, told

NETWORKS = list(networks())
SIZES = (6, 5, 4, 3)


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    X = rng.uniform(0, 1, (7, SIZES[0]))
    T = one_hot(rng.integers(0, SIZES[-1], 7), SIZES[-1]).astype(np.float64)
    weights = [rng.normal(0, 0.7, shape) for shape in pairwise(SIZES)]
    return X, T, weights


def backpropagated(network, X, T, weights):
    """The gradients of all three matrices, forward and back."""
    _, W2, W3 = weights
    L1, L2, L3 = network.forward(X, *weights)
    deltas = network.backward(T, L1, L2, L3, W2, W3)
    return network.gradients(X, L1, L2, *deltas)


def descended(loss):
    """What a delta is the gradient of: the reported loss, or half the squared error.

    The factor 2 of squared error is left to the learning rate, and other losses may train like it.
    """
    squared = OURS["squared_error"]
    if loss.delta is squared.delta:
        return lambda Y, T: squared.value(Y, T) / 2
    return loss.value


def belong_together(run):
    """Whether the delta is the gradient of a loss: with other output activations it may not be."""
    return Network.of(run).loss.output_activation in (None, run.output_activation)


def numeric_gradients(value, weights, step=1e-6):
    """Finite differences of value(), in which the weights take part."""
    for W in weights:
        gradient = np.zeros_like(W)
        for place in np.ndindex(*W.shape):
            kept = W[place]
            W[place] = kept + step
            above = value()
            W[place] = kept - step
            gradient[place] = (above - value()) / (2 * step)
            W[place] = kept
        yield gradient


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_gradients_agree_with_finite_differences(run, data):
    X, T, weights = data
    network = Network.of(run)
    delta3 = network.loss.delta(network.forward(X, *weights)[2], T, network.g)

    def loss():
        _, L2, L3 = network.forward(X, *weights)
        if belong_together(run):
            return descended(network.loss)(L3, T)
        # No loss has this delta; what comes after it is right if it carries any delta back.
        return np.sum(delta3 * (L2 @ weights[2]))

    ours = backpropagated(network, X, T, weights)
    for gradient, numeric in zip(ours, numeric_gradients(loss, weights), strict=True):
        np.testing.assert_allclose(gradient, numeric, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("run", [run for run in NETWORKS if not belong_together(run)], ids=told)
def test_a_delta_that_belongs_to_one_output_activation_is_the_same_with_others(run, data):
    _, T, _ = data
    network = Network.of(run)
    Y = np.random.default_rng(1).uniform(0, 2, T.shape)
    own = activation(network.loss.output_activation)
    np.testing.assert_array_equal(
        network.loss.delta(Y, T, network.g), network.loss.delta(Y, T, own)
    )


# What autograd judges; activations and losses that are not here have finite differences alone.
ACTIVATIONS = {
    "sigmoid": lambda z, k: 1 / (1 + anp.exp(-k * z)),
    "tanh": lambda z, k: anp.tanh(z),
    "relu": lambda z, k: anp.maximum(z, 0),
    "relu6": lambda z, k: anp.minimum(anp.maximum(z, 0), 6),
    "leaky_relu": lambda z, k: anp.where(z > 0, z, 0.01 * z),
    "silu": lambda z, k: z / (1 + anp.exp(-z)),
    "gelu": lambda z, k: z / 2 * (1 + anp.tanh((2 / anp.pi) ** 0.5 * (z + 0.044715 * z**3))),
    "softmax": lambda z, k: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
LOSSES = {
    "squared_error": lambda Y, T: anp.sum((Y - T) ** 2),
    "binary_cross_entropy": lambda Y, T: -anp.sum(T * anp.log(Y) + (1 - T) * anp.log(1 - Y)),
    "categorical_cross_entropy": lambda Y, T: -anp.sum(T * anp.log(Y)),
}


KNOWN = [
    run
    for run in NETWORKS
    if {run.activation, run.output_activation} <= set(ACTIVATIONS)
    and run.loss in LOSSES
    and belong_together(run)
]


@pytest.mark.parametrize("run", KNOWN, ids=told)
def test_some_epochs_agree_with_automatic_differentiation(run, data):
    """An independent judge trains the same network from the same weights, for five epochs."""
    X, T, weights = data
    network, rate = Network.of(run), 0.05
    scale = 2 if run.loss == "squared_error" else 1
    f = ACTIVATIONS[run.activation]
    g = ACTIVATIONS[run.output_activation]

    def loss(W, X, T):
        L1 = f(anp.dot(X, W[0]), run.slope)
        L2 = f(anp.dot(L1, W[1]), run.slope)
        return LOSSES[run.loss](g(anp.dot(L2, W[2]), run.slope), T)

    theirs = [W.copy() for W in weights]
    for _ in range(5):
        ours_loss = network.loss.value(network.forward(X, *weights)[2], T)
        assert ours_loss == pytest.approx(loss(theirs, X, T), rel=1e-9)
        for W, G in zip(weights, backpropagated(network, X, T, weights), strict=True):
            W -= rate * G
        for W, G in zip(theirs, grad(loss)(theirs, X, T), strict=True):
            W -= rate * G / scale
    for W, V in zip(weights, theirs, strict=True):
        np.testing.assert_allclose(W, V, rtol=1e-8, atol=1e-10)


def test_one_epoch_follows_the_formulas_of_the_assignment():
    """delta_i and W_i -= lr · delta_i L_{i-1}ᵀ, written out in the assignment's column layout."""
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (600, 12), dtype=np.uint8)
    labels = rng.integers(0, 3, 600, dtype=np.uint8)
    choices = Hyperparameters(hidden_units=(5, 4))
    ours = initialize(choices.initializer, (12, 5, 4, 3), np.random.SeedSequence(0))
    W1, W2, W3 = (W.T.astype(np.float64) for W in ours)
    lr = 1e-3

    L0 = images.T / 255
    T = np.eye(3)[labels].T
    f = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    L1 = f(W1 @ L0)
    L2 = f(W2 @ L1)
    L3 = f(W3 @ L2)
    delta3 = (L3 - T) * L3 * (1 - L3)
    delta2 = W3.T @ delta3 * L2 * (1 - L2)
    delta1 = W2.T @ delta2 * L1 * (1 - L1)
    expected = lr * delta1 @ L0.T, lr * delta2 @ L1.T, lr * delta3 @ L2.T
    expected_loss = np.sum((L3 - T) ** 2)

    loss, n_right, updates = descend(
        Network.of(choices), ours, blocks.cut(images, labels), 255, 3, np.float32(lr)
    )
    assert loss == pytest.approx(expected_loss, rel=1e-5)
    assert n_right == np.count_nonzero(L3.argmax(axis=0) == labels)
    for U, step in zip(updates, expected, strict=True):
        np.testing.assert_allclose(U, step.T, rtol=1e-4, atol=1e-7)


def test_plain_and_gated_cross_entropy_differ_by_the_relu_gate():
    Y = np.array([[0.0, 0.5, 2.0]])
    T = np.array([[1.0, 0.0, 0.0]])
    plain = Network.of(Hyperparameters(activation="relu", loss="binary_cross_entropy"))
    gated = Network.of(Hyperparameters(activation="relu", loss="gated_cross_entropy"))
    np.testing.assert_array_equal(plain.loss.delta(Y, T, plain.g), [[-1, 0.5, 2]])
    np.testing.assert_array_equal(gated.loss.delta(Y, T, gated.g), [[0, 0.5, 2]])
    assert plain.loss.value(Y, T) == gated.loss.value(Y, T)


def test_pixels_are_scaled_to_the_unit_interval():
    assert scaled(np.array([0, 255], dtype=np.uint8), 255).tolist() == [0, 1]
