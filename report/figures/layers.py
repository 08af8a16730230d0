"""What saturation does to each layer: saturated outputs and gradient size, at the start and the end.

In: an `Experiment`. Out: a figure and its description.
"""

import numpy as np
import pandas

from report.figures import crowd, style


def draw(experiment, target, summary):
    whole, experiment = experiment, crowd.named(experiment)
    labels = experiment.labels
    fig = style.figure(2.7)
    saturated, gradient = fig.subplots(1, 2)
    zero = _place_of_zero(experiment.variants)
    panels = (
        (saturated, "saturated", 100, "outputs at a limit (%)", 0),
        (
            gradient,
            "mean_gradient",
            1,
            "mean |gradient| (log scale; triangle down: exactly 0)",
            zero,
        ),
    )
    reach = min(0.32, 0.07 * (len(labels) - 1))
    offsets = np.linspace(-reach, reach, len(labels))
    for ax, key, scale, title, floor in panels:
        for label, variant, offset, (color, _, marker) in zip(
            labels, experiment.variants, offsets, style.line_styles(len(labels)), strict=True
        ):
            start, end = (scale * means(variant, part, key) for part in ("initial", "last"))
            x = np.arange(3) + offset
            ax.vlines(x, np.maximum(start, floor), np.maximum(end, floor), color=color, linewidth=1)
            for values, face, name in ((start, "white", None), (end, color, label)):
                look = {"color": color, "markerfacecolor": face, "markersize": 4, "linestyle": ""}
                at_zero = (values == 0) & (floor > 0)
                ax.plot(x[~at_zero], values[~at_zero], marker, label=name, **look)
                ax.plot(x[at_zero], np.full(at_zero.sum(), floor), "v", **look)
        ax.set_title(title)
        ax.grid(False, axis="x")
    saturated.set_xticks(range(3), ["L1", "L2", "L3 (output)"])
    saturated.set_ylim(-3, 103)
    gradient.set_xticks(range(3), ["W1", "W2", "W3"])
    if zero:
        style.log_axis(gradient)
    fig.legend(
        *gradient.get_legend_handles_labels(), loc="outside lower center", ncols=3,
        title=f"hollow: before training, filled: last epoch{crowd.left_out(whole)}",
    )  # fmt: skip
    ends = "; ".join(
        f"{label}: "
        + ", ".join(f"{100 * share:.0f} %" for share in means(variant, "last", "saturated"))
        for label, variant in zip(labels, experiment.variants, strict=True)
    )
    return fig, (
        "Share of outputs within 0.01 of a limit of their activation, and mean gradient of each weight "
        f"matrix, before training and in the last epoch{crowd.left_out(whole)}. Saturated at the end, by layer — {ends}."
    )


def numbers(experiment, summary):
    return pandas.DataFrame(
        {
            "variant": label, "layer": layer + 1, "when": when,
            "saturated": means(variant, part, "saturated")[layer],
            "mean_gradient": means(variant, part, "mean_gradient")[layer],
        }
        for label, variant in zip(experiment.labels, experiment.variants, strict=True)
        for layer in range(3)
        for part, when in (("initial", "before training"), ("last", "last epoch"))
    )  # fmt: skip


def _place_of_zero(variants):
    """Where a zero gradient stands on the log axis, below all others; 0 where all are zero."""
    gradients = np.array(
        [
            means(variant, part, "mean_gradient")
            for variant in variants
            for part in ("initial", "last")
        ]
    )
    positive = gradients[np.isfinite(gradients) & (gradients > 0)]
    if not len(positive):
        return 0
    return positive.min() / (20 if (gradients == 0).any() else 1)


def means(variant, part, key):
    """A per-layer measurement, averaged over seeds; (3,), NaN where a seed's is not finite."""
    values = [run.measured[part][key] for run in variant.seeds]
    return np.array(values, dtype=float).mean(axis=0)
