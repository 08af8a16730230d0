"""Choices with parameters, written as ``{"name": ..., parameters}``.

In: such a spec, or the function that it names. Out: the parameters, given or by default. Used by
initializers.py, schedules.py and hyperparameters.py, and by report/labels.py, which names them.
"""

import inspect
from typing import get_args


def parameters(spec):
    """What a spec says besides the name."""
    return {key: value for key, value in spec.items() if key != "name"}


def defaults(function):
    """The parameters that a spec may set: a function's arguments that have a default, and these."""
    arguments = inspect.signature(function).parameters.values()
    return {a.name: a.default for a in arguments if a.default is not inspect.Parameter.empty}


def options(function):
    """Those parameters that take one of a few words → the words, as its `Literal` lists them."""
    arguments = inspect.signature(function).parameters.values()
    return {a.name: get_args(a.annotation) for a in arguments if get_args(a.annotation)}
