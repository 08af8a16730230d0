"""Any path: what does each choice change that is added to those before it?

In: the evidence. Out: a sweep in the order of the path, and its steps.
"""

from report.facts.steps import along, gate_removed
from report.facts.sweep import HOPELESS, sweep
from report.statistics import HIGHER, LOWER, UNJUDGED

OUTCOMES = HOPELESS | {
    "diverges": "{} diverges",
    "one seed": "one seed each, highest: {}",
    "all higher": "higher with every choice added",
    "some higher": "higher with {}",
    "none higher": "no choice added is told to be higher",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    steps = along(found)
    label = {s["name"]: s["label"] for s in found["standings"]}
    found |= {
        "first": found["standings"][0]["name"],
        "last": found["standings"][-1]["name"],
        "steps": steps,
        "up": [s["to"] for s in steps if s["verdict"] == HIGHER],
        "down": [s["to"] for s in steps if s["verdict"] == LOWER],
        "largest": max(
            (s for s in steps if s["points"] is not None),
            key=lambda s: abs(s["points"]),
            default=None,
        ),
    }
    found["gate_removed"] = gate_removed(found)
    if found["outcome"] in HOPELESS:
        return found
    higher = [label[name] for name in found["up"]]
    if found["diverged"]:
        return found | {"outcome": "diverges", "claim": [label[name] for name in found["diverged"]]}
    if any(s["verdict"] == UNJUDGED for s in steps):
        return found | {"outcome": "one seed", "claim": [label[found["best"]]]}
    if len(higher) == len(steps):
        return found | {"outcome": "all higher", "claim": []}
    return found | {"outcome": "some higher" if higher else "none higher", "claim": higher}
