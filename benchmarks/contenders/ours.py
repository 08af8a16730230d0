"""This project's own core, as workflow/scripts/train.py runs it."""

import numpy as np

from nn import Network, blocks
from nn.training import descend


def prepare(task, block_size):
    dataset, network = task.dataset, Network.of(task.choices)
    weights = [W.copy() for W in task.weights]
    train_blocks = _cut(dataset, block_size)

    def epoch():
        loss, n_right, updates = descend(
            network, weights, train_blocks, dataset.pixel_max, len(dataset.classes), task.lr
        )
        for W, U in zip(weights, updates, strict=True):
            W -= U
        return loss, int(n_right), [float(np.abs(U).mean()) for U in updates]

    return epoch


def products(task, block_size):
    """Floating-point operations of the matrix products that an epoch does on the pixels in use."""
    return task.products(sum(block.images.size for block in _cut(task.dataset, block_size)))


def _cut(dataset, block_size):
    return blocks.cut(dataset.train_images, dataset.train_labels, dataset.train_order, block_size)
