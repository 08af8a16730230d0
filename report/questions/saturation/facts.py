"""Question 3.1: what does saturation do to activations, to each layer's gradients, and to learning?

In: the evidence. Out: a sweep, the variant that starts most saturated and the one that starts least, how their
gradients compare, and where the error is lost on its way back.
"""

from report.facts import grid
from report.facts.ordering import by_column, ordering, rank_correlation
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
    ways = [backward(s) for s in found["standings"]]
    return found | {
        "bad": bad["name"],
        "good": good["name"],
        "fewer_times": [b / a if a > 0 else None for a, b in zip(ours, theirs, strict=True)],
        "backward": ways,
        "between": between(by_saturation, ways),
        "learning": None if bad is good else verdict(found, good, bad),
        "rule": as_a_rule(evidence),
        "outcome": outcome,
        "claim": [bad["label"], good["label"]],
    }


def between(by_saturation, ways):
    """The most saturated start, but for the least, from whose outputs an error goes back, beside the least saturated.

    Returns
    -------
    dict or None
        ``name``; ``kept``: the parts of the mean |delta| at the output that come to the first layer, of it and of the
        least saturated; ``flatter``: whether its second layer's derivative is smaller; ``more``: whether
        more of the error comes back with it all the same. None where an error goes back from the most saturated, or
        from none of these.
    """
    ways = {way["name"]: way for way in ways}
    reached = [s for s in by_saturation[:-1] if not ways[s["name"]]["why_none"]]
    dead, good = (ways[by_saturation[i]["name"]]["why_none"] for i in (0, -1))
    if not reached or not dead or good:
        return None
    pair = reached[0], by_saturation[-1]
    kept = [ways[s["name"]]["kept"] for s in pair]
    slopes = [s["initial"]["mean_derivative"][1] for s in pair]
    return {
        "name": pair[0]["name"],
        "kept": kept,
        "flatter": slopes[0] < slopes[1],
        "more": kept[0] > kept[1],
    }


def as_a_rule(evidence):
    """How the share of outputs at a limit orders the ends of all initialisations, where question 2.3 has them.

    Returns
    -------
    dict or None
        ``question``, ``n`` runs, ``correlation``: Spearman's; ``kept``: see `kept_by_saturation`; ``well``: whether that is an order; ``by_rate``: see
        `ordering.by_column`, of the ``grid`` (key, title) of initialisations and rates, empty without.
    """
    asked = evidence.experiments.get("initialization")
    found = asked and ordering(asked.variants, evidence.thresholds.orders_well_share)
    measured = found and next(m for m in found["measures"] if m["key"] == "saturated")
    if not measured or measured["correlation"] is None:
        return None
    around = grid.around(evidence.about("initialization"), "initializer", "learning_rate")
    return {
        "question": asked.question,
        "n": found["n"],
        "correlation": measured["correlation"],
        "kept": kept_by_saturation(asked.variants),
        "well": abs(measured["correlation"]) >= evidence.thresholds.orders_well_share,
        "grid": around and {key: around[key] for key in ("key", "title")},
        "by_rate": by_column(evidence.experiments[around["key"]], "saturated") if around else [],
    }


def kept_by_saturation(variants):
    """How the share of outputs at a limit goes with what is left of the error, over all runs from whose outputs one goes back.

    Returns
    -------
    dict or None
        ``n`` runs, ``correlation``: Spearman's, of the second layer's share at a limit with mean |delta| of the first
        layer over that of the output, before training. None where there is none.
    """
    starts = [run.measured["initial"] for variant in variants for run in variant.seeds]
    reached = [start for start in starts if start["mean_delta"][2]]
    correlation = rank_correlation(
        [start["saturated"][1] for start in reached],
        [start["mean_delta"][0] / start["mean_delta"][2] for start in reached],
    )
    return None if correlation is None else {"n": len(reached), "correlation": correlation}


def backward(s):
    """What becomes of the error on its way back, before training.

    Returns
    -------
    dict
        ``name``; ``from_3_to_2``, ``from_2_to_1``: mean |delta| of a layer over that of the next, None
        where no error leaves the output; ``kept``: both together; ``why_none``: "flat" if every output's derivative is zero
        there, else "right": no output differs from its target; ``shrinks``: whether both are below 1.
    """
    first, second, third = s["initial"]["mean_delta"]
    if third == 0:
        flat = s["initial"]["mean_derivative"][2] == 0
        return {
            "name": s["name"],
            "from_3_to_2": None,
            "from_2_to_1": None,
            "kept": None,
            "why_none": "flat" if flat else "right",
            "shrinks": False,
        }
    factors = (second / third, first / second if second else 0.0)
    return {
        "name": s["name"],
        "from_3_to_2": factors[0],
        "from_2_to_1": factors[1],
        "kept": factors[0] * factors[1],
        "why_none": None,
        "shrinks": max(factors) < 1,
    }
