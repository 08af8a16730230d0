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
GELU_SCALE, GELU_CUBIC = (2 / np.pi) ** 0.5, 0.044715


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


class WithInput(np.ndarray):
    """Outputs that keep the z they came from: for a derivative that the output alone does not tell."""

    @classmethod
    def of(cls, y, z):
        kept = y.view(cls)
        kept.z = z
        return kept


def silu(z):
    """z sigmoid(z): Swish (Ramachandran et al. 2017)."""
    return WithInput.of(z * sigmoid(z.copy()), z)


def silu_derivative(y):
    """s + z s (1 - s), s being sigmoid(z)."""
    s = sigmoid(y.z.copy())
    return s + y.z * sigmoid_derivative(s)


def gelu(z):
    """z (1 + tanh u) / 2 with u = √(2/π) (z + 0.044715 z³): GELU's tanh form (Hendrycks and Gimpel 2016)."""
    return WithInput.of(0.5 * z * (1 + np.tanh(_gelu_inner(z))), z)


def gelu_derivative(y):
    """(1 + tanh u) / 2 + z (1 - tanh² u) u' / 2."""
    t = np.tanh(_gelu_inner(y.z))
    inner_derivative = GELU_SCALE * (1 + 3 * GELU_CUBIC * np.square(_near(y.z)))
    return 0.5 * (1 + t) + 0.5 * _near(y.z) * (1 - t * t) * inner_derivative


def _gelu_inner(z):
    z = _near(z)
    return GELU_SCALE * (z + GELU_CUBIC * z * z * z)


def _near(z):
    """z where tanh is not flat to the last bit: its cube overflows further out."""
    return np.clip(z, -10, 10)


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
        Of y = f(z), which keeps z where y does not tell it (`WithInput`). None for softmax, a
        function of a whole row: its Jacobian is not diagonal, so it goes together with
        categorical cross-entropy only, whose delta has the Jacobian in it.
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
    "silu": Activation(
        silu,
        silu_derivative,
        label="SiLU",
        formula=r"f(z) = \frac{z}{1 + e^{-z}}",
        limits=(0,),
    ),
    "gelu": Activation(
        gelu,
        gelu_derivative,
        label="GELU",
        formula=r"f(z) = \frac{z}{2} (1 + \tanh (\sqrt{2/\pi} (z + 0.044715\,z^3)))",
        limits=(0,),
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
