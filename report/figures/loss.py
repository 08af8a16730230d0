"""Loss by epoch of every variant of a question: whole, and zoomed.

In: an `Experiment`. Out: a figure and its description.
"""

from math import ceil

import numpy as np

from report.figures import style
from report.figures.curves import draw_variants
from report.labels import key_label, value_label

ZOOM = 5.0


def draw(experiment, target, summary):
    fig = style.figure(1.95 + 0.13 * ceil(len(experiment.values) / 3))
    whole, zoomed = fig.subplots(1, 2)
    labels = [value_label(experiment.varied, value) for value in experiment.values]
    for ax in (whole, zoomed):
        draw_variants(ax, labels, experiment.variants, "loss")
    style.log_axis(whole)
    whole.set(ylabel="loss (log scale)", title="whole")
    zoomed.set(ylabel="loss", title=f"from 0 to {ZOOM:g}", ylim=(0, ZOOM))
    fig.legend(
        *whole.get_legend_handles_labels(), loc="outside lower center", ncols=min(len(labels), 3)
    )
    ends = [
        f"{label}: {variant.values('loss').mean():.3g}"
        for label, variant in zip(labels, experiment.variants, strict=True)
    ]
    if any(np.isnan(variant.values("loss")).any() for variant in experiment.variants):
        ends = [end.replace("nan", "not finite") for end in ends]
    return fig, (
        f"Loss by epoch for each {key_label(experiment.varied)}, on a log scale and from 0 to {ZOOM:g}. "
        f"At the end — {'; '.join(ends)}."
    )
