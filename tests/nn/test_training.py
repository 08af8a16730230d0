"""Training on real digits: it learns, repeats itself exactly, and ends well when it diverges."""

import doctest
import re
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nn
from nn import blocks
from nn.training import COLUMNS, accuracy, training_labels

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def digits():
    return nn.load_digits()


def choose(**choices):
    return nn.Hyperparameters(
        **{"activation": "relu", "initializer": "lecun_normal", "epochs": 60} | choices
    )


def test_a_network_learns_digits(digits):
    # Seed 1: with some seeds an output unit of a ReLU network dies (the report counts them).
    history = nn.train(digits, choose(activation="tanh", learning_rate=5e-6), seed=1).history
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    assert history["test_accuracy"][-1] > 60
    assert history["epoch"] == list(range(1, 61))
    assert set(history) == set(COLUMNS)


def test_the_same_seed_gives_the_same_bits_and_another_does_not(digits):
    run = choose(epochs=3)
    one, again, other = (nn.train(digits, run, seed) for seed in (0, 0, 1))
    assert all(np.array_equal(*pair) for pair in zip(one.weights, again.weights, strict=True))
    assert not np.array_equal(one.weights[0], other.weights[0])


def test_weights_are_float32_and_those_that_the_last_row_was_measured_with(digits):
    trained, longer = (nn.train(digits, choose(epochs=n), seed=0) for n in (4, 5))
    assert {W.dtype for W in trained.weights} == {np.dtype(np.float32)}
    network = nn.Network.of(choose())
    test_blocks = blocks.cut(digits.test_images, digits.test_labels)
    measured = accuracy(network, trained.weights, test_blocks, digits.pixel_max)
    assert measured == trained.history["test_accuracy"][-1]
    changed = trained.weights[0] - longer.weights[0]
    assert np.abs(changed).mean() == pytest.approx(trained.history["update_w1"][-1], rel=1e-3)


def test_whoever_watches_sees_every_epoch_with_the_weights_it_was_measured_with(digits):
    seen = []
    trained = nn.train(digits, choose(epochs=3), 0, lambda row, W: seen.append((row, W)))
    assert [row["epoch"] for row, _ in seen] == [1, 2, 3]
    first, *_, last = (weights for _, weights in seen)
    assert all(map(np.array_equal, first, trained.initial_weights))
    assert all(map(np.array_equal, last, trained.weights))


