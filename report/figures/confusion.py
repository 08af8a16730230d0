"""Picture 3 of every run: what each class is taken for.

In: a `Run`. Out: a figure and its description. `shares` and `paint` also serve row.py.
"""

import numpy as np
import pandas
from matplotlib import colormaps
from matplotlib.colors import ListedColormap

from report.figures import style

RIGHT, WRONG = colormaps["Blues"], colormaps["Oranges"]
NUMBERED = 20  # classes up to which every cell has its number
LEAST_OF_SCALE = 10  # per cent: a few errors among thousands stay pale
SPARE = 0.8  # of the strongest colour: a number in it can still be read


def draw(run, target, summary):
    classes = summary["classes"]
    parts = (("train", "training images"), ("test", "test images"))
    found = [shares(run.inside[f"last_confusion_{part}"]) for part, _ in parts]
    # One scale, so that training and test can be compared.
    worst = max(map(_worst, found))
    numbered = len(classes) <= NUMBERED
    fig = style.figure(max(2.75, 0.16 * len(classes)) if numbered else 0.11 * len(classes) + 1.2)
    axes = fig.subplots(1, 2, sharey=True)
    told = []
    for ax, share, (_, name) in zip(axes, found, parts, strict=True):
        paint(ax, share, worst)
        _name_classes(ax, classes)
        if numbered:
            _write_numbers(ax, share, worst)
        ax.set(xlabel="predicted", title=f"{name}, % of each row")
        told.append(f"{name}: {_describe(share, classes, name)}")
    axes[0].set_ylabel("true")
    if not numbered:
        _add_scales(fig, axes, worst)
    return fig, (
        "Confusion matrices, in per cent of each true class; right answers in blue, errors in "
        f"orange. {' '.join(told)}"
    )


def numbers(run, summary):
    classes = summary["classes"]
    return pandas.DataFrame(
        {"images": part, "true": true, "predicted": predicted, "count": count}
        for part in ("train", "test")
        for true, row in zip(classes, run.inside[f"last_confusion_{part}"], strict=True)
        for predicted, count in zip(classes, row, strict=True)
    )


def shares(counts):
    """A confusion matrix in per cent of each row; NaN in the row of a class without an image."""
    totals = counts.sum(axis=1, keepdims=True)
    return 100 * np.divide(counts, totals, out=np.full(counts.shape, np.nan), where=totals > 0)


def paint(ax, share, worst=None):
    """Right answers in blue, errors in orange, each on a scale of its own; a class without an image in grey.

    Parameters
    ----------
    share : array (classes, classes)
        In per cent, as `shares` returns it.
    worst : float, optional
        The error with the strongest orange, by default that of this matrix.
    """
    worst = worst or _worst(share)
    colors = WRONG(SPARE * share / worst)
    diagonal = np.eye(len(share), dtype=bool)
    colors[diagonal] = RIGHT(share[diagonal] / 100)
    colors[np.isnan(share)] = (0.9, 0.9, 0.9, 1)
    ax.imshow(colors, aspect="auto", interpolation="none")
    ax.grid(False)


def _worst(share):
    """The largest error, where the orange is strongest; never so small that a handful looks like many."""
    errors = share[~np.eye(len(share), dtype=bool)]
    return max(np.nan_to_num(errors).max(initial=0), LEAST_OF_SCALE)


def _name_classes(ax, classes):
    ax.spines[:].set_visible(False)
    style.class_axis(ax, classes)
    ax.set_yticks(np.arange(len(classes)), classes)
    if len(classes) <= NUMBERED:
        borders = np.arange(len(classes) + 1) - 0.5
        for lines in (ax.vlines, ax.hlines):
            lines(borders, borders[0], borders[-1], color="white", linewidth=0.6)
    ax.tick_params(length=0)
    if len(classes) > NUMBERED:
        ax.tick_params("y", labelsize=6)


def _write_numbers(ax, share, worst):
    """Per cent, from half a per cent on."""
    for (row, column), value in np.ndenumerate(share):
        if value >= 0.5:
            dark = value > 60 if row == column else value > 0.8 * worst
            ax.text(
                column, row, f"{value:.0f}", ha="center", va="center", fontsize=6.5,
                color="white" if dark else "#222222",
            )  # fmt: skip


def _add_scales(fig, axes, worst):
    """What the colours stand for, where no number says it."""
    whole = WRONG(np.linspace(0, SPARE, 256))
    for ax, scale, highest, name in (
        (axes[0], RIGHT, 100, "right answers, %"),
        (axes[1], ListedColormap(whole), worst, "errors, %"),
    ):
        bar = fig.colorbar(
            style.scale(scale, highest),
            ax=ax,
            location="bottom",
            shrink=0.7,
            aspect=30,
            pad=0.01,
            label=name,
        )
        bar.outline.set_visible(False)


def _describe(share, classes, images):
    right, shown = np.diag(share), ~np.isnan(np.diag(share))
    told = [f"no {images} of {name}" for name in np.array(classes, dtype=object)[~shown]]
    if shown.any():
        best, least = np.nanargmax(right), np.nanargmin(right)
        told.append(
            f"{classes[best]} is recognised best ({right[best]:.0f} %), "
            f"{classes[least]} worst ({right[least]:.0f} %)"
        )
        wrong = np.nan_to_num(share - np.diag(right))
        np.fill_diagonal(wrong, 0)
        true, taken = np.unravel_index(wrong.argmax(), wrong.shape)
        if wrong.max() > 0:
            told[-1] += (
                f", and {wrong[true, taken]:.0f} % of {classes[true]} are taken for {classes[taken]}"
            )
        never = [classes[i] for i, column in enumerate(share.T) if not np.nansum(column)]
        if never:
            told.append(f"never predicted: {', '.join(never)}")
    return "; ".join(told) + "."
