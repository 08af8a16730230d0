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
