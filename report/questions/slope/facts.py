"""Question 2.2: what does the slope k of the sigmoid do, and is there an optimal k?

In: the evidence. Out: a sweep, its smallest and largest k, and the runs that are the same network without a k.
"""

from report.facts import twins
from report.facts.sweep import OUTCOMES, by_number, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["slope"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}


def facts(evidence):
    found = sweep(evidence)
    values = by_number(found)
    low, high = values[0], values[-1]
    return found | {
        "smallest": low["name"],
        "largest": high["name"],
        "as_plain": [
            {
                "name": s["name"],
                "rate": s["values"]["slope"] ** 2 * s["hyperparameters"]["learning_rate"],
            }
            for s in sorted(values, key=lambda s: s["values"]["slope"])
        ],
        "effective_rate": low["values"]["slope"] ** 2,
        "more_saturated": high["initial"]["saturated"][1] > low["initial"]["saturated"][1],
        "brackets": len(values) > 2,
        "twins": [
            pair for pair in twins.twins(evidence) if pair["sloped"]["name"] in found["order"]
        ],
    }
