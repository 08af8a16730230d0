"""What starts the backward pass, δ₃ = L₃ - T times something or nothing, beside the loss that is reported.

In: hyperparameters of a variant. Out: what it is multiplied with, and whether it is the gradient of that loss.
Used by standing.py, steps.py and the question about cross-entropy.
"""

from functools import cache

import numpy as np

from nn.activations import ACTIVATIONS, activation
from nn.losses import LOSSES, delta_plain

# Outputs before their activation at which a delta is held against its loss: where every one is smooth.
Z = np.random.default_rng(0).uniform(0.1, 0.9, (3, 4))
T = np.eye(4)[[2, 0, 3]]
STEP = 1e-6


def multiplied_by(hyperparameters):
    """With what L₃ - T is multiplied: a derivative that is 0 where an output is 0, another one, or none.

    Returns
    -------
    str
        "gated", "open" or "plain".
    """
    if LOSSES[hyperparameters["loss"]].delta is delta_plain:
        return "plain"
    f = ACTIVATIONS[hyperparameters["output_activation"]]
    zero = np.zeros(1, np.float32)
    y = f(zero.copy())
    # Some know more of an output than its value, and those say 0 where they are given it.
    return "open" if f.derivative(y if y[0] == 0 else zero)[0] else "gated"


def descends_its_loss(hyperparameters):
    """Whether training follows the gradient of the very loss that it reports, up to a factor."""
    return _along(*(hyperparameters[key] for key in ("loss", "output_activation", "slope")))


@cache
def _along(loss, output_activation, slope):
    """Whether a delta points along the finite differences of its loss."""
    loss, g = LOSSES[loss], activation(output_activation, slope)

    def value(place, change):
        z = Z.copy()
        z[place] += change
        return loss.value(g(z), T)

    differences = [value(place, STEP) - value(place, -STEP) for place in np.ndindex(*Z.shape)]
    gradient, delta = np.reshape(differences, Z.shape), loss.delta(g(Z.copy()), T, g)
    along = np.sum(gradient * delta) / np.linalg.norm(gradient) / np.linalg.norm(delta)
    return bool(along > 1 - 1e-6)
