"""Extra: is the slope k anything but the scale of the weights?

In: the evidence. Out: a sweep, the pairs of runs that should be one network, and which question has those with a slope.
"""

from report.facts import sweep, twins

ASSUMES = {"varied": ["initializer"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}

OUTCOMES = {
    "identical": "the same in every epoch: {}",
    "apart": "not the same in every epoch: {}",
    "no pair": "no run with a slope is the same network",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep.sweep(evidence) | {"highest": None}
    pairs = [pair for pair in twins.twins(evidence) if pair["plain"]["name"] in found["order"]]
    # A run whose twin ended elsewhere has nothing to be laid beside.
    pairs = [pair for pair in pairs if pair["points"] is not None]
    slopes = evidence.experiments.get("slope")
    outcome = "no pair"
    if pairs:
        outcome = "identical" if all(pair["identical"] for pair in pairs) else "apart"
    return found | {
        "rests_on": sorted({*found["order"], *(pair["sloped"]["name"] for pair in pairs)}),
        "twins": pairs,
        "slope_question": slopes.question if slopes else None,
        "outcome": outcome,
        "claim": [pair["sloped"]["label"] for pair in pairs],
    }
