"""A run at a glance, for its row of the gallery: first weights, activations, confusion, loss, accuracy.

In: a `Run`. Out: a figure and its description; `PLACES` and `TITLES` say where its
five parts stand and what they are.
"""

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator, MultipleLocator, NullLocator

from report.figures import confusion, style
from report.figures.numbers import by_epoch, parts
from report.labels import accuracy, rounded

WIDTH, HEIGHT = 5.2, 0.62  # inches
# Of the width, from where to where: three images, then two charts with their tick labels before them.
PLACES = {
    "weights": (0.0, 0.11),
    "activations": (0.14, 0.25),
    "confusion": (0.28, 0.39),
    "loss": (0.49, 0.71),
    "accuracy": (0.78, 0.995),
}
TITLES = ("W1", "L1", "confusion", "loss", "accuracy (%)")


def draw(run, target, summary):
    fig = style.figure(HEIGHT, WIDTH)
    # Fixed places: a search for a layout takes as long as all the drawing.
    fig.set_layout_engine("none")
    axes = {
        name: fig.add_axes((left, 0.24, right - left, 0.71))
        for name, (left, right) in PLACES.items()
    }
    average = run.weights["W1"].mean(axis=1).reshape(run.inside["example_image"].shape)
    largest = np.abs(average).max() or 1
    style.plain_image(axes["weights"], average, cmap=style.DIVERGING, vmin=-largest, vmax=largest)
    means = run.inside["last_mean_activation_1"]
    style.plain_image(axes["activations"], means.reshape(style.squarest(len(means))))
    confusion.paint(axes["confusion"], confusion.shares(run.inside["last_confusion_train"]))
    axes["confusion"].set_axis_off()
    _curve(axes["loss"], run, "loss")
    if np.isfinite(run.history["loss"]).any():
        style.log_axis(axes["loss"])
    _curve(axes["accuracy"], run, "train_accuracy")
    style.accuracy_axis(axes["accuracy"], target, label="")
    _few_ticks(axes["loss"])
    axes["accuracy"].yaxis.set_major_locator(MultipleLocator(50))
    return fig, (
        f"Its first weight matrix averaged over units, the mean activations of its first layer, its "
        f"confusion matrix on training images, its loss by epoch, ending at "
        f"{rounded(run.history['loss'][-1], 3)}, and its training accuracy, ending at "
        f"{accuracy(run.train_accuracy)}."
    )


def numbers(run, summary):
    images = {
        "W1_mean": run.weights["W1"].mean(axis=1),
        "L1_mean": run.inside["last_mean_activation_1"],
        "confusion": run.inside["last_confusion_train"],
    }
    return parts(images | by_epoch(run.history, "loss", "train_accuracy"))


def _curve(ax, run, column):
    ax.plot(run.history["epoch"], run.history[column], linewidth=1)
    ax.tick_params(labelsize=6, pad=1.5)
    # What stands below the axis is cut off at the picture's edge.
    ax.tick_params("x", length=1.5, pad=0.5)
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))


def _few_ticks(ax):
    """As many labels as so small a chart has room for."""
    ax.yaxis.set_minor_locator(NullLocator())
    low, high = ax.get_ylim()
    if ax.get_yscale() == "log" and high / low >= 100:
        ax.yaxis.set_major_locator(LogLocator(numticks=4))
    else:
        ax.yaxis.set_major_locator(MaxNLocator(3))
