"""The choices that define a run.

In: names and numbers. Out: a checked, immutable record of them. Used by training.py, and by
workflow/configuration/plan.py, which resolves the configuration into such records.
"""

from dataclasses import dataclass, field

from nn.activations import ACTIVATIONS
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from nn.specs import defaults, options

# What a run is trained on → how people read it.
LABELS = {"original": "true labels", "shuffled": "shuffled labels"}

LARGEST = 1e18  # parameter of an initialiser: what is drawn with it stays within float32, a count within 64 bits


class HyperparameterError(ValueError):
    """A choice that does not exist or does not fit another, told in one line."""


@dataclass(frozen=True)
class Hyperparameters:
    """What a run is, apart from its data and its seed.

    Parameters
    ----------
    activation : str
        Of both hidden layers and, unless `output_activation` says otherwise, of the output layer.
    slope : float
        The k of sigmoid(kz).
    output_activation : str, optional
    loss : str
    initializer, schedule : str or dict
        A name, or ``{"name": ..., parameters}``.
    learning_rate : float
        Quoted for 60,000 images (the gradient is a sum over them); if scheduled, the largest.
    epochs : int
    hidden_units : tuple of two ints
    labels : {"original", "shuffled"}
        "shuffled" deals the training labels out anew at random (Zhang et al. 2017).
    """

    activation: str = "sigmoid"
    slope: float = 1.0
    output_activation: str | None = None
    loss: str = "squared_error"
    initializer: dict = field(default_factory=lambda: {"name": "uniform", "limit": 1.0})
    learning_rate: float = 1e-5
    schedule: dict = field(default_factory=lambda: {"name": "constant"})
    epochs: int = 200
    hidden_units: tuple[int, int] = (256, 128)
    labels: str = "original"

    def __post_init__(self):
        def settle(name, value):
            object.__setattr__(self, name, value)

        if self.output_activation is None:
            settle("output_activation", self.activation)
        settle("initializer", _with_defaults("initializer", self.initializer, INITIALIZERS))
        settle("schedule", _with_defaults("schedule", self.schedule, SCHEDULES))
        settle("hidden_units", tuple(self.hidden_units))
        self._check()

    def _check(self):
        for key, known in (
            ("activation", [name for name in ACTIVATIONS if not _of_a_row(name)]),
            ("output_activation", ACTIVATIONS),
            ("loss", LOSSES),
            ("labels", LABELS),
        ):
            if getattr(self, key) not in known:
                raise HyperparameterError(
                    f"{key}: found {getattr(self, key)!r}, expected one of {', '.join(known)}"
                )
        belonging = LOSSES[self.loss].output_activation
        of_a_row = next(filter(_of_a_row, (self.output_activation, belonging)), None)
        if of_a_row and self.output_activation != belonging:
            losses = [name for name in LOSSES if LOSSES[name].output_activation == of_a_row]
            raise HyperparameterError(
                f"output_activation: found {self.output_activation!r} with loss {self.loss!r}, expected "
                f"both or neither: {of_a_row} and {' or '.join(losses)} go together only"
            )
        sloped = [name for name in ACTIVATIONS if ACTIVATIONS[name].takes_slope]
        if self.slope != 1 and not {self.activation, self.output_activation} & set(sloped):
            raise HyperparameterError(
                f"slope: found {self.slope:g} with activation {self.activation!r}, "
                f"expected 1: only {' and '.join(sloped)} has a slope"
            )
        for key in ("slope", "learning_rate", "epochs"):
            if not getattr(self, key) > 0:
                raise HyperparameterError(
                    f"{key}: found {getattr(self, key)!r}, expected a number above 0"
                )
        for parameter, value in self.initializer.items():
            if isinstance(value, float | int) and value > LARGEST:
                raise HyperparameterError(
                    f"initializer {self.initializer['name']}: found {parameter} {value:g}, expected at "
                    f"most {LARGEST:g}: weights are float32"
                )
        self._check_schedule()
        if len(self.hidden_units) != 2 or min(self.hidden_units) < 1:
            raise HyperparameterError(
                f"hidden_units: found {list(self.hidden_units)}, expected two numbers of units"
            )

    def _check_schedule(self):
        name = self.schedule["name"]
        minimum, cycles = self.schedule.get("minimum", 0), self.schedule.get("cycles", 1)
        if minimum > self.learning_rate:
            raise HyperparameterError(
                f"schedule {name}: found minimum {minimum!r}, expected at most the learning rate, "
                f"{self.learning_rate!r}"
            )
        if cycles > self.epochs:
            raise HyperparameterError(
                f"schedule {name}: found {cycles} cycles in {self.epochs} epochs, expected at most "
                "one an epoch; take fewer, or more epochs"
            )


def _of_a_row(activation):
    """Whether an activation is a function of a whole row, fit for an output layer alone."""
    return activation is not None and ACTIVATIONS[activation].derivative is None


def _with_defaults(key, spec, table):
    """``{"name": ..., parameters}`` with every parameter of the named function written out."""
    spec = {"name": spec} if isinstance(spec, str) else dict(spec)
    name = spec.get("name")
    if name not in table:
        raise HyperparameterError(f"{key}: found {name!r}, expected one of {', '.join(table)}")
    known = defaults(table[name].function)
    unknown = set(spec) - {"name"} - set(known)
    if unknown:
        expected = ", ".join(known) or "none"
        raise HyperparameterError(
            f"{key} {name}: found parameter {min(unknown)!r}, expected {expected}"
        )
    for parameter, words in options(table[name].function).items():
        if spec.get(parameter, words[0]) not in words:
            raise HyperparameterError(
                f"{key} {name}: found {parameter} {spec[parameter]!r}, "
                f"expected one of {', '.join(words)}"
            )
    return {"name": name} | known | spec
