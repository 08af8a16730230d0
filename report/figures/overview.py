"""Picture 1 of every run: one training image with its prediction, the loss, the accuracy.

In: a `Run`. Out: a figure and its description.
"""

from textwrap import fill

import numpy as np
import pandas

from report.figures import style
from report.figures.numbers import by_epoch, parts
from report.labels import accuracy, rounded


def draw(run, target, summary):
    fig = style.figure(1.9)
    image_ax, loss_ax, accuracy_ax = fig.subplots(1, 3, width_ratios=[0.8, 1.3, 1.3])

    outputs = run.inside["example_outputs"]
    total = outputs.sum()
    predicted = summary["classes"][int(outputs.argmax())]
    confidence = (
        f"confidence {100 * outputs.max() / total:.0f} %"
        if np.isfinite(total) and total > 0 and outputs.min() >= 0
        else "confidence undefined"
    )
    label = summary["classes"][run.measured["example"]["label"]]
    style.plain_image(image_ax, run.inside["example_image"], cmap="gray_r")
    told = fill(f"class {label}, predicted {predicted}", 26)
    image_ax.set_title(f"{told}\n{confidence}", fontsize=8)

    history = run.history
    loss_ax.plot(history["epoch"], history["loss"])
    if np.isfinite(history["loss"]).any():
        style.log_axis(loss_ax)
    loss_ax.set(ylabel="loss (log scale)", title="loss")
    accuracy_ax.plot(history["epoch"], history["train_accuracy"], label="train")
    accuracy_ax.plot(
        history["epoch"], history["test_accuracy"], linestyle=style.DASHES[1], label="test"
    )
    style.accuracy_axis(accuracy_ax, target)
    accuracy_ax.set_title(f"accuracy: {accuracy(run.train_accuracy)} train")
    accuracy_ax.legend(loc="best")
    for ax in (loss_ax, accuracy_ax):
        style.epoch_axis(ax)
        _mark_divergence(ax, run)

    return fig, (
        f"A training image of class {label}, predicted as {predicted} ({confidence}); the loss by epoch, "
        f"ending at {rounded(history['loss'][-1], 4)}; the accuracy by epoch, ending at "
        f"{accuracy(run.train_accuracy)} on training and {accuracy(run.test_accuracy)} on test images."
    )


def numbers(run, summary):
    outputs = pandas.Series(run.inside["example_outputs"], index=summary["classes"])
    shown = {"image": run.inside["example_image"], "output": outputs}
    return parts(shown | by_epoch(run.history, "loss", "train_accuracy", "test_accuracy"))


def _mark_divergence(ax, run):
    """A note where a single run ended early."""
    if run.diverged_at is not None:
        ax.axvline(run.diverged_at, color=style.MUTED, linewidth=0.8)
        ax.annotate(
            f"diverged at epoch {run.diverged_at}",
            (run.diverged_at, 0.95),
            xycoords=("data", "axes fraction"),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=7,
            va="top",
        )
