"""Losses: what is reported, and the delta that starts the backward pass.

In: outputs Y and one-hot targets T, both (n_images, n_classes), and the output activation.
Out: the loss summed over outputs and images (float), and delta3, shaped like Y. Used by network.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BINARY_CROSS_ENTROPY = r"-\sum_j \left(t_j \ln y_j + (1 - t_j) \ln(1 - y_j)\right)"


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
    """k (Y - T): the delta of cross-entropy with the output activation that belongs to it.

    That is sigmoid, of slope k, for binary and softmax, of no slope, for categorical cross-entropy:
    the derivative of the activation cancels (Bishop, Pattern Recognition and Machine Learning,
    2006, section 5.3). With another output activation it is Y - T all the same, and the gradient
    of nothing.
    """
    return output.slope * (Y - T)


# Each delta of an output y with target t, in LaTeX.
DELTAS = {
    delta_plain: r"k\,(y - t)",
    delta_through_activation: r"(y - t)\,g'(y)",
}


@dataclass(frozen=True)
class Loss:
    """A loss and what others need to know of it.

    Attributes
    ----------
    value : callable
        What is reported, of Y and T.
    delta : callable
        Where the backward pass starts, of Y, T and the output `Activation`.
    label : str
        The name as people read it.
    short : str
        The name in a run's folder.
    formula : str
        The value for one image with outputs y and targets t, in LaTeX.
    output_activation : str or None
        The one output activation with which the delta is a gradient of the value; None: any.
    """

    value: Callable
    delta: Callable
    label: str
    short: str
    formula: str
    output_activation: str | None = None


LOSSES = {
    "squared_error": Loss(
        squared_error,
        delta_through_activation,
        label="squared error",
        short="mse",
        formula=r"\sum_j (y_j - t_j)^2",
    ),
    "binary_cross_entropy": Loss(
        binary_cross_entropy,
        delta_plain,
        label="cross-entropy",
        short="bce",
        formula=BINARY_CROSS_ENTROPY,
        output_activation="sigmoid",
    ),
    "categorical_cross_entropy": Loss(
        categorical_cross_entropy,
        delta_plain,
        label="categorical cross-entropy",
        short="cce",
        formula=r"-\sum_j t_j \ln y_j",
        output_activation="softmax",
    ),
    # Trains exactly like squared_error and only reports cross-entropy: one of two readings of an
    # incomplete listing (see the report's appendix).
    "gated_cross_entropy": Loss(
        binary_cross_entropy,
        delta_through_activation,
        label="cross-entropy reported, δ₃ gated",
        short="gated-bce",
        formula=BINARY_CROSS_ENTROPY,
    ),
}
