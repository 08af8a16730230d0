"""Appendix: at which rate does the leaky ReLU network with softmax learn?

In: the evidence. Out: a sweep.
"""

from report.facts.sweep import OUTCOMES, by_number, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {
    "varied": ["learning_rate"],
    "activation": ["leaky_relu"],
    "output_activation": ["softmax"],
}


def facts(evidence):
    found = sweep(evidence)
    return found | {"by_rate": [s["name"] for s in by_number(found)]}
