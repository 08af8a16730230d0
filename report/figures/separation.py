"""How well the second hidden layer separates the classes, from the worst run to the best.

In: all variants. Out: a figure and its description. The ranking is by mean training accuracy, the maps are
those of first seeds; runs in between are taken at even steps of rank.
"""

import numpy as np
import pandas

from report.figures import map as map_figure
from report.figures import style
from report.figures.map import agreement, draw_map, name_classes
from report.labels import accuracy

SHOWN = 6


def draw(variants, target, summary):
    shown = ladder(variants)
    fig = style.figure(2.15 * ((len(shown) + 2) // 3))
    axes = fig.subplots((len(shown) + 2) // 3, 3, squeeze=False).flat
    listed = []
    for ax, variant in zip(axes, shown, strict=False):
        run = variant.first
        draw_map(ax, run, summary["classes"])
        name = variant.label.split(" · ")
        ax.set_title(
            f"train accuracy {accuracy(run.train_accuracy)}\n{', '.join(name[:2])}\n{', '.join(name[2:])}\n"
            f"neighbours mostly of the own class: {agreement(run)}",
            fontsize=6.8, fontweight="normal",
        )  # fmt: skip
        listed.append(f"{accuracy(run.train_accuracy)}: {agreement(run)}")
    for ax in list(axes)[len(shown) :]:
        ax.set_axis_off()
    name_classes(fig, summary["classes"])
    return fig, (
        "t-SNE maps of the second hidden layer for runs from the worst to the best. Training accuracy, "
        f"and share of images whose nearest neighbours are mostly of their class — {'; '.join(listed)}."
    )


def numbers(variants, summary):
    return pandas.concat(
        map_figure.numbers(run, summary).assign(
            run=run.name, train_accuracy=run.train_accuracy, agreement=run.embedding["agreement"]
        )
        for run in (variant.first for variant in ladder(variants))
    )


def ladder(variants):
    """Up to `SHOWN` variants (true labels) from the worst that did not diverge to the best.

    The ends are the best and the worst that the report speaks of.
    """
    asked = [v for v in variants.values() if v.hyperparameters["labels"] == "original"]
    whole = [v for v in asked if len(v.finished) == len(v.seeds)]
    ranked = sorted(whole or asked, key=_rank, reverse=True)
    places = np.linspace(0, len(ranked) - 1, min(SHOWN, len(ranked))).round().astype(int)
    return [ranked[place] for place in places]


def _rank(variant):
    # As facts rank: rounded, so that equal counts are equal, and those by their names.
    return -round(variant.mean("train_accuracy"), 6), variant.label
