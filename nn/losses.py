"""Losses: what is reported, and the delta that starts the backward pass.

In: outputs Y and one-hot targets T, both (n_images, n_classes), and the output activation.
Out: the loss summed over outputs and images (float), and delta3, shaped like Y. Used by network.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def squared_error(Y, T):
    """Sum of (Y - T)²."""
    return float(np.square(Y - T).sum())


def binary_cross_entropy(Y, T):
    """Sum of -T ln Y - (1 - T) ln(1 - Y), for T of zeros and ones.

    Each output counts as at least one machine epsilon away from 0 and 1, as in Keras, so that an
    output that is exactly wrong costs much, but not infinity.
    """
    right = np.where(T > 0, Y, 1 - Y)
    return _negative_log(right)


def categorical_cross_entropy(Y, T):
    """Sum of -ln Y over the outputs whose target is one."""
    return _negative_log(Y[T > 0])


def _negative_log(probability):
    epsilon = np.finfo(probability.dtype).eps
    return -float(np.log(np.clip(probability, epsilon, 1 - epsilon)).sum())


def delta_through_activation(Y, T, output):
    """(Y - T) f'(Y): the squared error's delta without its factor 2."""
    return (Y - T) * output.derivative(Y)


def delta_plain(Y, T, output):
    """Y - T: the delta of cross-entropy with the output activation that belongs to it.

    That is sigmoid (slope 1) for binary and softmax for categorical cross-entropy: the derivative
    of the activation cancels (Bishop, Pattern Recognition and Machine Learning, 2006, section 5.3).
    """
    return Y - T


@dataclass(frozen=True)
class Loss:
    """The reported value and the delta of the backward pass."""

    value: Callable
    delta: Callable


LOSSES = {
    "squared_error": Loss(squared_error, delta_through_activation),
    "binary_cross_entropy": Loss(binary_cross_entropy, delta_plain),
    "categorical_cross_entropy": Loss(categorical_cross_entropy, delta_plain),
    # Trains exactly like squared_error and only reports cross-entropy: one of two readings of an
    # incomplete listing (see the report's appendix).
    "gated_cross_entropy": Loss(binary_cross_entropy, delta_through_activation),
}
