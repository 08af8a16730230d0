"""Final accuracies of every variant of a question, with every seed.

In: an `Experiment`. Out: a figure and its description.
"""

import numpy as np
import pandas
import seaborn

from report.figures import crowd, style
from report.figures.numbers import by_seed
from report.labels import accuracy, key_label

DARK = "#222222"
COLORS = {"train": "#0072B2", "test": "#9CC8E3"}


def draw(experiment, target, summary):
    places = crowd.places(experiment)
    whole, experiment = experiment, crowd.named(experiment)
    named = list(zip(experiment.labels, experiment.variants, strict=True))
    means = "; ".join(
        f"{label}: {accuracy(variant.mean('train_accuracy'))} train, "
        f"{accuracy(variant.mean('test_accuracy'))} test{_of_how_many(variant, ', ')}"
        for label, variant in named
    )
    fig = _bars(whole, named, target) if places is None else _dots(whole, places, target)
    return fig, (
        f"Accuracy after the last epoch for each {experiment.varied_label}, mean of "
        f"{len(experiment.seeds)} seed(s){crowd.left_out(whole)}: {means}."
    )


def numbers(experiment, summary):
    return by_seed(
        experiment,
        train_accuracy=lambda run: run.train_accuracy,
        test_accuracy=lambda run: run.test_accuracy,
    )


def _dots(experiment, places, target):
    """Many numbers: every seed at its place, training images filled, test images hollow."""
    fig = style.figure(2.5)
    ax = fig.subplots()
    for part, face in (("test", "white"), ("train", COLORS["train"])):
        ends = [variant.values(f"{part}_accuracy") for variant in experiment.variants]
        x = np.repeat(places, [len(end) for end in ends])
        ax.plot(
            x, np.concatenate(ends), "o", color=COLORS["train"], markerfacecolor=face, markersize=3,
            markeredgewidth=0.6, label=part, clip_on=False,
        )  # fmt: skip
    lost = [place for place, v in zip(places, experiment.variants, strict=True) if not v.finished]
    if lost:
        ax.plot(
            lost,
            np.zeros(len(lost)),
            "x",
            color=DARK,
            markersize=4,
            label="diverged",
            clip_on=False,
        )
    if places.min() > 0 and places.max() > 20 * places.min():
        style.log_axis(ax, "x")
    ax.set_xlabel(key_label(*experiment.varied))
    style.accuracy_axis(ax, target, "accuracy after the last epoch (%)")
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return fig


def _bars(experiment, named, target):
    """A bar for each variant that is named, and how many are not."""
    table = pandas.DataFrame(
        {"variant": label, "part": part, "accuracy": measured}
        for label, variant in named
        for part in ("train", "test")
        for measured in variant.values(f"{part}_accuracy")
    )
    fig = style.figure(0.6 + 0.27 * len(named))
    ax = fig.subplots()
    # Bars of the mean over seeds; a line from the lowest to the highest seed, a dot for each.
    seaborn.barplot(
        table, y="variant", x="accuracy", hue="part", palette=COLORS, saturation=1, ax=ax,
        errorbar=("pi", 100), err_kws={"color": DARK, "linewidth": 1}, gap=0.08,
    )  # fmt: skip
    for container, inside in zip(ax.containers, ("white", DARK), strict=True):
        for bar in container:
            _write_value(ax, bar, inside)
    if len(experiment.seeds) > 1:
        seaborn.stripplot(
            table, y="variant", x="accuracy", hue="part", palette=[DARK, DARK], dodge=True, jitter=False,
            size=2.5, ax=ax, legend=False, clip_on=False,
        )  # fmt: skip
    for row, (_, variant) in enumerate(named):
        if not variant.finished:
            _note(ax, "diverged", (0, row), DARK)
    ax.set_yticks(ax.get_yticks(), [f"{label}{_of_how_many(v)}" for label, v in named])
    ax.set(xlim=(0, 100), xlabel="accuracy after the last epoch (%)", ylabel="")
    ax.axvline(target, color=style.MUTED, linewidth=0.8, linestyle=(0, (3, 2)), zorder=3)
    ax.grid(False, axis="y")
    ax.legend(title="", loc="center left", bbox_to_anchor=(1, 0.5))
    ends = [
        tuple(variant.values(f"{part}_accuracy") for part in ("train", "test"))
        for _, variant in named
    ]
    if len(named) < len(experiment.variants):
        ax.set_title(f"accuracy{crowd.left_out(experiment)}")
    elif len(named) > 1 and all(np.array_equal(end, ends[0]) for end in ends):
        ax.set_title("all end the same" + ", with every seed" * (len(experiment.seeds) > 1))
    return fig


def _of_how_many(variant, before="\n"):
    """Which seeds a mean is of, where some diverged and others did not."""
    n, n_seeds = len(variant.finished), len(variant.seeds)
    return f"{before}{n} of {n_seeds} seeds; the rest diverged" if 0 < n < n_seeds else ""


def _write_value(ax, bar, inside_color):
    """The bar's length as a number: at its foot inside, or beside it where it is too short."""
    length, fits = bar.get_width(), bar.get_width() > 9
    _note(
        ax,
        f"{length:.2f}",
        (0 if fits else length, bar.get_y() + bar.get_height() / 2),
        inside_color if fits else DARK,
    )


def _note(ax, text, place, color):
    ax.annotate(
        text,
        place,
        xytext=(3, -0.3),
        textcoords="offset points",
        va="center",
        fontsize=6.5,
        color=color,
    )
