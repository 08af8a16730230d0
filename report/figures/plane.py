"""Networks with a slope and without on one plane: the scale of their weights, and the rate that they learn at.

A network with slope k, weights W and learning rate η is the network with slope 1, weights kW and rate k²η.
In: all variants. Out: a figure and its description.
"""

from collections import Counter

import numpy as np
import pandas
from matplotlib import colormaps

from nn.initializers import INITIALIZERS
from nn.specs import defaults
from report.figures import style
from report.labels import accuracy, number

COLORS = colormaps["Blues"]
ALIKE = ("slope", "learning_rate", "initializer")


def draw(variants, target, summary):
    table = numbers(variants, summary)
    fig = style.figure(3.2)
    ax = fig.subplots()
    # Twins are one point: the one with a slope is drawn around the other.
    for sloped, marker, size in ((True, "s", 11), (False, "o", 7)):
        for row in table[(table.slope != 1) == sloped].itertuples():
            lost = row.train_accuracy != row.train_accuracy
            color = "white" if lost else COLORS(row.train_accuracy / 100)
            ax.plot(row.rate, row.scale, marker, color=color, markersize=size, markeredgecolor="#222222",
                    markeredgewidth=0.6)  # fmt: skip
            if lost:
                ax.plot(row.rate, row.scale, "x", color="#222222", markersize=4)
    squares = table[table.slope != 1]
    for row in table.itertuples():
        twins = np.isclose(squares.rate, row.rate, atol=0) & np.isclose(squares.scale, row.scale)
        if row.slope == 1 and (squares.train_accuracy[twins] == row.train_accuracy).any():
            # Its square says it.
            continue
        told = (
            "diverged" if row.train_accuracy != row.train_accuracy else f"{row.train_accuracy:.0f}"
        )
        sloped = row.slope != 1
        ax.annotate(
            f"k = {number(row.slope)}: {told}" if sloped else told, (row.rate, row.scale),
            (7.5, 0) if sloped else (0, -5.5), textcoords="offset points", fontsize=6.5,
            ha="left" if sloped else "center", va="center" if sloped else "top",
        )  # fmt: skip
    for axis in "xy":
        style.log_axis(ax, axis)
    ax.margins(0.08, 0.2)
    ax.set(xlabel="learning rate in effect, k²η", ylabel="scale of the first weights, k times")
    colors = fig.colorbar(style.scale(COLORS, 100), ax=ax, pad=0.02, aspect=25)
    colors.outline.set_visible(False)
    colors.set_label("training accuracy (%)")
    listed = "; ".join(
        f"k = {number(row.slope)}, η = {number(row.learning_rate)}: scale {number(row.scale)}, rate "
        f"{row.rate:.3g}, {accuracy(row.train_accuracy)}"
        for row in table.itertuples()
    )
    return fig, (
        "Networks by the learning rate in effect and the scale of their first weights, both on log scales; "
        f"squares have a slope, discs have none. {listed}."
    )


def numbers(variants, summary):
    return pandas.DataFrame(
        {
            "variant": variant.name,
            "slope": (slope := variant.hyperparameters["slope"]),
            "learning_rate": (rate := variant.hyperparameters["learning_rate"]),
            "scale": slope * _multiplier(variant.hyperparameters["initializer"]),
            "rate": slope**2 * rate,
            "train_accuracy": variant.mean("train_accuracy"),
        }
        for variant in family(variants)
    )


def family(variants):
    """The variants that differ from one with a slope in slope, rate and scale of the weights at most.

    Of several families the one in which most have a slope.
    """
    sloped = Counter(
        _rest(v.hyperparameters) for v in variants.values() if v.hyperparameters["slope"] != 1
    )
    if not sloped:
        return []
    (most, _), *_ = sloped.most_common()
    return [v for v in variants.values() if _rest(v.hyperparameters) == most]


def _rest(hyperparameters):
    return (
        hyperparameters["initializer"]["name"],
        *(f"{value}" for key, value in hyperparameters.items() if key not in ALIKE),
    )


def _multiplier(spec):
    """The parameter that the weights are proportional to; 1 where an initialiser has none."""
    entry = INITIALIZERS[spec["name"]]
    return spec.get(entry.multiplier, defaults(entry.function).get(entry.multiplier, 1))
