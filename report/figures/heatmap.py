"""Final training accuracies of a question that varies two keys, a row and a column for each value.

In: an `Experiment` of two keys. Out: a figure and its description.
"""

from itertools import chain
from textwrap import fill

import numpy as np
from matplotlib.patches import Rectangle

from report.figures import style
from report.figures.numbers import by_seed
from report.labels import key_label, value_label

DARK, DIVERGED, BEST = "#222222", "#E9E9E9", "#D55E00"
DARK_TO = 66  # per cent: above it, white has more contrast


def draw(experiment, target, summary):
    keys = experiment.varied
    rows, columns = (_distinct(value[key] for value in experiment.values) for key in keys)
    places = [
        (rows.index(value[keys[0]]), columns.index(value[keys[1]])) for value in experiment.values
    ]
    variants = dict(zip(places, experiment.variants, strict=True))
    labels = dict(zip(places, experiment.labels, strict=True))
    means = {
        place: variant.values("train_accuracy").mean()
        for place, variant in variants.items()
        if not _n_diverged(variant)
    }
    best = [_best(means, row) for row in range(len(rows))]
    n_seeds = len(experiment.variants[0].seeds)

    fig = style.figure(1 + (0.42 if n_seeds > 1 else 0.3) * len(rows))
    ax = fig.subplots()
    shares = np.full((len(rows), len(columns)), np.nan)
    for place, mean in means.items():
        shares[place] = mean
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=100, aspect="auto", interpolation="none")
    framed = list(chain(*best))
    for place, variant in variants.items():
        _cell(ax, place, variant, "semibold" if place in framed else "normal")
    _axes(ax, keys, rows, columns)
    for place in framed:
        _box(ax, place, fill=False, edgecolor=BEST, linewidth=1.6, clip_on=False, zorder=3)
    seeds = f"mean of {n_seeds} seeds, lowest–highest below; " if n_seeds > 1 else ""
    ax.set_title(
        f"training accuracy after the last epoch (%)\n{seeds}framed: the highest of its row"
    )
    return fig, (
        f"Training accuracy after the last epoch by {key_label(keys[0])} (rows) and "
        f"{key_label(keys[1])} (columns), mean of {n_seeds} seed(s). "
        f"{_describe(means, best, labels)}"
    )


def numbers(experiment, summary):
    return by_seed(experiment, train_accuracy=lambda run: run.train_accuracy)


def _distinct(values):
    """Each value once, in order; lists and dicts too, which no set takes."""
    found = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _n_diverged(variant):
    return len(variant.seeds) - len(variant.finished)


def _best(means, row=None):
    """The places with the highest mean, of a row or of all; several where they read the same."""
    some = {place: round(mean, 2) for place, mean in means.items() if row in (None, place[0])}
    return [place for place, mean in some.items() if mean == max(some.values())]


def _cell(ax, place, variant, weight):
    """A variant's mean and, with several seeds, their range; or that it diverged."""
    row, column = place
    accuracies, n_diverged = variant.values("train_accuracy"), _n_diverged(variant)
    if n_diverged:
        _box(ax, place, facecolor=DIVERGED, linewidth=0)
        told, small, ink = "diverged", f"{n_diverged} of {len(accuracies)} seeds", DARK
    else:
        told, small = f"{accuracies.mean():.2f}", f"{accuracies.min():.1f}–{accuracies.max():.1f}"
        ink = "white" if accuracies.mean() > DARK_TO else DARK
    several = len(accuracies) > 1
    look = {"ha": "center", "color": ink}
    ax.text(
        column, row, told, va="bottom" if several else "center", fontsize=8, weight=weight, **look
    )
    if several:
        ax.text(column, row + 0.08, small, va="top", fontsize=6.2, **look)


def _box(ax, place, **look):
    row, column = place
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **look))


def _axes(ax, keys, rows, columns):
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    for axis, key, values, characters in (
        (ax.yaxis, keys[0], rows, 30),
        (ax.xaxis, keys[1], columns, max(90 // len(columns), 6)),
    ):
        names = [
            fill(value_label(key, value), characters, break_long_words=False) for value in values
        ]
        axis.set_ticks(range(len(values)), names)
        axis.set_label_text(key_label(key))
    for lines, n, length in (
        (ax.vlines, len(columns), len(rows)),
        (ax.hlines, len(rows), len(columns)),
    ):
        lines(np.arange(n + 1) - 0.5, -0.5, length - 0.5, color="white", linewidth=1.2)


def _describe(means, best, labels):
    """The pair with the highest mean, that of each row, and what diverged."""

    def named(places):
        return " and ".join(labels[place] for place in places) + f" ({means[places[0]]:.2f} %)"

    told = ["Every pair diverged"]
    if means:
        rows = "; ".join(named(places) for places in best if places)
        told = [f"Highest: {named(_best(means))}", f"Highest of each row: {rows}"]
        if len(means) < len(labels):
            told.append("Diverged: " + "; ".join(labels[p] for p in labels if p not in means))
    return "".join(f"{sentence}. " for sentence in told).strip()
