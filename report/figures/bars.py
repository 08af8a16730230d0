"""Final accuracies of every variant of a question, with every seed.

In: an `Experiment`. Out: a figure and its description.
"""

import pandas
import seaborn

from report.figures import style
from report.labels import accuracy

DARK = "#222222"


def draw(experiment, target, summary):
    named = list(zip(experiment.labels, experiment.variants, strict=True))
    table = pandas.DataFrame(
        {"variant": label, "part": part, "accuracy": measured}
        for label, variant in named
        for part in ("train", "test")
        for measured in variant.values(f"{part}_accuracy")
    )
    fig = style.figure(0.6 + 0.27 * len(named))
    ax = fig.subplots()
    colors = {"train": "#0072B2", "test": "#9CC8E3"}
    # Bars of the mean over seeds; the error line is the range from the lowest to the highest seed.
    seaborn.barplot(
        table, y="variant", x="accuracy", hue="part", palette=colors, saturation=1, ax=ax,
        errorbar=("pi", 100), err_kws={"color": DARK, "linewidth": 1}, gap=0.08,
    )  # fmt: skip
    for container, inside in zip(ax.containers, ("white", DARK), strict=True):
        for bar in container:
            _write_value(ax, bar, inside)
    for row, variant in enumerate(experiment.variants):
        if not variant.finished:
            _note(ax, "diverged", (0, row), DARK)
    ax.set_yticks(ax.get_yticks(), [f"{label}{_of_how_many(v)}" for label, v in named])
    ax.set(xlim=(0, 100), xlabel="accuracy after the last epoch (%)", ylabel="")
    ax.axvline(target, color=style.MUTED, linewidth=0.8, linestyle=(0, (3, 2)), zorder=3)
    ax.grid(False, axis="y")
    ax.legend(title="", loc="center left", bbox_to_anchor=(1, 0.5))
    means = "; ".join(
        f"{label}: {accuracy(variant.mean('train_accuracy'))} train, "
        f"{accuracy(variant.mean('test_accuracy'))} test{_of_how_many(variant, ', ')}"
        for label, variant in named
    )
    return fig, (
        f"Accuracy after the last epoch for each {experiment.varied_label}, mean of "
        f"{len(experiment.seeds)} seed(s): {means}."
    )


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
