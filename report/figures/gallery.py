"""Every run of a question side by side, a row each: first weights, activations, confusion, curves.

In: an `Experiment`. Out: a figure and its description.
"""

import numpy as np

from report.figures import style
from report.labels import accuracy


def draw(experiment, target, summary):
    n = len(experiment.variants)
    height = 0.35 + 0.56 * n
    fig = style.figure(height)
    # Fixed places: a search for a layout takes as long as all the drawing.
    fig.set_layout_engine("none")
    places = {"left": 0.005, "right": 0.995, "top": 1 - 0.22 / height, "bottom": 0.18 / height}
    rows = fig.subplots(
        n, 6, squeeze=False, width_ratios=[1.25, 1, 1, 1, 1.3, 1.3],
        gridspec_kw=places | {"wspace": 0.3, "hspace": 0.3},
    )  # fmt: skip
    titles = ("", "W1, mean", "L1, mean", "confusion", "loss (log)", "accuracy (%)")
    for ax, title in zip(rows[0], titles, strict=True):
        ax.set_title(title, fontsize=7.5)
    for row, label, variant in zip(rows, experiment.labels, experiment.variants, strict=True):
        _row(row, label, variant.first, target)
    listed = "; ".join(
        f"{label}: {accuracy(variant.first.train_accuracy)}"
        for label, variant in zip(experiment.labels, experiment.variants, strict=True)
    )
    return fig, (
        "For each run (first seed): the first weight matrix averaged over its units, mean activations "
        f"of the first layer, confusion matrix, loss and accuracy by epoch. Accuracies — {listed}."
    )


def _row(axes, label, run, target):
    text_ax, weights_ax, activation_ax, confusion_ax, loss_ax, accuracy_ax = axes
    text_ax.set_axis_off()
    text_ax.text(
        0, 0.5, f"{_wrapped(label)}\n{_ends(run)}",
        va="center", fontsize=7.5, transform=text_ax.transAxes,
    )  # fmt: skip
    average = run.weights["W1"].mean(axis=1)
    largest = np.abs(average).max() or 1
    style.plain_image(
        weights_ax, average.reshape(run.inside["example_image"].shape), cmap=style.DIVERGING,
        vmin=-largest, vmax=largest,
    )  # fmt: skip
    means = run.inside["last_mean_activation_1"]
    side = next(w for w in range(int(np.sqrt(len(means))), 0, -1) if len(means) % w == 0)
    style.plain_image(activation_ax, means.reshape(side, -1))
    counts = run.inside["last_confusion_train"]
    style.plain_image(
        confusion_ax, counts / counts.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1
    )
    history = run.history
    loss_ax.plot(history["epoch"], history["loss"], linewidth=1)
    if np.isfinite(history["loss"]).any():
        style.log_axis(loss_ax)
    accuracy_ax.plot(history["epoch"], history["train_accuracy"], linewidth=1)
    style.accuracy_axis(accuracy_ax, target, label="")
    for ax in (loss_ax, accuracy_ax):
        style.epoch_axis(ax, label="")
        ax.tick_params(labelsize=6)


def _ends(run):
    """What a run ends with, on two lines; on one where it diverged."""
    if run.diverged_at is not None:
        return accuracy(run.train_accuracy)
    return f"{accuracy(run.train_accuracy)} train\n{accuracy(run.test_accuracy)} test"


def _wrapped(label):
    """A long label on two lines, never inside an interval such as [−1, 1)."""
    return label.replace(", ", ",\n") if len(label) > 14 and "[" not in label else label
