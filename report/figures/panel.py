"""Picture 2 of every run: activations, weights, gradients and updates in a panel of 3 × 4, and what
single units learned.

In: a `Run`. Out: a figure and its description.
"""

import numpy as np
import pandas
from matplotlib import colormaps

from nn.activations import ACTIVATIONS
from report.figures import style
from report.figures.numbers import by_epoch, parts
from report.labels import accuracy, number, rounded

MOST_UNITS = 16
# Sums below this share of what they are sums of are what rounding left: a hundred times float32's.
ROUNDING = 1e-5


def draw(run, target, summary):
    fig = style.figure(4.25)
    # Fixed places: the same from run to run, and no search for a layout, which took longest here.
    fig.set_layout_engine("none")
    places = {
        "left": 0.005,
        "right": 0.995,
        "bottom": 0.245,
        "top": 0.855,
        "wspace": 0.3,
        "hspace": 0.9,
    }
    axes = fig.subplots(3, 4, gridspec_kw=places)
    inside, history = run.inside, run.history
    pixels = run.inside["example_image"].shape

    for i, ax in enumerate(axes[0, :3], 1):
        means = inside[f"last_mean_activation_{i}"]
        _image(fig, ax, _tile(means), "viridis", _limits(run, i))
        ax.set_title(f"activation of L{i}\n{_moments(means)}")
    _histogram(axes[0, 3], inside)

    for i, ax in enumerate(axes[1, :3], 1):
        average = run.weights[f"W{i}"].mean(axis=1)
        _image(fig, ax, _tile(average, pixels if i == 1 else None), style.DIVERGING)
        ax.set_title(f"W{i}, mean over outputs\n{_moments(average)}")
    ax = axes[1, 3]
    ax.plot(history["epoch"], history["train_accuracy"])
    style.accuracy_axis(ax, target, label="")
    ax.set_title("train accuracy (%)")

    for i, ax in enumerate(axes[2, :3], 1):
        gradient = inside[f"last_gradient_{i}"]
        summed = gradient.sum(axis=1)
        if np.abs(summed).max() < ROUNDING * np.abs(gradient).sum(axis=1).max():
            # As under softmax, whose outputs add up to one.
            _words(ax, "its parts cancel out:\nzero but for rounding")
        else:
            _image(fig, ax, _tile(summed, pixels if i == 1 else None), style.DIVERGING)
        update = history[f"update_w{i}"][-1]
        size = rounded(update) if np.isfinite(update) else "not finite"
        ax.set_title(f"gradient of W{i}, summed\nmean |update| {size}")
    ax = axes[2, 3]
    moves = any((history[f"update_w{i}"] > 0).any() for i in (1, 2, 3))
    ax.set_title("mean |update| (log)" if moves else "mean |update|")
    if moves:
        for i, dashes in zip((1, 2, 3), style.DASHES, strict=False):
            ax.plot(history["epoch"], history[f"update_w{i}"], linestyle=dashes, label=f"W{i}")
        style.log_axis(ax)
        low, high = ax.get_ylim()
        ax.set_ylim(low, high * (high / low) ** 0.3)
        _legend(ax)
        style.epoch_axis(ax)
    else:
        _words(ax, "exactly 0 in every epoch")
    style.epoch_axis(axes[1, 3], label="")
    strip = fig.add_axes([0.005, 0.01, 0.93, 0.12])
    shown = _most_changed(run.weights, pixels)
    # The largest picture: steps of colour that no eye tells apart take half of its bytes.
    if shown.any():
        _image(fig, strip, _side_by_side(shown), colormaps[style.DIVERGING].resampled(64))
    else:
        _words(strip, "no weight of W1 has changed by a bit")
    strip.set_title(
        f"change of W1 since the start, for the {len(shown)} units of L1 whose weights changed most"
        if shown.any()
        else "change of W1 since the start"
    )
    for ax in fig.axes:
        ax.title.set_fontsize(7.2)

    rate = number(run.hyperparameters["learning_rate"])
    fig.suptitle(
        f"Weights and updates: train accuracy {accuracy(run.train_accuracy)}, learning rate {rate}",
        fontsize=9,
        y=0.99,
    )
    updates = ", ".join(rounded(history[f"update_w{i}"][-1]) for i in (1, 2, 3))
    means = ", ".join(rounded(inside[f"last_mean_activation_{i}"].mean()) for i in (1, 2, 3))
    return fig, (
        f"Thirteen pictures of a network (training accuracy: {accuracy(run.train_accuracy)}): mean activations "
        f"by unit (means of the three layers: {means}) and their histogram; the three weight matrices "
        "averaged over their outputs; accuracy by epoch; the last gradients summed over outputs; "
        f"the mean updates of the three matrices by epoch, at the end {updates}; the change of the first layer's weights of "
        f"{len(shown)} units, as images."
    )


