"""The choices that define a run.

In: names and numbers. Out: a checked, immutable record of them. Used by training.py, and by
workflow/experiments.py, which resolves the configuration into such records.
"""

import inspect
from dataclasses import dataclass, field

from nn.activations import ACTIVATIONS
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES

LABELS = ("original", "shuffled")


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
        The k of sigmoid(k z).
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
        settle("initializer", _with_defaults("initializer", self.initializer, INITIALIZERS, 3))
        settle("schedule", _with_defaults("schedule", self.schedule, SCHEDULES, 3))
        settle("hidden_units", tuple(self.hidden_units))
        self._check()

    def _check(self):
        for key, known in (
            ("activation", [name for name in ACTIVATIONS if name != "softmax"]),
            ("output_activation", ACTIVATIONS),
            ("loss", LOSSES),
            ("labels", LABELS),
        ):
            if getattr(self, key) not in known:
                raise HyperparameterError(
                    f"{key}: found {getattr(self, key)!r}, expected one of {', '.join(known)}"
                )
        if (self.output_activation == "softmax") != (self.loss == "categorical_cross_entropy"):
            raise HyperparameterError(
                f"output_activation {self.output_activation!r} with loss {self.loss!r}: softmax "
                "and categorical_cross_entropy go together only; set both or neither"
            )
        if self.slope != 1 and "sigmoid" not in (self.activation, self.output_activation):
            raise HyperparameterError(
                f"slope: found {self.slope:g} with activation {self.activation!r}, "
                "expected 1: only sigmoid has a slope"
            )
        for key in ("slope", "learning_rate", "epochs"):
            if not getattr(self, key) > 0:
                raise HyperparameterError(
                    f"{key}: found {getattr(self, key)!r}, expected a number above 0"
                )
        if len(self.hidden_units) != 2 or min(self.hidden_units) < 1:
            raise HyperparameterError(
                f"hidden_units: found {list(self.hidden_units)}, expected two numbers of units"
            )


def _with_defaults(key, spec, table, n_arguments):
    """``{"name": ..., parameters}`` with every parameter of the named function written out."""
    spec = {"name": spec} if isinstance(spec, str) else dict(spec)
    name = spec.get("name")
    if name not in table:
        raise HyperparameterError(f"{key}: found {name!r}, expected one of {', '.join(table)}")
    parameters = list(inspect.signature(table[name]).parameters.values())[n_arguments:]
    defaults = {parameter.name: parameter.default for parameter in parameters}
    unknown = set(spec) - {"name"} - set(defaults)
    if unknown:
        expected = ", ".join(defaults) or "none"
        raise HyperparameterError(
            f"{key} {name}: found parameter {min(unknown)!r}, expected {expected}"
        )
    return {"name": name} | defaults | spec
