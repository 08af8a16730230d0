"""The best network: which is it, can it be told from the others, and where is it taken apart?

In: the evidence. Out: all variants ranked, the best beside the baseline, and the experiments about its choices.
"""

import numpy as np

from report.facts.everything import everything
from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, verdict

__all__ = ["OUTCOMES", "facts"]


COPIED = ("best", "rivals", "rivals_below", "equals", "lower", "unjudged", "settle", "verdicts")


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
        "rivals_overlap": [name for name in found["rivals"] if name not in found["rivals_below"]],
        "standings": found["standings"],
        "n_variants": len(found["standings"]),
        "n_seeds": len(evidence.seeds),
        "baseline": baseline and standing(baseline, evidence),
        "beside_baseline": best and baseline and verdict(found, by_name(best), by_name(baseline)),
        "taken_apart": taken_apart(found["best"], evidence),
        "others_taken_apart": [
            {"key": experiment.key, "title": experiment.title}
            for experiment in evidence.experiments.values()
            if experiment.kind == "ablation" and experiment.variants[0].name != found["best"]
        ],
        "late_range": late_range(found["best"], evidence)
        if best and standing(best, evidence)["rises_often"]
        else None,
        "outcome": found["ranking"],
        "claim": found["claim"],
        "highest": found["highest"],
        "diverged": found["diverged"],
    }


def late_range(name, evidence):
    """Where the training accuracy of the best goes over its last tenth, and which variant is highest there.

    Returns
    -------
    dict
        ``low``, ``high``: over its epochs and seeds; ``mean``; ``highest``: the name of the variant with true
        labels whose mean over its last tenth is highest, and ``highest_mean``. Per cent.
    """
    means = {
        v.name: float(np.mean([_last_tenth(run).mean() for run in v.seeds]))
        for v in evidence.variants.values()
        if v.hyperparameters["labels"] == "original" and len(v.finished) == len(v.seeds)
    }
    best = [_last_tenth(run) for run in evidence.variants[name].seeds]
    highest = max(means, key=means.get)
    return {
        "low": float(np.min(best)),
        "high": float(np.max(best)),
        "mean": means[name],
        "highest": highest,
        "highest_mean": means[highest],
    }


def _last_tenth(run):
    accuracies = run.history["train_accuracy"]
    return accuracies[-max(len(accuracies) // 10, 1) :]


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
