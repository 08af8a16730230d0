"""Where runs end beside their first step: all runs of a question, a dot each.

In: an `Experiment`. Out: a figure and its description.
"""

from math import ceil

import numpy as np

from report.facts.ordering import MEASURES
from report.figures import crowd, style
from report.figures.numbers import by_seed
from report.labels import accuracy

RULE_OF_THUMB = 1e-3  # Karpathy, cs231n: |update| over |weight| of a step
COLUMNS = 3
MORE = ("#B5B5B5", "o")
AXES = {
    "first_gradient": "mean |gradient| of W1 before training",
    "first_update": "first |update| over |weight| of W1",
}


def draw(experiment, target, summary):
    del summary
    few, others = crowd.named(experiment), crowd.others(experiment)
    labels = few.labels
    fig = style.figure(2.2 + 0.14 * ceil((len(labels) + bool(others)) / COLUMNS))
    axes = fig.subplots(1, 2, sharey=True)
    looks = style.line_styles(len(labels))
    groups = [(f"{len(others)} more", [run for v in others for run in v.finished], MORE)] * bool(
        others
    )
    groups += [
        (label, variant.finished, (color, marker))
        for label, variant, (color, _, marker) in zip(labels, few.variants, looks, strict=True)
    ]
    left_out = set()
    for ax, (key, words) in zip(axes, AXES.items(), strict=True):
        _, measured = MEASURES[key]
        for label, runs, (color, marker) in groups:
            # Nothing has a place at zero on a log axis.
            placed = [run for run in runs if 0 < measured(run) < np.inf]
            left_out |= {*runs} - {*placed}
            shown = [(measured(run), run.train_accuracy) for run in placed]
            ax.plot(
                *np.transpose(shown).reshape(2, -1),
                marker=marker, color=color, label=label,
                linestyle="", markersize=4, markeredgewidth=0,
            )  # fmt: skip
        style.log_axis(ax, "x")
        ax.set_xlabel(words)
        style.accuracy_axis(ax, target, label="")
    axes[0].set_title("training accuracy at the end (%)")
    axes[1].axvline(RULE_OF_THUMB, color=style.MUTED, linewidth=0.8, linestyle=":", zorder=1)
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=COLUMNS)
    ends = "; ".join(
        f"{label}: {accuracy(variant.mean('train_accuracy'))}"
        for label, variant in zip(labels, few.variants, strict=True)
    )
    return fig, (
        f"Training accuracy at the end of every run against two measures of its first step, for each "
        f"{experiment.varied_label}, log scales; {_left_out(left_out)}"
        f"Mean accuracies{crowd.left_out(experiment)}: {ends}."
    )


def numbers(experiment, summary):
    measured = {key: MEASURES[key][1] for key in AXES}
    return by_seed(experiment, **measured, train_accuracy=lambda run: run.train_accuracy)


def _left_out(runs):
    """A sentence on the runs that have no place on a log axis."""
    if not runs:
        return ""
    of_whom = "1 run has" if len(runs) == 1 else f"{len(runs)} runs have"
    return f"{of_whom} no place, with a measure of zero. "
