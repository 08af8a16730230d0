"""Learning rate schedules.

In: the (maximum) learning rate, the epoch t counted from 0, the number of epochs, parameters.
Out: the learning rate of that epoch, or of all. Used by training.py.
"""

from math import cos, pi


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


SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "cosine_warm_restarts": cosine_warm_restarts,
}


def rates(spec, learning_rate, epochs):
    """The learning rate of every epoch under ``{"name": ..., parameters}``, a list."""
    parameters = {key: value for key, value in spec.items() if key != "name"}
    schedule = SCHEDULES[spec["name"]]
    return [schedule(learning_rate, t, epochs, **parameters) for t in range(epochs)]
