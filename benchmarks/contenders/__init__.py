"""The same epoch in several libraries, one module each.

In: a `Task`. Out: ``prepare(task, block_size)`` → a function that trains one epoch and returns
(summed loss, right predictions, mean |update| of each matrix). Used by worker.py.
"""

from dataclasses import dataclass

import numpy as np

from nn import Dataset, Hyperparameters
from nn.training import first_weights, scaled_rate


@dataclass(frozen=True)
class Task:
    """The sigmoid baseline: the same images, first weights and rate for every contender.

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
    def of(cls, dataset, hidden_units=(256, 128)):
        """The task on a dataset, with the weights of seed 0."""
        choices = Hyperparameters(hidden_units=hidden_units)
        lr = scaled_rate(choices.learning_rate, len(dataset.train_labels))
        return cls(dataset, choices, first_weights(dataset, choices, seed=0), lr)

    def products(self, n_pixels):
        """Floating-point operations of an epoch's matrix products on that many pixels, all images'."""
        first, *others = (W.shape for W in self.weights)
        n_images = len(self.dataset.train_labels)
        # Two products with the first matrix (forward, gradient), three with the others (delta too).
        return 4 * n_pixels * first[1] + 6 * n_images * sum(rows * cols for rows, cols in others)
