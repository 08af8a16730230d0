"""Picture 3 of every run: what each class is taken for.

In: a `Run`. Out: a figure and its description.
"""

import numpy as np

from report.figures import style


def draw(run, target, summary):
    classes = summary["classes"]
    fig = style.figure(max(2.75, 0.16 * len(classes)))
    descriptions = []
    for ax, part, name in zip(
        fig.subplots(1, 2), ("train", "test"), ("training images", "test images"), strict=True
    ):
        counts = run.inside[f"last_confusion_{part}"]
        share = 100 * counts / counts.sum(axis=1, keepdims=True)
        _heatmap(ax, share, classes)
        ax.set(xlabel="predicted", ylabel="true", title=f"{name}, % of each row")
        descriptions.append(f"{name}: {_describe(share, classes)}")
    return fig, "Confusion matrices, in per cent of each true class. " + " ".join(descriptions)


def _heatmap(ax, share, classes):
    """Per cent as colours and, from half a per cent on, as numbers."""
    ax.imshow(share, cmap="Blues", vmin=0, vmax=100, aspect="auto", interpolation="none")
    ax.grid(False)
    ax.spines[:].set_visible(False)
    places = np.arange(len(classes))
    style.class_axis(ax, classes)
    ax.set_yticks(places, classes)
    borders = np.arange(len(classes) + 1) - 0.5
    for lines in (ax.vlines, ax.hlines):
        lines(borders, borders[0], borders[-1], color="white", linewidth=0.6)
    ax.tick_params(length=0)
    for (row, column), value in np.ndenumerate(share):
        if value >= 0.5:
            ax.text(
                column, row, f"{value:.0f}", ha="center", va="center", fontsize=6.5,
                color="white" if value > 60 else "#222222",
            )  # fmt: skip


def _describe(share, classes):
    right = np.diag(share)
    never = [name for name, column in zip(classes, share.T, strict=True) if column.sum() == 0]
    wrong = share - np.diag(right)
    true, taken = np.unravel_index(wrong.argmax(), wrong.shape)
    text = (
        f"{classes[right.argmax()]} is recognised best ({right.max():.0f} %), "
        f"{classes[right.argmin()]} worst ({right.min():.0f} %)"
    )
    if wrong.max() > 0:
        text += (
            f", and {wrong[true, taken]:.0f} % of {classes[true]} are taken for {classes[taken]}"
        )
    if never:
        text += f"; never predicted: {', '.join(never)}"
    return text + "."
