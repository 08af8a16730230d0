"""Learning rate schedules.

In: the (maximum) learning rate, the epoch t counted from 0, the number of epochs, parameters.
Out: the learning rate of that epoch, or of all. Used by training.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

from nn.specs import parameters


def constant(learning_rate, t, epochs):
    return learning_rate


def cosine(learning_rate, t, epochs, minimum=0.0, cycles=1):
    """minimum + (learning_rate - minimum) (1 + cos(π t / (epochs / cycles))) / 2.

    The formula of Loshchilov and Hutter 2017; with more than one cycle the rate comes back up as
    smoothly as it went down.
    """
    return minimum + (learning_rate - minimum) * (1 + cos(pi * t * cycles / epochs)) / 2


def cosine_warm_restarts(learning_rate, t, epochs, minimum=0.0, cycles=4):
    """The same descent `cycles` times over, each from the full rate again (SGDR, ibid.)."""
    period = epochs / cycles
    return cosine(learning_rate, t % period, period, minimum)


def _cosine_label(name):
    def label(number, minimum, cycles):
        repeated = f" (×{number(cycles)})" if cycles != 1 else ""
        return name + repeated + (f" to {number(minimum)}" if minimum else "")

    return label


@dataclass(frozen=True)
class Schedule:
    """A schedule and what others need to know of it.

    Attributes
    ----------
    function : callable
        Of the learning rate, the epoch and the number of epochs; arguments with a default are the
        parameters of a spec.
    label : callable
        What people read for a spec: of a function that writes numbers, and the parameters.
    """

    function: Callable
    label: Callable


SCHEDULES = {
    "constant": Schedule(constant, label=lambda number: "constant"),
    "cosine": Schedule(cosine, label=_cosine_label("cosine")),
    "cosine_warm_restarts": Schedule(
        cosine_warm_restarts, label=_cosine_label("cosine, warm restarts")
    ),
}


def rates(spec, learning_rate, epochs):
    """The learning rate of every epoch under ``{"name": ..., parameters}``, a list."""
    schedule = SCHEDULES[spec["name"]].function
    return [schedule(learning_rate, t, epochs, **parameters(spec)) for t in range(epochs)]
