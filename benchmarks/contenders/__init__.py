"""The same epoch in several libraries, one module each.

In: a `Task`. Out: ``prepare(task, block_size)`` → a function that trains one epoch and returns
(summed loss, right predictions, mean |update| of each matrix). Used by worker.py.
"""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.process import BASELINE
from nn import Dataset, Hyperparameters
from nn.training import first_weights, scaled_rate, training_labels


@dataclass(frozen=True)
class Task:
    """What to train: the same images, first weights and rate for every contender.

    Attributes
    ----------
    dataset : Dataset
    choices : Hyperparameters
    weights : three float32 arrays, (fan_in, fan_out)
    lr : float32
        The rate for this number of images.
    """

    dataset: Dataset
    choices: Hyperparameters
    weights: list[np.ndarray]
    lr: np.float32

    @classmethod
    def of(cls, dataset, choices=BASELINE):
        """The task on a dataset, by default the sigmoid baseline, with the weights of seed 0."""
        labels = training_labels(dataset, choices, seed=0)
        lr = scaled_rate(choices.learning_rate, len(labels))
        weights = first_weights(dataset, choices, seed=0)
        return cls(replace(dataset, train_labels=labels), choices, weights, lr)

    def products(self, n_pixels):
        """Floating-point operations of an epoch's matrix products on that many pixels, all images'."""
        first, *others = (W.shape for W in self.weights)
        n_images = len(self.dataset.train_labels)
        # Two products with the first matrix (forward, gradient), three with the others (delta too).
        return 4 * n_pixels * first[1] + 6 * n_images * sum(rows * cols for rows, cols in others)
