"""Question 2.3: how should the weights of the sigmoid network start, and why?

In: the evidence. Out: a sweep; whose layers start at their limits; whose second layer sees images least apart;
and what of the start orders where all runs end.
"""

from report.facts import grid
from report.facts.ordering import by_column, ordering
from report.facts.sweep import OUTCOMES, sweep, verdict
from report.statistics import HIGHER

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {
    "varied": ["initializer"],
    "activation": ["sigmoid"],
    "output_activation": ["sigmoid"],
    "slope": [1],
    "loss": ["squared_error"],
}


def facts(evidence):
    found = sweep(evidence)
    standings = {s["name"]: s for s in found["standings"]}
    limit = evidence.thresholds.saturated_share
    narrowest = min(found["standings"], key=lambda s: s["initial"]["pre_activation_spread"][1])
    best = standings.get(found["best"])
    around = grid.around(evidence, "initializer", "learning_rate")
    order = ordering(evidence.experiment.variants, evidence.thresholds.orders_well_share)
    return found | {
        "around": around,
        "ordering": order,
        # Of the measure that orders the runs best here, whether it does so at other rates.
        "ordering_by_rate": by_column(
            evidence.experiments[around["key"]], order["measures"][0]["key"]
        )
        if around and order
        else [],
        "starts_saturated": [
            s["name"] for s in found["standings"] if s["initial"]["saturated"][1] > limit
        ],
        "poisson": [
            s["name"] for s in found["standings"] if s["values"]["initializer"]["name"] == "poisson"
        ],
        "narrowest": narrowest["name"],
        # Only where the runs say that the best is better: least spread is then not best.
        "small_is_not_best": bool(best) and verdict(found, best, narrowest) == HIGHER,
    }
