"""Any ablation: which of its choices does a network need?

In: the evidence. Out: a sweep, what each choice put back changes, and what the same choice changed where a path to that
network added it.
"""

from report.facts.everything import everything
from report.facts.steps import along, gate_removed, step
from report.facts.sweep import HOPELESS, sweep
from report.statistics import HIGHER, LOWER, UNDECIDED, UNJUDGED

OUTCOMES = HOPELESS | {
    "diverges": "{} diverges",
    "one seed": "one seed each, lowest with {} put back",
    "better without": "higher with {} put back",
    "all count": "lower with any of them put back",
    "some count": "lower with {} put back",
    "undecided": "undecided with {} put back",
    "none counts": "the same with any of them put back",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    complete, *others = found["standings"]
    added = on_a_path(evidence)
    steps = [step(found, complete, other) for other in others]
    found |= {
        "complete": complete["name"],
        "is_best": everything(evidence)["best"] == complete["name"],
        "steps": [s | {"added": added.get(tuple(s["keys"]))} for s in steps],
    }
    found["gate_removed"] = gate_removed(found)
    if found["outcome"] in HOPELESS:
        return found
    outcome, claim = decided(complete, steps)
    label = {s["name"]: s["label"] for s in found["standings"]}
    return found | {"outcome": outcome, "claim": [label[name] for name in claim]}


def decided(complete, steps):
    """An outcome, and the names of those that it is about."""
    of = lambda *verdicts: [s["to"] for s in steps if s["verdict"] in verdicts]  # noqa: E731
    if complete["diverged"]:
        return "diverges", [complete["name"]]
    if of(UNJUDGED):
        return "one seed", [lowest(steps)]
    if of(HIGHER):
        return "better without", of(HIGHER)
    # What diverges without a choice needs it.
    needed = of(LOWER, "diverges")
    if len(needed) == len(steps):
        return "all count", []
    if needed:
        return "some count", needed
    return ("undecided", of(UNDECIDED)) if of(UNDECIDED) else ("none counts", [])


def lowest(steps):
    """The name of the lowest of those put back, of one that diverged first."""
    return min(steps, key=lambda s: float("-inf") if s["points"] is None else s["points"])["to"]


def on_a_path(evidence):
    """The keys of a choice → the step that added it, on the path to this network if there is one."""
    complete = evidence.experiment.variants[0]
    for key, experiment in evidence.experiments.items():
        if experiment.kind == "path" and experiment.variants[-1].name == complete.name:
            return {tuple(s["keys"]): s for s in along(sweep(evidence.about(key)))}
    return {}
