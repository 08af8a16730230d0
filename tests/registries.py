"""Walks over nn's tables: what tests go through, so that a new entry needs no edit of a test."""

from itertools import product

from nn import HyperparameterError, Hyperparameters
from nn.activations import ACTIVATIONS
from nn.losses import LOSSES
from nn.specs import defaults, options
from workflow.configuration.schema import Validator, schema

SLOPES = (1.0, 0.4, 3.0)


def specs(table):
    """Every entry of a table of initialisers or schedules, with each mix of parameters once."""
    return [
        {"name": name} | dict(zip(choices, mix, strict=True))
        for name, entry in table.items()
        for choices in [_choices(entry.function)]
        for mix in product(*choices.values())
    ]


def _choices(function):
    """Parameter → values: its options, or numbers about its default."""
    listed = options(function)
    return {key: listed.get(key) or _about(key, value) for key, value in defaults(function).items()}


def _about(key, value):
    if isinstance(value, int):
        return (1, 2, 4, 5)
    others = (1e-5, 1.000001e-5, 0.0300001, 0.0300002, 0.25, 1 / 3, 0.333333, 0.5, 1.0, 2.0, 7.0)
    # No more than a configuration may say.
    allowed = Validator(schema()["$defs"]["named"]["properties"].get(key, {}))
    return tuple(other for other in dict.fromkeys((value, *others)) if allowed.is_valid(other))


def networks():
    """Every activation, output activation, loss and slope that fit each other."""
    for activation, output, loss, slope in product(ACTIVATIONS, ACTIVATIONS, LOSSES, SLOPES):
        try:
            yield Hyperparameters(activation, slope, output, loss)
        except HyperparameterError:
            continue


def told(run):
    """What a network of `networks` is, as the name of a test."""
    return f"{run.activation}-{run.output_activation}-{run.loss}-{run.slope:g}"
