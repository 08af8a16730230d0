"""Training accuracy by epoch of every variant of a question.

In: an `Experiment`. Out: a figure and its description.
"""

from report.figures import style
from report.figures.curves import draw_variants
from report.labels import key_label, value_label


def draw(experiment, target, summary):
    fig = style.figure(2.05)
    ax = fig.subplots()
    labels = [value_label(experiment.varied, value) for value in experiment.values]
    draw_variants(ax, labels, experiment.variants, "train_accuracy")
    style.accuracy_axis(ax, target, "training accuracy (%)")
    fig.legend(loc="outside right upper", title=key_label(experiment.varied))
    reached = [
        f"{label} at epoch {first}"
        for label, variant in zip(labels, experiment.variants, strict=True)
        if (first := variant.first.first_epoch_at(target))
    ]
    return fig, (
        f"Training accuracy by epoch for each {key_label(experiment.varied)}. "
        f"The line of {target:g} % is reached by: {'; '.join(reached) or 'none'} (first seed)."
    )
