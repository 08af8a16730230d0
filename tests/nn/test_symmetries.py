"""What a network cannot know must not matter: the order of images, classes and hidden units; where a factor stands.

No expected value is needed: the same step is taken twice, in two ways that have to come to the same.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import nn
from nn import blocks
from nn.training import descend
from tests.registries import networks, told

SIZES = (12, 7, 5, 4)
N_IMAGES = 50
RATE = np.float32(1e-3)
NETWORKS = list(networks())


@pytest.fixture
def images():
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (N_IMAGES, SIZES[0]), dtype=np.uint8)


@pytest.fixture
def labels():
    return np.random.default_rng(1).integers(0, SIZES[-1], N_IMAGES).astype(np.uint8)


@pytest.fixture
def weights():
    rng = np.random.default_rng(2)
    return [rng.normal(0, 0.6, shape).astype(np.float32) for shape in pairwise(SIZES)]


def step(run, images, labels, weights, rate=RATE):
    """The summed loss, the right predictions, and the updates of W1, W2, W3, in two blocks of images."""
    cut = blocks.cut(images, labels, np.arange(len(images)), size=30)
    loss, n_right, updates = descend(nn.Network.of(run), weights, cut, 255, SIZES[-1], rate)
    return loss, n_right, *updates


def assert_same(one, other):
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=1e-6 * max(1, np.abs(a).max()))


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_the_order_of_images_does_not_matter(run, images, labels, weights):
    order = np.random.default_rng(3).permutation(N_IMAGES)
    plain = step(run, images, labels, weights)
    assert_same(plain, step(run, images[order], labels[order], weights))


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_an_image_that_is_there_twice_counts_twice(run, images, labels, weights):
    plain = step(run, images, labels, weights)
    twice = step(run, np.repeat(images, 2, axis=0), np.repeat(labels, 2), weights)
    assert_same([2 * value for value in plain], twice)


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_what_the_classes_are_called_does_not_matter(run, images, labels, weights):
    W1, W2, W3 = weights
    order = np.array([2, 0, 3, 1])  # new class → old class
    renamed = np.argsort(order)[labels].astype(np.uint8)
    loss, n_right, U1, U2, U3 = step(run, images, labels, weights)
    assert_same(
        (loss, n_right, U1, U2, U3[:, order]), step(run, images, renamed, [W1, W2, W3[:, order]])
    )


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_which_hidden_unit_is_which_does_not_matter(run, images, labels, weights):
    W1, W2, W3 = weights
    rng = np.random.default_rng(4)
    first, second = rng.permutation(SIZES[1]), rng.permutation(SIZES[2])
    loss, n_right, U1, U2, U3 = step(run, images, labels, weights)
    assert_same(
        (loss, n_right, U1[:, first], U2[first][:, second], U3[second]),
        step(run, images, labels, [W1[:, first], W2[first][:, second], W3[second]]),
    )


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_a_rate_of_zero_changes_nothing_and_a_double_one_twice_as_much(
    run, images, labels, weights
):
    loss, n_right, *updates = step(run, images, labels, weights)
    assert all(not U.any() for U in step(run, images, labels, weights, rate=np.float32(0))[2:])
    doubled = step(run, images, labels, weights, rate=2 * RATE)
    assert (loss, n_right) == doubled[:2]
    assert all(np.array_equal(2 * U, U2) for U, U2 in zip(updates, doubled[2:], strict=True))


@pytest.mark.parametrize("run", [run for run in NETWORKS if run.slope != 1], ids=told)
def test_a_slope_is_a_factor_of_weights_and_its_square_one_of_the_rate(
    run, images, labels, weights
):
    """sigmoid(k·XW) = sigmoid(X·kW): a step of W at a rate is one of kW at k² times that rate."""
    layers = [run.activation, run.activation, run.output_activation]
    factors = [np.float32(run.slope if name == "sigmoid" else 1) for name in layers]
    loss, n_right, *updates = step(run, images, labels, weights)
    plain = replace(run, slope=1.0)
    scaled = [k * W for k, W in zip(factors, weights, strict=True)]
    loss_inside, n_inside, *inside = step(plain, images, labels, scaled)
    assert_same(
        (loss, n_right, *(k * U for k, U in zip(factors, updates, strict=True))),
        (loss_inside, n_inside, *(k**2 * U for k, U in zip(factors, inside, strict=True))),
    )


def test_a_slope_of_two_trains_like_weights_and_rates_that_have_it():
    digits = nn.load_digits()
    sloped = nn.Hyperparameters(slope=2, initializer={"name": "uniform", "limit": 0.5}, epochs=5)
    scaled = nn.Hyperparameters(
        initializer={"name": "uniform", "limit": 1.0}, learning_rate=4e-5, epochs=5
    )
    one, other = nn.train(digits, sloped), nn.train(digits, scaled)
    np.testing.assert_allclose(one.history["loss"], other.history["loss"], rtol=1e-4)
    for W, V in zip(one.weights, other.weights, strict=True):
        np.testing.assert_allclose(2 * W, V, rtol=1e-3, atol=1e-4)
