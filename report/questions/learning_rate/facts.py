"""Question 2.1: which learning rate is best, and what is too small, what too large?

In: the evidence. Out: a sweep, its slowest and fastest rate, whose loss rises, how wide the gap is that all rates of
the report leave above the best, and whether runs see all images alike at first.
"""

from math import ceil

from report.facts.plateau import plateau
from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, by_number, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["learning_rate"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}

FEW = 4  # rates that a sentence lists
MOST_ROWS = 24


def facts(evidence):
    found = sweep(evidence)
    rates = by_number(found)
    limit = evidence.thresholds.saturated_share
    next_larger = gap_above(found, evidence)
    everywhere = all_rates(evidence)
    return found | {
        "plateau": plateau(evidence),
        "gap_above": next_larger,
        "wide_gap": bool(next_larger) and next_larger["times"] > evidence.thresholds.wide_gap_times,
        "all_rates": thinned(everywhere, found["best"]),
        "smaller": [
            row["standing"]
            for row in everywhere
            if row["rate"] < rates[0]["hyperparameters"]["learning_rate"]
        ],
        "slowest": rates[0]["name"],
        "fastest": rates[-1]["name"],
        "larger": larger(rates, found["best"]),
        "n_rates": len(everywhere),
        "ends_saturated": [s["name"] for s in rates if s["last"]["saturated"][2] > limit],
        "edge": edge(everywhere),
    }


def larger(rates, best):
    """The names of the rates above the best, the smallest first; none without a best.

    Of more than `FEW` the first that ends with one answer for all images, if any does, and the largest.
    """
    names = [s["name"] for s in rates]
    above = rates[names.index(best) + 1 :] if best in names else []
    if len(above) > FEW:
        stuck = [s for s in above if s["failure"]["kind"] == "one class"]
        above = [*stuck[:1], above[-1]]
    return list(dict.fromkeys(s["name"] for s in above))


def thinned(rows, best):
    """The rows of a table, or of more than `MOST_ROWS` every so many-th, with the best and the last."""
    every = ceil(len(rows) / MOST_ROWS)
    return [
        row
        for i, row in enumerate(rows)
        if i % every == 0 or row["standing"]["name"] == best or i == len(rows) - 1
    ]


def all_rates(evidence):
    """Every rate of the report at which a network like these was trained, the smallest first.

    Returns
    -------
    list of dict
        ``rate``; ``standing``; ``lost``: how many classes a seed never predicts, by seed, None of one that
        diverged.
    """
    alike = evidence.along("learning_rate", evidence.experiment.variants[0].hyperparameters)
    standings = [standing(variant, evidence) for variant in alike]
    rows = [
        {
            "rate": s["hyperparameters"]["learning_rate"],
            "standing": s,
            "lost": [None if own["diverged_at"] else len(own["never"]) for own in s["seeds"]],
        }
        for s in standings
    ]
    return sorted(rows, key=lambda row: row["rate"])


def edge(rows):
    """Between which two of `all_rates` steps begin to raise the loss now and then.

    Returns
    -------
    dict or None
        ``rising``: the standing of the smallest rate at which it rose in any epoch; ``calm``: that of the next smaller one, at
        which it never did, None if there is none. None where it never rose.
    """
    standings = [row["standing"] for row in rows]
    first = next((i for i, s in enumerate(standings) if s["rising_share"] > 0), None)
    if first is None:
        return None
    return {"rising": standings[first], "calm": standings[first - 1] if first else None}


def gap_above(found, evidence):
    """The next larger rate than the best's that any run has which differs from it in nothing else.

    Returns
    -------
    dict or None
        ``standing``; ``times``: how many times larger it is; ``elsewhere``: whether another question
        tried it. None without one.
    """
    best = evidence.variants.get(found["best"])
    if best is None:
        return None
    rate = lambda variant: variant.hyperparameters["learning_rate"]  # noqa: E731
    others = evidence.along("learning_rate", best.hyperparameters)
    following = min((v for v in others if rate(v) > rate(best)), key=rate, default=None)
    return following and {
        "standing": standing(following, evidence),
        "times": rate(following) / rate(best),
        "elsewhere": following.name not in found["order"],
    }
