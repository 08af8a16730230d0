"""What starts the backward pass, δ₃ = L₃ - T times something or nothing, beside the loss that is reported.

In: hyperparameters of a variant. Out: what it is multiplied with, and whether it is the gradient of that loss.
Used by standing.py, steps.py and the question about cross-entropy.
"""

import numpy as np

from nn.activations import ACTIVATIONS
from nn.losses import LOSSES, delta_plain, squared_error


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
    """Whether training follows the gradient of the very loss that it reports."""
    loss = LOSSES[hyperparameters["loss"]]
    if loss.delta is delta_plain:
        return loss.output_activation == hyperparameters["output_activation"]
    return loss.value is squared_error
