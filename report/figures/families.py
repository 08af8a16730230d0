"""All runs at a glance: their final training accuracy, a row for each activation.

In: all variants. Out: a figure and its description.
"""

from itertools import pairwise

import numpy as np
import pandas

from report import labels
from report.figures import style


def draw(variants, target, summary):
    families = {}
    for name, variant in _named(variants):
        families.setdefault(name, []).append(variant.mean("train_accuracy"))
    # As wide as a telephone shows without making it smaller.
    fig = style.figure(0.55 + 0.3 * len(families), style.NARROW)
    ax = fig.subplots()
    for row, accuracies in enumerate(families.values()):
        # Of those that diverged there is nothing to show.
        means = np.array([mean for mean in accuracies if mean == mean])
        ax.plot(means, _apart(means) + row, "o", color="#0072B2", markersize=5, alpha=0.55,
                markeredgewidth=0, clip_on=False)  # fmt: skip
    ax.set_yticks(range(len(families)), families)
    ax.set(xlim=(0, 100), ylim=(len(families) - 0.5, -0.5), xlabel="training accuracy (%)")
    ax.axvline(target, color=style.MUTED, linewidth=0.8, linestyle=(0, (3, 2)))
    ax.grid(False, axis="y")
    listed = "; ".join(
        f"{name}: {len(values)} variants, best {labels.accuracy(np.fmax.reduce(values))}"
        for name, values in families.items()
    )
    return fig, f"Final training accuracy of every variant, by activation. {listed}."


def numbers(variants, summary):
    return pandas.DataFrame(
        {"activation": name, "variant": v.name, "train_accuracy": v.mean("train_accuracy")}
        for name, v in _named(variants)
    )


def _named(variants):
    """(its activations, variant) of every variant that learns true labels."""
    for variant in variants.values():
        chosen = variant.hyperparameters
        if chosen["labels"] == "original":
            name = labels.name(chosen["activation"])
            if chosen["output_activation"] != chosen["activation"]:
                name += f" + {labels.name(chosen['output_activation'])}"
            yield name, variant


def _apart(values, near=1.2, step=0.13):
    """Vertical offsets that keep dots with nearly equal values from hiding each other."""
    offsets = np.zeros(len(values))
    order = np.argsort(values, kind="stable")
    rank = 0
    for before, place in pairwise(order):
        rank = rank + 1 if values[place] - values[before] < near else 0
        offsets[place] = step * ((rank + 1) // 2) * (1 if rank % 2 else -1)
    return np.clip(offsets, -0.42, 0.42)
