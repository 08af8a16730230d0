"""Variants that are one network: slope k, or weights times k and learning rate times k².

In: the evidence. Out: plain data, a record for each pair. Used by the questions about the slope.
"""

import numpy as np

from nn.initializers import INITIALIZERS
from report import statistics
from report.facts.evidence import Evidence
from report.facts.standing import standing


def twins(evidence: Evidence):
    """Every variant with a slope beside the one that is the same network without.

    Returns
    -------
    list of dict
        ``sloped``, ``plain``: standings; ``epochs``; ``points``: how far their training accuracies
        lie apart in any epoch, for any seed that both have, None where they ran for different
        lengths; ``identical``: whether they are the same in every epoch; ``same_weights``: whether
        k times the weights of the one end as the weights of the other, to the last bit.
    """
    plain = {
        _without_slope(v.hyperparameters): v
        for v in evidence.variants.values()
        if v.hyperparameters["slope"] == 1
    }
    found = []
    for variant in evidence.variants.values():
        if variant.hyperparameters["slope"] != 1:
            twin = plain.get(_without_slope(variant.hyperparameters))
            if twin:
                found.append(_pair(variant, twin, evidence))
    return found


def _pair(sloped, plain, evidence):
    points = statistics.furthest(*map(_curves, (sloped, plain)))
    return {
        "sloped": standing(sloped, evidence),
        "plain": standing(plain, evidence),
        "epochs": plain.hyperparameters["epochs"],
        "points": points,
        "identical": points == 0,
        "same_weights": same_weights(plain, sloped, sloped.hyperparameters["slope"]),
    }


def same_weights(one, other, times=1):
    """Whether one variant ends with so many times the weights of another, to the last bit.

    For every seed that both have; not where they share none.
    """
    theirs = {run.seed: run for run in other.seeds}
    pairs = [(run, theirs[run.seed]) for run in one.seeds if run.seed in theirs]
    return bool(pairs) and all(
        np.array_equal(ours.weights[name], np.float32(times) * their.weights[name], equal_nan=True)
        for ours, their in pairs
        for name in ("W1", "W2", "W3")
    )


def _curves(variant):
    return {run.seed: run.history["train_accuracy"] for run in variant.seeds}


def _without_slope(h):
    """A variant's hyperparameters with the slope moved into the weights and the rate.

    Only where every layer has the slope: k in the output layer alone is the scale of W3 alone, and
    no single rate makes up for it. And only where one parameter scales the initial weights.
    """
    k, initializer = h["slope"], dict(h["initializer"])
    scale = INITIALIZERS[initializer["name"]].multiplier
    everywhere = h["activation"] == h["output_activation"]
    if k != 1 and not (scale and everywhere):
        return None
    if scale:
        initializer[scale] = round(initializer[scale] * k, 9)
    moved = {
        "slope": 1,
        "initializer": initializer,
        "learning_rate": f"{h['learning_rate'] * k**2:.6g}",
    }
    return str(sorted((h | moved).items()))
