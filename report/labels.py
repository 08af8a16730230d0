"""Names as people read them: choices, values, runs.

In: hyperparameters as run.json has them. Out: short texts. Used by figures and templates.
"""

from dataclasses import asdict
from fractions import Fraction
from math import ceil, floor, isclose, isfinite, log10

from nn import Hyperparameters
from nn.activations import ACTIVATIONS
from nn.hyperparameters import LABELS
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from nn.specs import parameters

_NAMES = {key: entry.label for table in (ACTIVATIONS, LOSSES) for key, entry in table.items()}
_NAMES |= LABELS
# The assignment's network, and of its choices those that go without saying.
STANDARD = asdict(Hyperparameters())
SAID_WHERE_UNUSUAL = ("schedule", "labels", "hidden_units", "epochs")
KEYS = {
    "learning_rate": "learning rate",
    "slope": "slope k",
    "initializer": "initialisation",
    "activation": "activation",
    "output_activation": "output activation",
    "loss": "loss",
    "schedule": "schedule",
    "labels": "labels",
    "epochs": "epochs",
    "hidden_units": "hidden units",
}


def key_label(*keys):
    """What an experiment varies: one key, or the two of a grid."""
    return " and ".join(KEYS[key] for key in keys)


def name(value):
    """An activation, a loss, or the labels that a run is trained on."""
    return _NAMES[value]


def number(value):
    """A number as short as it can be and still itself: 3e−5, 0.4, 1/3, 200."""
    fraction = Fraction(float(value)).limit_denominator(12)
    if fraction.denominator in (3, 6, 7, 9) and isclose(fraction, value, rel_tol=1e-12):
        return str(fraction).replace("-", "−")
    # As it will be printed: 0.01 that lost its last bit is no 1e−2.
    value = float(f"{value:.12g}")
    if value and not 1e-2 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.11e}".split("e")
        return f"{float(mantissa):.12g}e{int(exponent)}".replace("-", "−")
    return f"{value:.12g}".replace("-", "−")


def accuracy(value):
    """An accuracy in per cent, or that there is none."""
    return "diverged" if value != value else f"{value:.2f} %"


def thousands(count):
    """A whole number, its digits in groups of three: 60 000."""
    return f"{count:,}".replace(",", "\u202f")


def about(count):
    """A whole number rounded up to two significant digits: as much as an estimate deserves."""
    step = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step


def rounded(value, digits=2):
    """A measurement with two significant digits: 0.0042, 3.1e−7, 120."""
    if value != value:
        return "not a number"
    if value in (float("inf"), float("-inf")):
        return "∞" if value > 0 else "−∞"
    if value and not 1e-4 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    if abs(value) >= 10 ** (digits - 1):
        return thousands(round(value)).replace("-", "−")
    return f"{value:.{digits}g}".replace("-", "−")


def rounded_down(value):
    """As `rounded`, and never more than the value: what nothing is below."""
    return rounded(_outwards(value, floor))


def rounded_up(value):
    """As `rounded`, and never less than the value: what nothing is above."""
    return rounded(_outwards(value, ceil))


def _outwards(value, whole):
    if not value or not isfinite(value):
        return value
    step = 10.0 ** (floor(log10(abs(value))) - 1)
    # What is as long as it is printed stays what it is.
    return whole(round(value / step, 6)) * step


def span(low, high):
    """The lowest and the highest of some accuracies, between which their mean lies as printed, too."""
    if low == high:
        return "every seed"
    low, high = floor(round(10 * low, 6)) / 10, ceil(round(10 * high, 6)) / 10
    return f"{low:.1f}–{high:.1f}"


def value_label(key, value):
    """A value of a choice, to stand at an axis or in a legend."""
    if key == "initializer":
        return initializer_label(value)
    if key == "schedule":
        return _spec_label(value, SCHEDULES)
    if key == "hidden_units":
        return " – ".join(map(str, value))
    if key == "slope":
        return f"k = {number(value)}"
    if key == "learning_rate":
        return f"lr {number(value)}"
    if key == "epochs":
        return f"{value} epochs"
    return number(value) if isinstance(value, int | float) else name(value)


def initializer_label(spec):
    return _spec_label(spec, INITIALIZERS)


def _spec_label(spec, table):
    return table[spec["name"]].label(number, **parameters(spec))


def run_label(hyperparameters, usual=STANDARD):
    """A run in one line; a schedule, labels, sizes and epochs as `usual` go without saying."""
    return " · ".join(_parts(hyperparameters, usual).values())


def common_label(several, usual=STANDARD):
    """What some runs have alike, in one line, and as `run_label` says it."""
    if len({h["slope"] for h in several}) > 1:
        # An activation of several slopes is one activation all the same.
        several = [h | {"slope": 1} for h in several]
    first, *others = (_parts(h, usual) for h in several)
    return " · ".join(
        part for key, part in first.items() if all(other.get(key) == part for other in others)
    )


def _parts(h, usual):
    activation = name(h["activation"])
    if h["slope"] != 1:
        activation += f" (k = {number(h['slope'])})"
    if h["output_activation"] != h["activation"]:
        activation += f" + {name(h['output_activation'])}"
    parts = {
        "activation": activation,
        "loss": name(h["loss"]),
        "initializer": initializer_label(h["initializer"]),
        "learning_rate": f"lr {number(h['learning_rate'])}",
    }
    for key in SAID_WHERE_UNUSUAL:
        # JSON knows no tuples.
        apart = (
            tuple(h[key]) != tuple(usual[key]) if key == "hidden_units" else h[key] != usual[key]
        )
        if apart:
            parts[key] = value_label(key, h[key]) + (" units" if key == "hidden_units" else "")
    return parts


def heading(record):
    """What a question is headed by, of its facts or its record in answers.json."""
    number, title = record["question"], record["title"]
    return (
        f"{number} {title}".strip() if not number or number[0].isdigit() else f"{number}: {title}"
    )