def test_a_diverging_run_ends_there_without_a_warning_and_keeps_its_history(digits):
    run = nn.Hyperparameters(
        activation="leaky_relu", output_activation="softmax", loss="categorical_cross_entropy",
        learning_rate=1.0, epochs=50,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trained = nn.train(digits, run, seed=0)
        nn.inspect(nn.Network.of(run), trained.weights, digits, digits.train_labels)
    assert trained.diverged_at == len(trained.history["epoch"]) < 50
    assert all(np.isfinite(W).all() for W in trained.weights)


def test_a_run_that_no_longer_moves_is_recorded_to_the_end_without_computing(digits):
    """Poisson weights saturate every output to exactly 1: the gradient is exactly 0."""
    run = nn.Hyperparameters(initializer="poisson", epochs=30)
    trained = nn.train(digits, run, seed=0)
    assert trained.unchanged_since == 1
    assert trained.history["epoch"] == list(range(1, 31))
    assert set(trained.history["loss"]) == {9.0}
    assert set(trained.history["update_w1"]) == {0.0}
    moving = nn.train(digits, choose(epochs=3), seed=0)
    assert moving.unchanged_since is None


def test_a_run_that_stands_still_is_computed_while_other_rates_are_to_come(digits):
    restarts = {"name": "cosine_warm_restarts", "cycles": 2}
    run = choose(epochs=4, learning_rate=1e-20, schedule=restarts)
    assert nn.train(digits, run, seed=0).unchanged_since == 4


def test_shuffled_labels_keep_the_class_balance_and_the_first_weights(digits):
    run = choose(labels="shuffled", epochs=1)
    dealt = training_labels(digits, run, seed=0)
    assert not np.array_equal(dealt, digits.train_labels)
    np.testing.assert_array_equal(np.bincount(dealt), np.bincount(digits.train_labels))
    original = nn.train(digits, choose(epochs=1), seed=0)
    shuffled = nn.train(digits, run, seed=0)
    np.testing.assert_array_equal(original.initial_weights[0], shuffled.initial_weights[0])


def test_the_order_of_images_changes_nothing_but_rounding(digits):
    run = choose(epochs=3)
    ordered = replace(
        digits,
        train_order=blocks.greedy_order(digits.train_images),
        test_order=blocks.greedy_order(digits.test_images),
    )
    plain, grouped = nn.train(digits, run), nn.train(ordered, run)
    np.testing.assert_allclose(plain.history["loss"], grouped.history["loss"], rtol=1e-5)
    assert plain.history["test_accuracy"] == grouped.history["test_accuracy"]


def test_greedy_order_takes_every_image_once_and_saves_pixels(digits):
    images = digits.train_images
    order = blocks.greedy_order(images, size=64)
    assert sorted(order) == list(range(len(images)))

    def used(order):
        return sum(len(block.pixels) for block in blocks.cut(images, images[:, 0], order, size=64))

    assert used(order) < 0.9 * used(np.arange(len(images)))


def test_blocks_hold_the_whole_images(digits):
    (block, *_) = blocks.cut(digits.train_images, digits.train_labels, size=100)
    whole = np.zeros((100, digits.train_images.shape[1]), dtype=np.uint8)
    whole[:, block.pixels] = block.images
    np.testing.assert_array_equal(whole, digits.train_images[:100])


def test_inspection_counts_what_it_says(digits):
    run = choose(epochs=2)
    trained = nn.train(digits, run, seed=0)
    arrays, numbers = nn.inspect(nn.Network.of(run), trained.weights, digits, digits.train_labels)
    X = digits.pixels(digits.train_images)
    L1, L2, L3 = nn.Network.of(run).forward(X, *trained.weights)
    right = 100 * np.trace(arrays["confusion_train"]) / len(X)
    assert right == pytest.approx(trained.history["train_accuracy"][-1])
    np.testing.assert_allclose(arrays["mean_activation_2"], L2.mean(axis=0), rtol=1e-4, atol=1e-6)
    assert numbers["saturated"][0] == pytest.approx(np.mean(L1 <= 0.01), abs=1e-4)
    assert numbers["dead_units"][1] == np.count_nonzero((L2 == 0).all(axis=0))
    assert numbers["silent_images"] == np.count_nonzero((L3 == 0).all(axis=1))
    first, second = np.sort(L3, axis=1)[:, :-3:-1].T
    assert numbers["tied_images"] == np.count_nonzero(first == second)
    assert numbers["overflowing_images"] == 0
    Z2 = np.matmul(L1, trained.weights[1], dtype=np.float64)
    measured = [numbers[f"pre_activation_{of}"][1] for of in ("mean", "std", "spread")]
    assert measured == pytest.approx([Z2.mean(), Z2.std(), Z2.std(axis=0).mean()], rel=1e-3)
    assert arrays["histogram_3"].sum() == L3.size
    step = trained.history["update_w2"][-1] * len(X) / 60_000 / run.learning_rate
    assert np.abs(arrays["gradient_2"]).mean() == pytest.approx(step, rel=1e-3)


def test_the_ten_lines_of_the_readme_work():
    (listing,) = re.findall(r"```python\n(import nn\n.*?)```", README.read_text(), re.DOTALL)
    assert len(listing.strip().splitlines()) <= 10
    said = []
    exec(listing, {"print": lambda *words: said.append(words)})
    assert said
    *_, test_accuracy = said[-1]
    assert test_accuracy > 90


def test_the_example_of_the_package_says_what_happens():
    assert doctest.testmod(nn) == (0, 5)
