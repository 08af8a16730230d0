"""Appendix: leaky ReLU with softmax and cross-entropy: which initialisations diverge, and when?

In: the evidence. Out: a sweep, and the same network at smaller rates, where those were run.
"""

import numpy as np

from nn.losses import categorical_cross_entropy
from report.facts.sweep import HOPELESS, sweep

ASSUMES = {
    "varied": ["initializer"],
    "activation": ["leaky_relu"],
    "output_activation": ["softmax"],
    "loss": ["categorical_cross_entropy"],
}

# What an image costs whose right output is zero: more is not reported.
CLIP = categorical_cross_entropy(np.zeros((1, 1), np.float32), np.ones((1, 1), np.float32))

OUTCOMES = HOPELESS | {
    "some diverge": "these diverge: {}",
    "none diverges": "none diverges",
}


def facts(evidence):
    found = sweep(evidence)
    found |= {
        "rate": max(s["hyperparameters"]["learning_rate"] for s in found["standings"]),
        "n_train": evidence.n_train,
        "cure": cure(evidence, found),
        "clip": CLIP,
        "near_clip": [s["name"] for s in found["standings"] if near_clip(evidence, s)],
    }
    if found["outcome"] in HOPELESS:
        return found
    diverged = [s["label"] for s in found["standings"] if s["diverged"]]
    outcome = "some diverge" if diverged else "none diverges"
    return found | {"outcome": outcome, "claim": diverged}


def cure(evidence, found):
    """The best of the smaller rates at which a diverging start did not diverge, or None."""
    if "softmax_learning_rate" not in evidence.experiments:
        return None
    rates = sweep(evidence.about("softmax_learning_rate"))
    # Of the same start, or it would be another cure.
    starts = [
        s["hyperparameters"] | {"learning_rate": None} for s in found["standings"] if s["diverged"]
    ]
    cured = [
        s
        for s in rates["standings"]
        if s["name"] == rates["best"] and s["hyperparameters"] | {"learning_rate": None} in starts
    ]
    return next(iter(cured), None)


def near_clip(evidence, s):
    """Whether the loss of some seed came to more than half of what is reported at most."""
    losses = [run.history["loss"] for run in evidence.variants[s["name"]].seeds]
    return any(np.nanmax(loss, initial=0) > CLIP / 2 for loss in losses)
