"""The training loop: full-batch gradient descent over blocks of images.

In: a dataset, hyperparameters, a seed. Out: a `Trained` run: history, weights, where it diverged.
Used by workflow/scripts/train.py and by anyone who does `import nn`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn import blocks, schedules
from nn.datasets import one_hot
from nn.initializers import initialize
from nn.network import Network

# The gradient is a sum over images: learning rates are quoted for this many and scaled to the data.
QUOTED_IMAGES = 60_000

COLUMNS = (
    "epoch",
    "loss",
    "train_accuracy",
    "test_accuracy",
    "update_w1",
    "update_w2",
    "update_w3",
    "learning_rate",
)


@dataclass(frozen=True)
class Trained:
    """What training leaves behind.

    Attributes
    ----------
    history : dict of str to list
        A list for each of `COLUMNS`, a value an epoch. Loss and accuracies (per cent) are those of
        the forward pass before the epoch's update; updates are mean |learning rate × gradient|;
        the learning rate is the quoted one.
    initial_weights, weights : three float32 arrays each, (fan_in, fan_out)
        Those that the history's first and its last row were measured with, which are finite even
        where the run diverged.
    diverged_at : int or None
        The epoch (from 1) in which the loss or a weight stopped being finite.
    unchanged_since : int or None
        The first epoch (from 1) whose update was too small to change a bit of any weight. At a
        constant learning rate every later epoch is a copy of it, and is recorded without computing.
    """

    history: dict[str, list]
    initial_weights: list[np.ndarray]
    weights: list[np.ndarray]
    diverged_at: int | None = None
    unchanged_since: int | None = None


def train(dataset, choices, seed=0, on_epoch: Callable[[dict, list], None] | None = None):
    """Train a network.

    Parameters
    ----------
    dataset : Dataset
    choices : Hyperparameters
    seed : int
    on_epoch : callable, optional
        Called with each new row of the history and the weights that it was measured with.

    Returns
    -------
    Trained
    """
    network = Network.of(choices)
    labels = training_labels(dataset, choices, seed)
    train_blocks = blocks.cut(dataset.train_images, labels, dataset.train_order)
    test_blocks = blocks.cut(dataset.test_images, dataset.test_labels, dataset.test_order)
    n_images, n_classes = len(labels), len(dataset.classes)

    weights = first_weights(dataset, choices, seed)
    initial = [W.copy() for W in weights]
    rates = schedules.rates(choices.schedule, choices.learning_rate, choices.epochs)
    history = {name: [] for name in COLUMNS}

    def record(row, measured):
        for name in COLUMNS:
            history[name].append(row[name])
        if on_epoch:
            on_epoch(row, measured)

    for epoch, lr in enumerate(rates, 1):
        last = [W.copy() for W in weights]
        with np.errstate(all="ignore"):
            loss, n_right, updates = descend(
                network,
                weights,
                train_blocks,
                dataset.pixel_max,
                n_classes,
                scaled_rate(lr, n_images),
            )
            for W, U in zip(weights, updates, strict=True):
                W -= U
            row = {
                "epoch": epoch,
                "loss": loss / n_images,
                "train_accuracy": 100 * n_right / n_images,
                "test_accuracy": accuracy(network, last, test_blocks, dataset.pixel_max),
                **{f"update_w{i}": float(np.abs(U).mean()) for i, U in enumerate(updates, 1)},
                "learning_rate": lr,
            }
        record(row, last)
        if not (np.isfinite(loss) and all(np.isfinite(W).all() for W in weights)):
            return Trained(history, initial, last, diverged_at=epoch)
        constant = all(later == lr for later in rates[epoch:])
        if constant and all(map(np.array_equal, weights, last)):
            for later in range(epoch + 1, choices.epochs + 1):
                record(row | {"epoch": later}, weights)
            return Trained(history, initial, last, unchanged_since=epoch)

    return Trained(history, initial, last)


def descend(network, weights, train_blocks, pixel_max, n_classes, lr):
    """One pass over all images: the summed loss, the right predictions, and each matrix's update.

    The weights stay as they are, so every block sees those from before the step.
    """
    W1, W2, W3 = weights
    gradients = [np.zeros_like(W) for W in weights]
    loss, n_right = 0.0, 0
    for block in train_blocks:
        X = scaled(block.images, pixel_max)
        T = one_hot(block.labels, n_classes)
        outputs, shares = propagate(network, X, T, W1[block.pixels], W2, W3)
        add(gradients, block.pixels, shares)
        loss += network.loss.value(outputs, T)
        n_right += np.count_nonzero(outputs.argmax(axis=1) == block.labels)
    return loss, n_right, [lr * G for G in gradients]


def add(gradients, pixels, shares):
    """Add a block's shares of the gradients, that of W1 to the rows of the pixels in use."""
    gradients[0][pixels] += shares[0]
    gradients[1] += shares[1]
    gradients[2] += shares[2]


def propagate(network, X, T, W1, W2, W3):
    """Forward and back: the outputs, (n_images, n_classes), and the gradients of the matrices.

    A function of its own, so that a block's arrays are gone, and their memory still in the cache,
    before the next one's are made.
    """
    L1, L2, L3 = network.forward(X, W1, W2, W3)
    deltas = network.backward(T, L1, L2, L3, W2, W3)
    return L3, network.gradients(X, L1, L2, *deltas)


def accuracy(network, weights, some_blocks, pixel_max):
    """Per cent of images whose largest output is that of their label."""
    W1, W2, W3 = weights
    n_right = n_images = 0
    for block in some_blocks:
        X = scaled(block.images, pixel_max)
        _, _, L3 = network.forward(X, W1[block.pixels], W2, W3)
        n_right += np.count_nonzero(L3.argmax(axis=1) == block.labels)
        n_images += len(block.labels)
    return 100 * n_right / n_images


def first_weights(dataset, choices, seed):
    """The three weight matrices that a run starts from."""
    sizes = (dataset.train_images.shape[1], *choices.hidden_units, len(dataset.classes))
    return initialize(choices.initializer, sizes, np.random.SeedSequence(seed))


def scaled_rate(learning_rate, n_images):
    """A quoted learning rate as float32 for a gradient that is the sum over so many images."""
    return np.float32(learning_rate * QUOTED_IMAGES / n_images)


def scaled(images, pixel_max):
    """Stored pixels as float32 in [0, 1]."""
    X = images.astype(np.float32)
    X *= np.float32(1 / pixel_max)
    return X


def training_labels(dataset, choices, seed):
    """The labels that a run is trained on: the dataset's, or a random deal of them."""
    if choices.labels == "original":
        return dataset.train_labels
    # Apart from the weights' streams: shuffled labels start from the same weights.
    return np.random.default_rng([seed, 1]).permutation(dataset.train_labels)
