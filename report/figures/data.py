"""The dataset at a glance: one random training image, and how often each class occurs.

In: summary.json. Out: a figure and its description.
"""

from textwrap import fill

import numpy as np
import pandas

from report.figures import style
from report.labels import thousands


def draw(variants, target, summary):
    fig = style.figure(2.0)
    image_ax, bars_ax = fig.subplots(1, 2, width_ratios=[1, 2.6])
    example, classes = summary["example"], summary["classes"]
    style.plain_image(image_ax, np.array(example["pixels"]), cmap="gray_r")
    image_ax.set_title(
        fill(f"training image {thousands(example['index'])}: class {example['label']}", 32)
    )
    places = np.arange(len(classes))
    counts = np.array(summary["train_counts"])
    shares = {part: np.array(summary[f"{part}_counts"]) for part in ("train", "test")}
    for offset, color, (part, part_counts) in zip(
        (-0.2, 0.2), ("#0072B2", "#9CC8E3"), shares.items(), strict=True
    ):
        bars_ax.bar(
            places + offset, 100 * part_counts / part_counts.sum(), width=0.38, color=color,
            label=f"{part}: {thousands(part_counts.sum())} images",
        )  # fmt: skip
    style.class_axis(bars_ax, classes)
    bars_ax.set(ylabel="share of images (%)", title="classes")
    bars_ax.grid(False, axis="x")
    bars_ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)
    rarest, commonest = counts.argmin(), counts.argmax()
    return fig, (
        f"Training image {thousands(example['index'])} of class {example['label']}; and the share of each class: from "
        f"{100 * counts.min() / counts.sum():.1f} % ({classes[rarest]}) to "
        f"{100 * counts.max() / counts.sum():.1f} % ({classes[commonest]}) of the training images."
    )


def numbers(variants, summary):
    named = {"class": summary["classes"]}
    return pandas.DataFrame(
        named | {f"{p}_images": summary[f"{p}_counts"] for p in ("train", "test")}
    )
