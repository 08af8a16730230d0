"""Two variants of an experiment with steps → what the choices that they differ in change.

In: a sweep and two of its standings. Out: plain data. Used by the questions about ablations and paths.
"""

from itertools import pairwise

from report.facts.delta import descends_its_loss, multiplied_by
from report.facts.sweep import compared
from report.labels import value_label


def step(found, one, other):
    """What it changes to go from one standing to another.

    Returns
    -------
    dict
        ``from``, ``to``: their names; ``keys``: the choices in which they differ; ``gone``, ``come``: what
        these were and are; ``points``: how much higher the other ends, None where a seed of either
        diverged; ``verdict``: on the other beside the one, or "diverges" (only the other does),
        "recovers" (only the one does), "both diverge".
    """
    keys = [key for key, value in one["values"].items() if other["values"][key] != value]
    gone, come = (
        ", ".join(value_label(key, s["values"][key]) for key in keys) for s in (one, other)
    )
    pair = compared(found, other, one) or {"points": None, "verdict": _diverging(one, other)}
    return {
        "from": one["name"],
        "to": other["name"],
        "keys": keys,
        "gone": gone,
        "come": come,
        "points": pair["points"],
        "verdict": pair["verdict"],
    }


def _diverging(one, other):
    if one["diverged"] and other["diverged"]:
        return "both diverge"
    return "diverges" if other["diverged"] else "recovers"


def along(found):
    """Every step of a path."""
    return [step(found, *pair) for pair in pairwise(found["standings"])]


def gate_removed(found):
    """The output activations whose derivative a step's loss leaves out without having it cancelled."""
    if not any("loss" in one["keys"] for one in found["steps"]):
        return []
    chosen = [s["hyperparameters"] for s in found["standings"]]
    return sorted(
        {
            h["output_activation"]
            for h in chosen
            if multiplied_by(h) == "plain" and not descends_its_loss(h)
        }
    )
