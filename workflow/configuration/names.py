"""What variants are called: by their folders and by an experiment.

In: hyperparameters, values. Out: short texts that differ where what they name does, for plan.py; the
names in a variant's own choices, for the rule that trains it.
"""

from nn import Hyperparameters
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from nn.specs import defaults, parameters
from report.labels import value_label


def slug(variant):
    """A readable name made of every choice; those of the assignment's network go without saying."""
    standard = Hyperparameters()
    parts = [variant.activation]
    if variant.slope != 1:
        parts[0] += f"-k{_short(variant.slope)}"
    if variant.output_activation != variant.activation:
        parts.append(variant.output_activation)
    parts += [LOSSES[variant.loss].short, _spec_slug(variant.initializer, INITIALIZERS)]
    parts.append(f"lr{_short(variant.learning_rate)}")
    if variant.schedule != standard.schedule:
        parts.append(_spec_slug(variant.schedule, SCHEDULES))
    if variant.labels != standard.labels:
        parts.append(f"{variant.labels}-labels")
    if variant.hidden_units != standard.hidden_units:
        parts.append("-".join(map(str, variant.hidden_units)) + "-units")
    if variant.epochs != standard.epochs:
        parts.append(f"{variant.epochs}-epochs")
    return "_".join(part.replace("_", "-") for part in parts)


def label(values):
    """What an experiment calls the variant that has these values of what it varies."""
    return ", ".join(value_label(key, value) for key, value in values.items())


def entries(variant):
    """The names of the entries of tables in `nn` that a variant is made with, a frozenset."""
    specs = (variant.initializer, variant.schedule)
    names = (variant.activation, variant.output_activation, variant.loss)
    return frozenset((*names, *(spec["name"] for spec in specs)))


def _spec_slug(spec, table):
    standard = defaults(table[spec["name"]].function)
    parts = [spec["name"]]
    for key, value in parameters(spec).items():
        if value != standard[key]:
            # A word says itself which parameter it is; of numbers only the first may go without.
            bare = isinstance(value, str) or key == next(iter(standard))
            parts.append(("" if bare else key) + _short(value))
    return "-".join(parts)


def _short(value):
    return value if isinstance(value, str) else f"{value:.6g}"
