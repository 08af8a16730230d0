"""Picture 3 of every run: what each class is taken for.

In: a `Run`. Out: a figure and its description.
"""

import numpy as np
import seaborn

from report.figures import style


def draw(run, target, classes):
    fig = style.figure(2.75)
    descriptions = []
    for ax, part, name in zip(
        fig.subplots(1, 2), ("train", "test"), ("training images", "test images"), strict=True
    ):
        counts = run.inside[f"last_confusion_{part}"]
        share = 100 * counts / counts.sum(axis=1, keepdims=True)
        seaborn.heatmap(
            share,
            ax=ax,
            annot=np.where(share >= 0.5, np.round(share).astype(int).astype(str), ""),
            fmt="",
            cmap="Blues",
            vmin=0,
            vmax=100,
            linewidths=0.4,
            xticklabels=classes,
            yticklabels=classes,
            cbar=False,
            annot_kws={"fontsize": 6.5},
        )
        ax.set(xlabel="predicted", ylabel="true", title=f"{name}, % of each row")
        ax.tick_params(rotation=0, length=0)
        descriptions.append(f"{name}: {_describe(share, classes)}")
    return fig, "Confusion matrices, in per cent of each true class. " + " ".join(descriptions)


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
