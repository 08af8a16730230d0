"""The best network: which is it, can it be told from the others, and where is it taken apart?

In: the evidence. Out: all variants ranked, the best beside the baseline, and the experiments about its choices.
"""

from report.facts.everything import everything
from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, verdict

__all__ = ["OUTCOMES", "facts"]


COPIED = ("best", "rivals", "equals", "lower", "unjudged", "settle", "verdicts")


def facts(evidence):
    found = everything(evidence)
    best = evidence.variants.get(found["best"])
    by_name = lambda variant: {"name": variant.name}  # noqa: E731
    baseline = evidence.variants.get(evidence.baseline)
    return {
        "key": "best",
        "question": "",
        "title": "The best network",
        **{key: found[key] for key in COPIED},
        "standings": found["standings"],
        "n_variants": len(found["standings"]),
        "n_seeds": len(evidence.seeds),
        "baseline": baseline and standing(baseline, evidence),
        "beside_baseline": best and baseline and verdict(found, by_name(best), by_name(baseline)),
        "taken_apart": taken_apart(found["best"], evidence),
        "others_taken_apart": [
            experiment.title
            for experiment in evidence.experiments.values()
            if experiment.kind == "ablation" and experiment.variants[0].name != found["best"]
        ],
        "outcome": found["ranking"],
        "claim": found["claim"],
        "highest": found["highest"],
        "diverged": found["diverged"],
    }


def taken_apart(name, evidence):
    """The experiments in which the steps of a variant were run: "ablation" and "path", key or None.

    An ablation begins with the whole, and a path ends with it.
    """
    whole = {"ablation": 0, "path": -1}
    found = dict.fromkeys(whole)
    for key, experiment in evidence.experiments.items():
        place = whole.get(experiment.kind)
        if place is not None and experiment.variants[place].name == name:
            found[experiment.kind] = {"key": key, "title": experiment.title}
    return found
