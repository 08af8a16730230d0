"""What the words of the report stand for: the functions in use, each with its formula.

In: the variants' hyperparameters. Out: rows of a table, in the registries' order. Used by render.py.
"""

from nn.activations import ACTIVATIONS
from nn.losses import DELTAS, LOSSES


def activations(used):
    """Every activation function of some hyperparameters, with its formula and limits."""
    names = {h[key] for h in used for key in ("activation", "output_activation")}
    return [entry for name, entry in ACTIVATIONS.items() if name in names]


def losses(used):
    """Every loss of some hyperparameters, those of one formula and one delta together.

    Returns
    -------
    list of (str, str, str)
        Labels, the formula for one image, and δ₃.
    """
    names = {h["loss"] for h in used}
    by_formula = {}
    for name, entry in LOSSES.items():
        if name in names:
            key = entry.formula, DELTAS[entry.delta]
            by_formula.setdefault(key, []).append(entry.label)
    return [(" and ".join(labels), *key) for key, labels in by_formula.items()]