def numbers(run, summary):
    inside, history = run.inside, run.history
    shown = {}
    for i in (1, 2, 3):
        shown |= {
            f"L{i}_mean": inside[f"last_mean_activation_{i}"],
            f"W{i}_mean": run.weights[f"W{i}"].mean(axis=1),
            f"G{i}_sum": inside[f"last_gradient_{i}"].sum(axis=1),
            # By the lower edge of each bin.
            f"L{i}_histogram": pandas.Series(
                inside[f"last_histogram_{i}"], index=inside[f"last_edges_{i}"][:-1]
            ),
        }
    updates = (f"update_w{i}" for i in (1, 2, 3))
    change = _most_changed(run.weights, inside["example_image"].shape)
    return parts(
        shown
        | by_epoch(history, "train_accuracy", *updates)
        | {"W1_change": change.reshape(len(change), -1)}
    )


def _most_changed(weights, shape):
    """W1 - W1(0) of the units that it is largest for, on average; (n, height, width), largest first."""
    change = weights["W1"].astype(float) - weights["initial_W1"]
    # What is not finite counts as largest: it did change most.
    size = np.nan_to_num(np.abs(change).mean(axis=0), nan=np.inf)
    most = np.argsort(-size, kind="stable")[:MOST_UNITS]
    return change.T[most].reshape(-1, *shape)


def _side_by_side(images):
    """One image of all, with a gap of a pixel between two."""
    framed = np.pad(images, ((0, 0), (0, 0), (0, 1)), constant_values=np.nan)
    return np.hstack(framed)[:, :-1]


def _moments(values):
    if not np.isfinite(values).all():
        return "not finite"
    # In float64: of a diverged run the squares of float32 values overflow.
    return f"mean {rounded(values.mean(dtype=float))}, std {rounded(values.std(dtype=float))}"


def _tile(values, shape=None):
    """A vector as an image: of the given shape; else a column, or of many the squarest rectangle."""
    if shape is None:
        shape = style.squarest(len(values)) if len(values) > 10 else (len(values), 1)
    return values.reshape(shape)


def _limits(run, layer):
    """What the activation of a layer lies between; None where it has not two limits."""
    key = "output_activation" if layer == 3 else "activation"
    limits = ACTIVATIONS[run.hyperparameters[key]].limits
    return limits if len(limits) == 2 else None


def _image(fig, ax, image, colors, limits=None):
    kwargs = {"cmap": colors}
    if limits and np.isfinite(image).any() and np.nanmin(image) == np.nanmax(image):
        # A constant has no scale of its own, and would be painted as if it were low.
        kwargs |= {"vmin": limits[0], "vmax": limits[1]}
    if colors != "viridis":
        largest = np.abs(image[np.isfinite(image)]).max(initial=0) or 1
        kwargs |= {"vmin": -largest, "vmax": largest}
    if not np.isfinite(image).any():
        _words(ax, "no finite value")
        return
    shown = style.plain_image(ax, image, aspect="equal", **kwargs)
    ax.set_anchor("W")
    height, width = image.shape
    if np.nanmin(image) == np.nanmax(image):
        # A bar of one colour; what that stands for, the title tells.
        return
    # An inset stays beside the image, however narrow its aspect makes it.
    bar = fig.colorbar(
        shown, cax=ax.inset_axes([1 + 0.06 * height / width, 0.1, 0.06 * height / width, 0.8])
    )
    bar.ax.tick_params(labelsize=6, length=1.5)
    bar.ax.locator_params(nbins=4)
    # Each with its own exponent: one above all labels of a bar is read past.
    bar.ax.yaxis.set_major_formatter(lambda value, place: number(value))
    bar.outline.set_visible(False)


def _words(ax, words):
    """Instead of an image that would show nothing."""
    ax.set_axis_off()
    ax.text(0, 0.5, words, transform=ax.transAxes, fontsize=7, color=style.MUTED, va="center")


def _histogram(ax, inside):
    for i, dashes in zip((1, 2, 3), style.DASHES, strict=False):
        counts = inside[f"last_histogram_{i}"]
        share = 100 * counts / max(counts.sum(), 1)
        ax.stairs(share, inside[f"last_edges_{i}"], linestyle=dashes, label=f"L{i}")
    ax.set_yscale("symlog", linthresh=1)
    ax.set_ylim(0, 700)
    ax.set_yticks([0, 1, 10, 100], ["0", "1", "10", "100"])
    ax.set_title("all activations\n(% of outputs, log)")
    _legend(ax)


def _legend(ax):
    """In one row at the top, where the scale leaves room for it."""
    ax.legend(
        loc="upper right", ncols=3, handlelength=1.3, columnspacing=0.8, handletextpad=0.4,
        borderaxespad=0, fontsize=6.5,
    )  # fmt: skip
