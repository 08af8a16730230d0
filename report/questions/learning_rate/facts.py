"""Question 2.1: which learning rate is best, and what is too small, what too large?

In: the evidence. Out: a sweep, its slowest and fastest rate, and whose loss rises.
"""

from report.facts.sweep import OUTCOMES, by_number, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["learning_rate"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}


def facts(evidence):
    found = sweep(evidence)
    rates = by_number(found)
    limit = evidence.thresholds.saturated_share
    return found | {
        "slowest": rates[0]["name"],
        "fastest": rates[-1]["name"],
        "ends_saturated": [s["name"] for s in rates if s["last"]["saturated"][2] > limit],
        "rising": [s["name"] for s in rates if s["rises_often"]],
    }
