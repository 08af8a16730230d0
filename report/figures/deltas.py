"""What each loss sends back from an output: |δ₃| by what the output says, computed by the network's own code.

In: an `Experiment` whose variants differ in the loss and whose outputs lie between 0 and 1. Out: a figure
and its description.
"""

import numpy as np
import pandas

from nn import Hyperparameters
from nn.network import Network
from report.figures import style

STEPS = 1000


def draw(experiment, target, summary):
    del target, summary
    fig = style.figure(2.1)
    plain, relative = axes = fig.subplots(1, 2)
    y, looks = _outputs(), style.line_styles(len(experiment.labels))
    largest = []
    for (label, delta), (color, dashes, _) in zip(_deltas(experiment), looks, strict=True):
        top = delta.argmax()
        inside = 0 < top < len(y) - 1
        for ax, shown in ((plain, delta), (relative, delta / delta[top])):
            ax.plot(y, shown, color=color, linestyle=dashes, label=label)
            if inside:
                ax.plot(y[top], shown[top], "o", color=color, markersize=4)
        where = f"at an output of {y[top, 0]:.2f}" if inside else "at the wrong end"
        largest.append(f"{label}: at most {delta[top, 0]:.2f}, {where}")
    for ax in axes:
        ax.set(xlabel="the output, where its target is 0", xlim=(0, 1))
    plain.set_title("|δ₃| of that output")
    relative.set_title("the same, over its largest")
    fig.legend(*plain.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return fig, (
        "How much an output whose target is 0 sends back, by what it says from 0 to 1, for each "
        f"{experiment.varied_label}, as it is and over its largest. {'; '.join(largest)}."
    )


def numbers(experiment, summary):
    y = _outputs()[:, 0]
    return pandas.concat(
        pandas.DataFrame({"variant": label, "output": y, "delta": delta[:, 0]})
        for label, delta in _deltas(experiment)
    )


def _outputs():
    return np.arange(1, STEPS)[:, np.newaxis] / STEPS


def _deltas(experiment):
    """(label, |delta| at each output) of every variant."""
    y = _outputs()
    for label, variant in zip(experiment.labels, experiment.variants, strict=True):
        network = Network.of(Hyperparameters(**variant.hyperparameters))
        yield label, np.abs(network.loss.delta(y, np.zeros_like(y), network.g))
