"""Question 3.4: how do ReLU and ReLU6 do?

In: the evidence. Out: a sweep, and whether the two activations made the same runs.
"""

from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, sweep, with_value
from report.facts.twins import same_weights

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {
    "varied": ["activation"],
    "activation": ["relu", "relu6"],
    "output_activation": ["relu", "relu6"],
    "initializer": [{"name": "lecun_normal"}],
}


def facts(evidence):
    found = sweep(evidence)
    by_activation = {v.hyperparameters["activation"]: v for v in evidence.experiment.variants}
    relu, relu6 = (by_activation.get(name) for name in ("relu", "relu6"))
    largest = relu and largest_hidden_output(relu)
    identical = bool(relu and relu6) and same_weights(relu, relu6)
    told_apart = found["standings"][: 1 if identical else None]
    return found | {
        "relu": relu and with_value(found, "relu")["name"],
        "relu6": relu6 and with_value(found, "relu6")["name"],
        "identical": identical,
        # Equal weights may have another cause: two dead networks are equal, too.
        "never_cut_off": identical and largest < 6,
        "largest_hidden_output": largest,
        "told_apart": [s["name"] for s in told_apart],
        "dead": [s["name"] for s in told_apart if s["dead_units"]],
        "ungated": ungated(evidence, relu) if relu else None,
    }


def ungated(evidence, variant):
    """The standing of the same network with cross-entropy, whose δ₃ leaves the derivative out; None without one."""
    wanted = variant.hyperparameters | {"loss": "binary_cross_entropy"}
    same = (v for v in evidence.variants.values() if v.hyperparameters == wanted)
    return next((standing(v, evidence) for v in same), None)


def largest_hidden_output(variant):
    """The largest output of a hidden unit for any training image after training, any seed."""
    return max(
        float(run.inside[f"last_max_activation_{layer}"].max())
        for run in variant.seeds
        for layer in (1, 2)
    )
