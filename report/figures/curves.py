"""Every variant of a question by epoch: its loss, whole and zoomed, and its training accuracy.

In: an `Experiment`. Out: a figure and its description.
"""

from math import ceil

import numpy as np
import pandas

from report.blind import beyond_blind, reference_losses
from report.figures import crowd, style
from report.labels import accuracy

ZOOM = 5.0
COLUMNS = 3
OTHERS = "#C9C9C9"
MARKED = 5  # places of a line, where there are many
EACH, AT_A_TIME = 20, 4  # epochs of a band


def draw(experiment, target, summary):
    few, others = crowd.named(experiment), crowd.others(experiment)
    labels = _told_apart(few)
    fig = style.figure(1.7 + 0.14 * ceil((len(labels) + bool(others)) / COLUMNS))
    # Answers rest on the accuracy; a loss that rises off the zoomed axis leaves it empty.
    whole, zoomed, accuracy = fig.subplots(1, 3, sharex=True, width_ratios=[1, 0.75, 1.35])
    for ax, column in ((whole, "loss"), (zoomed, "loss"), (accuracy, "train_accuracy")):
        _background(ax, others, column)
        _lines(ax, labels, few.variants, column, beyond_blind(summary["train_counts"]))
    chosen = [variant.hyperparameters for variant in experiment.variants]
    blind = reference_losses(chosen, summary["train_counts"]).values()
    for ax in (whole, zoomed):
        for loss in blind:
            ax.axhline(loss, color=style.MUTED, linewidth=0.6, zorder=1)
    style.log_axis(whole)
    whole.set_title("loss, whole (log scale)")
    zoomed.set(title=f"loss, from 0 to {ZOOM:g}", ylim=(0, ZOOM))
    style.accuracy_axis(accuracy, target, label="")
    accuracy.set_title("training accuracy (%)")
    fig.legend(*whole.get_legend_handles_labels(), loc="outside lower center", ncols=COLUMNS)
    return fig, (
        f"By epoch for each {experiment.varied_label}: the loss, on a log scale and from 0 "
        f"to {ZOOM:g}, and the training accuracy{_lines_at(blind)}. At the end{crowd.left_out(experiment)} — {'; '.join(map(_end, labels, few.variants))}."
    )


def numbers(experiment, summary):
    return pandas.concat(
        pandas.DataFrame(
            {"variant": label, "seed": run.seed}
            | {name: run.history[name] for name in ("epoch", "loss", "train_accuracy")}
        )
        for label, variant in zip(experiment.labels, experiment.variants, strict=True)
        for run in variant.seeds
    )


def _background(ax, variants, column):
    """Many lines by their first seed, for where most of them go."""
    for i, variant in enumerate(variants):
        history = variant.first.history
        name = f"{len(variants)} more" if i == 0 else None
        ax.plot(
            history["epoch"], history[column], color=OTHERS, linewidth=0.5, label=name, zorder=1
        )


def _told_apart(experiment):
    """Labels; that of a variant whose lines, or that of its accuracy, lie on an earlier one's says so."""
    shown, labels = {}, []
    for label, variant in zip(experiment.labels, experiment.variants, strict=True):
        for words, columns in (
            ("same lines as", ("loss", "train_accuracy")),
            ("same accuracy as", ("train_accuracy",)),
        ):
            line = (
                words,
                *(run.history[key].tobytes() for run in variant.seeds for key in columns),
            )
            first = shown.setdefault(line, label)
            if first is not label:
                label = f"{label} ({words} {first})"
                break
        labels.append(label)
    return labels


def _lines_at(losses):
    if not losses:
        return ""
    return f"; grey lines at a loss of {' and '.join(f'{loss:.2f}' for loss in losses)}"


def _end(label, variant):
    """What became of a variant, in words."""
    loss = variant.values("final_loss").mean()
    told = f"loss {loss:.3g}" if np.isfinite(loss) else "loss not finite"
    return f"{label}: {told}, accuracy {accuracy(variant.mean('train_accuracy'))}"


def _band(epochs, values):
    """Epochs, lowest and highest of some seeds there: each of the first few epochs, then of some at a time.

    A band of every epoch takes most of a picture's bytes, and shows no more at its size.
    """
    n = len(epochs)
    starts = sorted({*range(min(EACH, n)), *range(EACH, n, AT_A_TIME), n - 1})
    lowest, highest = values.min(axis=0), values.max(axis=0)
    return (
        epochs[starts],
        np.minimum.reduceat(lowest, starts),
        np.maximum.reduceat(highest, starts),
    )


def _lines(ax, labels, variants, column, share):
    """A line for each variant (mean over seeds) with a band from the lowest to the highest seed.

    A variant of which a seed diverged ends at the first divergence, with a cross. A circle stands where its
    accuracy rises above a share for good.
    """
    # A few lines are told apart in grey by their dashes; more need markers, too.
    marked = len(variants) > len(style.DASHES)
    for i, (label, variant, (color, dashes, marker)) in enumerate(
        zip(labels, variants, style.line_styles(len(variants)), strict=True)
    ):
        length = min(len(run.history["epoch"]) for run in variant.seeds)
        epochs = variant.first.history["epoch"][:length]
        values = np.array([run.history[column][:length] for run in variant.seeds])
        diverged = len(variant.finished) < len(variant.seeds)
        name = f"{label} (diverged)" if diverged else label
        middle = values.mean(axis=0)
        every = max(1, length // MARKED)
        ax.plot(
            epochs, middle, color=color, linestyle=dashes, label=name, marker=marker if marked else "",
            markersize=3, markevery=(i * every // len(variants), every),
        )  # fmt: skip
        if len(values) > 1:
            ax.fill_between(*_band(epochs, values), color=color, alpha=0.18, linewidth=0)
        rise = variant.rises_at(share)
        if rise:
            ax.plot(
                rise,
                middle[epochs == rise],
                "o",
                color=color,
                markersize=5,
                markerfacecolor="white",
                zorder=3,
            )
        finite = np.flatnonzero(np.isfinite(middle))
        if diverged and len(finite):
            ax.plot(epochs[finite[-1]], middle[finite[-1]], marker="x", color=color, markersize=6)
    style.epoch_axis(ax)
