"""Curves that several pictures share: a quantity by epoch, for one run or for several variants.

In: axes, runs. Out: lines on the axes. Used by overview.py, panel.py, loss.py and accuracy.py.
"""

import numpy as np

from report.figures.style import MUTED, epoch_axis, line_styles


def draw_variants(ax, labels, variants, column):
    """A line for each variant (mean over seeds) with a band from the lowest to the highest seed.

    A variant of which a seed diverged ends at the first divergence, with a cross.
    """
    for label, variant, (color, dashes) in zip(
        labels, variants, line_styles(len(variants)), strict=True
    ):
        length = min(len(run.history["epoch"]) for run in variant.seeds)
        epochs = variant.first.history["epoch"][:length]
        values = np.array([run.history[column][:length] for run in variant.seeds])
        diverged = any(run.diverged_at is not None for run in variant.seeds)
        name = f"{label} (diverged)" if diverged else label
        middle = values.mean(axis=0)
        ax.plot(epochs, middle, color=color, linestyle=dashes, label=name)
        if len(values) > 1:
            ax.fill_between(
                epochs, values.min(axis=0), values.max(axis=0), color=color, alpha=0.18, linewidth=0
            )
        finite = np.flatnonzero(np.isfinite(middle))
        if diverged and len(finite):
            ax.plot(epochs[finite[-1]], middle[finite[-1]], marker="x", color=color, markersize=6)
    epoch_axis(ax)


def mark_divergence(ax, run):
    """A note where a single run ended early."""
    if run.diverged_at is not None:
        ax.axvline(run.diverged_at, color=MUTED, linewidth=0.8)
        ax.annotate(
            f"diverged at epoch {run.diverged_at}",
            (run.diverged_at, 0.95),
            xycoords=("data", "axes fraction"),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=7,
            va="top",
        )
