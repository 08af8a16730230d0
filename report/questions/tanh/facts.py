"""Question 3.2: with tanh instead of sigmoid, which initialisation suits?

In: the evidence. Out: a sweep, the sigmoid's runs from the same starts with the verdict, and whose outputs end at their limits.
"""

from report.facts import grid
from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, beside, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {"varied": ["initializer"], "activation": ["tanh"], "output_activation": ["tanh"]}


def facts(evidence):
    found = sweep(evidence)
    limit = evidence.thresholds.saturated_share
    return found | {
        "around": grid.around(evidence, "initializer", "learning_rate"),
        "beside_sigmoid": [
            {
                "tanh": s["name"],
                "sigmoid": standing(other, evidence),
                "verdict": beside(evidence.variants[s["name"]], other, evidence),
            }
            for s in found["standings"]
            if (other := sigmoid_twin(evidence, s))
        ],
        "ends_saturated": [
            s["name"] for s in found["standings"] if s["last"]["saturated"][2] > limit
        ],
    }


def sigmoid_twin(evidence, s):
    """The variant that differs from a standing's in nothing but the activation, or None."""
    wanted = s["hyperparameters"] | {"activation": "sigmoid", "output_activation": "sigmoid"}
    return next((v for v in evidence.variants.values() if v.hyperparameters == wanted), None)
