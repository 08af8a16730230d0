"""Appendix: leaky ReLU with softmax and cross-entropy: which initialisations diverge, and when?

In: the evidence. Out: a sweep, and the same network at smaller rates, where those were run.
"""

from report.facts.sweep import HOPELESS, sweep

ASSUMES = {
    "varied": ["initializer"],
    "activation": ["leaky_relu"],
    "output_activation": ["softmax"],
    "loss": ["categorical_cross_entropy"],
}

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
