"""Initial weights.

In: a random generator, the two sides of a weight matrix, and the initialiser's parameters.
Out: float32 weights of shape (fan_in, fan_out). Used by network.py.
"""

import numpy as np


def uniform(rng, fan_in, fan_out, limit=1.0):
    """Uniform in [-limit, limit)."""
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def normal(rng, fan_in, fan_out, std=1.0):
    """Normal with mean 0."""
    return rng.normal(0, std, (fan_in, fan_out))


def variance_scaling(rng, fan_in, fan_out, scale=1.0, mode="fan_in"):
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


INITIALIZERS = {
    "uniform": uniform,
    "normal": normal,
    "variance_scaling": variance_scaling,
    "lecun_normal": lecun_normal,
    "poisson": poisson,
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
    parameters = {key: value for key, value in spec.items() if key != "name"}
    draw = INITIALIZERS[spec["name"]]
    streams = seed.spawn(len(sizes) - 1)
    return [
        draw(np.random.default_rng(stream), fan_in, fan_out, **parameters).astype(np.float32)
        for stream, fan_in, fan_out in zip(streams, sizes[:-1], sizes[1:], strict=True)
    ]
