"""Initial weights.

In: a random generator, the two sides of a weight matrix, and the initialiser's parameters.
Out: float32 weights of shape (fan_in, fan_out). Used by network.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nn.specs import parameters


def uniform(rng, fan_in, fan_out, limit=1.0):
    """Uniform in [-limit, limit)."""
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def normal(rng, fan_in, fan_out, std=1.0):
    """Normal with mean 0."""
    return rng.normal(0, std, (fan_in, fan_out))


def variance_scaling(
    rng, fan_in, fan_out, scale=1.0, mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
):
    """Normal with variance scale / n, where n is fan_in, fan_out or their mean (fan_avg).

    As Keras names it. scale 2 with fan_in or fan_out is He et al. 2015; scale 1 with fan_avg is
    Glorot and Bengio 2010.
    """
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    return normal(rng, fan_in, fan_out, std=np.sqrt(scale / n))


def lecun_normal(rng, fan_in, fan_out):
    """Normal with std 1 / sqrt(fan_in) (LeCun et al. 1998, Efficient BackProp)."""
    return variance_scaling(rng, fan_in, fan_out, scale=1.0, mode="fan_in")


def poisson(rng, fan_in, fan_out, lam=1.0, scale=0.25):
    """Poisson counts with mean lam, times scale: never negative, so every sum is large."""
    return rng.poisson(lam, (fan_in, fan_out)) * scale


def _variance_scaling_label(number, scale, mode):
    if mode == "fan_avg":
        return f"normal, std √({number(2 * scale)}/(fan_in+fan_out))"
    return f"normal, std √({number(scale)}/{mode})"


def _poisson_label(number, lam, scale):
    divisor = 1 / scale
    factor = f"/{number(divisor)}" if divisor.is_integer() else f" × {number(scale)}"
    return f"Poisson({number(lam)}){factor}"


@dataclass(frozen=True)
class Initializer:
    """An initialiser and what others need to know of it.

    Attributes
    ----------
    function : callable
        Draws one matrix, of a generator, fan_in and fan_out; arguments with a default are the
        parameters of a spec.
    label : callable
        What people read for a spec: of a function that writes numbers, and the parameters.
    multiplier : str or None
        The parameter that the weights are proportional to.
    """

    function: Callable
    label: Callable
    multiplier: str | None = None


INITIALIZERS = {
    "uniform": Initializer(
        uniform,
        label=lambda number, limit: f"uniform [−{number(limit)}, {number(limit)})",
        multiplier="limit",
    ),
    "normal": Initializer(
        normal, label=lambda number, std: f"normal, std {number(std)}", multiplier="std"
    ),
    # Its scale is that of the variance, not of the weights.
    "variance_scaling": Initializer(variance_scaling, label=_variance_scaling_label),
    "lecun_normal": Initializer(lecun_normal, label=lambda number: "normal, std 1/√fan_in"),
    "poisson": Initializer(poisson, label=_poisson_label, multiplier="scale"),
}


def initialize(spec, sizes, seed):
    """Draw every weight matrix from a random stream of its own.

    Parameters
    ----------
    spec : dict
        ``{"name": ..., parameters}``, the name being a key of `INITIALIZERS`.
    sizes : sequence of int
        Units of each layer, the input first.
    seed : numpy.random.SeedSequence

    Returns
    -------
    list of float32 arrays, shapes (sizes[i], sizes[i + 1])
    """
    return [W.astype(np.float32) for W in _draws(spec, sizes, seed)]


def same_draws(spec, other):
    """Whether two initialisers make the same draws, up to one factor a matrix, from every seed.

    Found by drawing: some matrices of each, from the same seeds, are multiples of the other's.
    A matrix of zeros says nothing: where one is drawn, only equal specs count as the same.

    Parameters
    ----------
    spec, other : dict
        ``{"name": ..., parameters}``

    Returns
    -------
    bool
    """
    return spec == other or all(
        _proportional(A, B)
        for seed in range(3)
        for A, B in zip(
            *(_draws(each, (64, 48, 32), np.random.SeedSequence(seed)) for each in (spec, other)),
            strict=True,
        )
    )


def _draws(spec, sizes, seed):
    """The matrices as drawn, not yet float32."""
    draw = INITIALIZERS[spec["name"]].function
    streams = seed.spawn(len(sizes) - 1)
    return [
        draw(np.random.default_rng(stream), fan_in, fan_out, **parameters(spec))
        for stream, fan_in, fan_out in zip(streams, sizes[:-1], sizes[1:], strict=True)
    ]


def _proportional(A, B, tolerance=1e-9):
    """Whether B is a multiple of A, and neither is zero all over."""
    if not (A.any() and B.any()):
        return False
    largest = np.unravel_index(np.abs(A).argmax(), A.shape)
    distance = np.abs(A * (B[largest] / A[largest]) - B).max()
    return bool(distance <= tolerance * np.abs(B).max())
