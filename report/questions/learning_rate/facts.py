"""Question 2.1: which learning rate is best, and what is too small, what too large?

In: the evidence. Out: a sweep, its slowest and fastest rate, whose loss rises, how wide the gap is that the rates leave
above the best, and whether runs see all images alike at first.
"""

from report.facts.plateau import plateau
from report.facts.sweep import OUTCOMES, by_number, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["learning_rate"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}


def facts(evidence):
    found = sweep(evidence)
    rates = by_number(found)
    limit = evidence.thresholds.saturated_share
    next_larger = gap_above(found)
    return found | {
        "plateau": plateau(evidence),
        "gap_above": next_larger,
        "wide_gap": bool(next_larger) and next_larger["times"] > evidence.thresholds.wide_gap_times,
        "slowest": rates[0]["name"],
        "fastest": rates[-1]["name"],
        "ends_saturated": [s["name"] for s in rates if s["last"]["saturated"][2] > limit],
        "rising": [s["name"] for s in rates if s["rises_often"]],
    }


def gap_above(found):
    """The next larger rate than the best's, and how many times larger it is; None without one."""
    rate = lambda s: s["values"]["learning_rate"]  # noqa: E731
    best = next((s for s in found["standings"] if s["name"] == found["best"]), None)
    larger = [s for s in found["standings"] if best and rate(s) > rate(best)]
    if not larger:
        return None
    following = min(larger, key=rate)
    return {"name": following["name"], "times": rate(following) / rate(best)}
