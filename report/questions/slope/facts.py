"""Question 2.2: what does the slope k of the sigmoid do, and is there an optimal k?

In: the evidence. Out: a sweep, its smallest and largest k, the runs that are the same network without a k, and the best k
of each learning rate where a grid of both was run.
"""

from itertools import pairwise

from report.facts import grid, twins
from report.facts.sweep import OUTCOMES, by_number, sweep
from report.statistics import HIGHER

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["slope"], "activation": ["sigmoid"], "output_activation": ["sigmoid"]}


def facts(evidence):
    found = sweep(evidence)
    values = by_number(found)
    low, high = values[0], values[-1]
    by_rate = grid.around(evidence, "learning_rate", "slope")
    return found | {
        "by_rate": by_rate,
        "falls_with_the_rate": bool(by_rate) and falls(by_rate["best_of_row"]),
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


def falls(rows):
    """Whether the larger the rate, the smaller its best k, each of them told from all others of its rate."""
    if len(rows) < 2 or any(row["outcome"] != HIGHER for row in rows):
        return False
    values = [row["standing"]["values"] for row in rows]
    by_rate = sorted(values, key=lambda v: v["learning_rate"])
    return all(one["slope"] > other["slope"] for one, other in pairwise(by_rate))
