"""Question 3.1: what does saturation do to activations, to each layer's gradients, and to learning?

In: the evidence. Out: a sweep, the variant that starts most saturated and the one that starts least, and how
their gradients compare.
"""

from report.facts.sweep import sweep, verdict

ASSUMES = {"varied": ["initializer"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}

OUTCOMES = {
    "no gradient": "no gradient reaches W1 with {}",
    "vanishes": "W1's gradient vanishes with {}",
    "smaller": "W1's gradient is smaller with {}",
    "no contrast": "the most saturated start has no smaller gradient",
    "one value": "one variant only",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    by_saturation = sorted(found["standings"], key=lambda s: -s["initial"]["saturated"][1])
    bad, good = by_saturation[0], by_saturation[-1]
    ours, theirs = (s["initial"]["mean_gradient"] for s in (bad, good))
    if bad is good:
        outcome = "one value"
    elif ours[0] >= theirs[0]:
        outcome = "no contrast"
    elif ours[0] == 0:
        outcome = "no gradient"
    else:
        vanishes = ours[0] < evidence.thresholds.vanishing_share * theirs[0]
        outcome = "vanishes" if vanishes else "smaller"
    return found | {
        "bad": bad["name"],
        "good": good["name"],
        "fewer_times": [b / a if a > 0 else None for a, b in zip(ours, theirs, strict=True)],
        "learning": None if bad is good else verdict(found, good, bad),
        "outcome": outcome,
        "claim": [bad["label"], good["label"]],
    }
