"""Activation functions and their derivatives.

In: pre-activations z, which are overwritten, or outputs y = f(z), which are not. Out: arrays of the
same shape and dtype. Used by network.py for training and by inspection.py, which asks where an
activation saturates.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

LEAK = 0.01


def sigmoid(z, slope=1.0):
    """1 / (1 + exp(-slope z)), as tanh(slope z / 2) / 2 + 1/2.

    The same function: it cannot overflow, and its far tail is 0, not a denormal number, which
    processors are slow with.
    """
    z *= slope / 2
    np.tanh(z, out=z)
    z *= 0.5
    z += 0.5
    return z


def sigmoid_derivative(y, slope=1.0):
    """slope y (1 - y)."""
    dy = 1 - y
    dy *= y
    return dy if slope == 1 else slope * dy


def tanh(z):
    return np.tanh(z, out=z)


def tanh_derivative(y):
    """1 - y²."""
    dy = y * y
    return np.subtract(1, dy, out=dy)


def relu(z):
    # Half the time of np.maximum with a scalar.
    return np.clip(z, 0, np.inf, out=z)


def relu_derivative(y):
    return y > 0


def relu6(z):
    return np.clip(z, 0, 6, out=z)


def relu6_derivative(y):
    return (y > 0) & (y < 6)


def leaky_relu(z):
    return np.maximum(z, LEAK * z, out=z)


def leaky_relu_derivative(y):
    """1 above zero, the leak elsewhere."""
    leak = y.dtype.type(LEAK)
    return (y > 0) * (1 - leak) + leak


def softmax(z):
    """exp(z) over its sum along the last axis, shifted by the maximum against overflow."""
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z


@dataclass(frozen=True)
class Activation:
    """An activation function and what others need to know of it.

    Attributes
    ----------
    function : callable
        Of z, which it may overwrite.
    derivative : callable or None
        Written in terms of y = f(z). None for softmax, a function of a whole row: its Jacobian is
        not diagonal, so it goes together with categorical cross-entropy only, whose delta has the
        Jacobian in it.
    label : str
        The name as people read it.
    formula : str
        The function in LaTeX.
    limits : tuple of float
        The outputs that it flattens at.
    takes_slope : bool
        Whether there is a k in f(kz): `function` and `derivative` then have an argument `slope`.
    slope : float
        The k.
    """

    function: Callable
    derivative: Callable | None
    label: str
    formula: str
    limits: tuple[float, ...] = ()
    takes_slope: bool = False
    slope: float = 1.0

    def __call__(self, z):
        return self.function(z)


ACTIVATIONS = {
    "sigmoid": Activation(
        sigmoid,
        sigmoid_derivative,
        label="sigmoid",
        formula=r"f(z) = \frac{1}{1 + e^{-kz}}",
        limits=(0, 1),
        takes_slope=True,
    ),
    "tanh": Activation(
        tanh, tanh_derivative, label="tanh", formula=r"f(z) = \tanh z", limits=(-1, 1)
    ),
    "relu": Activation(
        relu, relu_derivative, label="ReLU", formula=r"f(z) = \max(z, 0)", limits=(0,)
    ),
    "relu6": Activation(
        relu6,
        relu6_derivative,
        label="ReLU6",
        formula=r"f(z) = \min(\max(z, 0), 6)",
        limits=(0, 6),
    ),
    "leaky_relu": Activation(
        leaky_relu,
        leaky_relu_derivative,
        label="leaky ReLU",
        formula=rf"f(z) = \max(z, {LEAK}\,z)",
    ),
    "softmax": Activation(
        softmax,
        None,
        label="softmax",
        formula=r"f(z)_j = \frac{e^{z_j}}{\sum_i e^{z_i}}",
        limits=(0, 1),
    ),
}


def activation(name, slope=1.0):
    """The activation of that name; `slope` is the k of those that take one."""
    entry = ACTIVATIONS[name]
    if not entry.takes_slope:
        return entry
    return replace(
        entry,
        function=partial(entry.function, slope=slope),
        derivative=partial(entry.derivative, slope=slope),
        slope=slope,
    )
