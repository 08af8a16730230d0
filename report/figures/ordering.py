"""Where runs end beside their first step: all runs of a question, a dot each.

In: an `Experiment`. Out: a figure and its description.
"""

from math import ceil

import numpy as np

from report.facts.ordering import measured
from report.figures import style
from report.labels import accuracy, key_label

RULE_OF_THUMB = 1e-3  # Karpathy, cs231n: |update| over |weight| of a step
MARKERS = "osD^vPX<>phd"
COLUMNS = 3
AXES = {
    "first_gradient": "mean |gradient| of W1 before training",
    "first_update": "first |update| over |weight| of W1",
}


def draw(experiment, target, summary):
    del summary
    labels = experiment.labels
    fig = style.figure(2.2 + 0.14 * ceil(len(labels) / COLUMNS))
    axes = fig.subplots(1, 2, sharey=True)
    colors = style.line_styles(len(labels))
    for ax, (key, words) in zip(axes, AXES.items(), strict=True):
        left_out = 0
        for i, (label, variant) in enumerate(zip(labels, experiment.variants, strict=True)):
            points = [(measured(run, key), run.train_accuracy) for run in variant.finished]
            # Nothing has a place at zero on a log axis.
            shown = [(x, y) for x, y in points if np.isfinite(x) and x > 0]
            left_out += len(points) - len(shown)
            ax.plot(
                *np.transpose(shown).reshape(2, -1),
                marker=MARKERS[i % len(MARKERS)], color=colors[i][0], label=label,
                linestyle="", markersize=4, markeredgewidth=0.4, markeredgecolor="white",
            )  # fmt: skip
        style.log_axis(ax, "x")
        ax.set_xlabel(words)
        style.accuracy_axis(ax, target, label="")
    axes[0].set_title("training accuracy at the end (%)")
    axes[1].axvline(RULE_OF_THUMB, color=style.MUTED, linewidth=0.8, linestyle=":", zorder=1)
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=COLUMNS)
    ends = "; ".join(
        f"{label}: {accuracy(variant.mean('train_accuracy'))}"
        for label, variant in zip(labels, experiment.variants, strict=True)
    )
    return fig, (
        f"Training accuracy at the end of every run against two measures of its first step, for each "
        f"{key_label(*experiment.varied)}, log scales; {left_out} runs whose measure is zero are left out. "
        f"Mean accuracies: {ends}."
    )
