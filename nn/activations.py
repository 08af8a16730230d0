"""Activation functions and their derivatives.

In: pre-activations z, which are overwritten, or outputs y = f(z), which are not. Out: arrays of the
same shape and dtype. Used by network.py for training and by inspection.py, which asks where an
activation saturates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

LEAK = 0.01


def sigmoid(z, slope=1.0):
    """1 / (1 + exp(-slope z)), whose limit 0 comes out right where exp overflows to infinity."""
    z *= -slope
    with np.errstate(over="ignore"):
        np.exp(z, out=z)
    z += 1
    return np.divide(1, z, out=z)


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
    return np.maximum(z, 0, out=z)


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
    return np.maximum(y > 0, y.dtype.type(LEAK))


def softmax(z):
    """exp(z) over its sum along the last axis, shifted by the maximum against overflow."""
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z


@dataclass(frozen=True)
class Activation:
    """A function of z, its derivative written in terms of y = f(z), and the limits it flattens at.

    `derivative` is None for softmax: its Jacobian is not diagonal, so it goes together with
    categorical cross-entropy only, whose delta has the Jacobian in it.
    """

    function: Callable
    derivative: Callable | None
    limits: tuple[float, ...] = ()

    def __call__(self, z):
        return self.function(z)


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative, limits=(0, 1)),
    "tanh": Activation(tanh, tanh_derivative, limits=(-1, 1)),
    "relu": Activation(relu, relu_derivative, limits=(0,)),
    "relu6": Activation(relu6, relu6_derivative, limits=(0, 6)),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "softmax": Activation(softmax, None, limits=(0, 1)),
}


def activation(name, slope=1.0):
    """The activation of that name; `slope` is the k of sigmoid(k z), the others have none."""
    if name == "sigmoid":
        return Activation(
            partial(sigmoid, slope=slope), partial(sigmoid_derivative, slope=slope), limits=(0, 1)
        )
    return ACTIVATIONS[name]
