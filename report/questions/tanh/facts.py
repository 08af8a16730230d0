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
                "at_best": [
                    at_best_rate(evidence, h) for h in (s["hyperparameters"], other.hyperparameters)
                ],
            }
            for s in found["standings"]
            if (other := sigmoid_twin(evidence, s))
        ],
        "ends_saturated": [
            s["name"] for s in found["standings"] if s["last"]["saturated"][2] > limit
        ],
    }


def at_best_rate(evidence, hyperparameters):
    """The standing with the highest mean among all learning rates that were tried with these choices.

    None where only one rate was tried, or every one diverged.
    """
    tried = evidence.along("learning_rate", hyperparameters)
    alive = [variant for variant in tried if len(variant.finished) == len(variant.seeds)]
    if len(tried) < 2 or not alive:
        return None
    return standing(max(alive, key=lambda variant: variant.mean("train_accuracy")), evidence)


def sigmoid_twin(evidence, s):
    """The variant that differs from a standing's in nothing but the activation, or None."""
    wanted = s["hyperparameters"] | {"activation": "sigmoid", "output_activation": "sigmoid"}
    return next((v for v in evidence.variants.values() if v.hyperparameters == wanted), None)
