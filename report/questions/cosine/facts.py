"""Extra: does a learning rate that falls along a cosine help, with and without warm restarts?

In: the evidence. Out: a sweep, how each schedule compares with the constant rate, and the best constant rate
of question 2.1 for scale.
"""

import numpy as np

from report.facts.sweep import HOPELESS, sweep, verdict, with_value
from report.statistics import HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED

WINDOW = 10  # epochs before and after a restart
ASSUMES = {"varied": ["schedule"]}

OUTCOMES = HOPELESS | {
    "helps": "higher than the constant rate: {}",
    "hurts": "lower than the constant rate: {}",
    "same": "the same as the constant rate",
    "undecided": "undecided beside the constant rate: {}",
    "one seed": "one seed each, highest: {}",
    "diverges": "{} diverges",
    "no constant": "no constant rate beside it",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    found["n_same_lost"] = n_same_lost(found["standings"])
    found["rates"] = sorted({s["hyperparameters"]["learning_rate"] for s in found["standings"]})
    found["sweep"] = best_constant_rate(evidence)
    constant = with_value(found, "constant")
    others = [s for s in found["standings"] if s is not constant]
    if not (constant and others):
        return found | {"constant": None, "outcome": "no constant", "claim": []}
    beside = {
        key: [s["name"] for s in others if verdict(found, s, constant) == key]
        for key in (HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED)
    }
    found |= {
        "constant": constant["name"],
        "beside": beside,
        "budgets": [budget(evidence, s, constant) for s in others],
        "restarts": [found for s in others if (found := restarts(evidence.variants[s["name"]]))],
    }
    if found["outcome"] in HOPELESS:
        return found
    gone = [s for s in (constant, *others) if s["diverged"]]
    if constant["diverged"] or len(gone) == len(others):
        return found | {"outcome": "diverges", "claim": [s["label"] for s in gone]}
    if beside[UNJUDGED]:
        best = next(s for s in found["standings"] if s["name"] == found["best"])
        return found | {"outcome": "one seed", "claim": [best["label"]]}
    for outcome, key in (("helps", HIGHER), ("undecided", UNDECIDED), ("hurts", LOWER)):
        if beside[key]:
            claim = [s["label"] for s in others if s["name"] in beside[key]]
            return found | {"outcome": outcome, "claim": claim}
    return found | {"outcome": "same", "claim": []}


def budget(evidence, scheduled, constant):
    """A schedule's learning rates together, and what the constant rate has with as much.

    Returns
    -------
    dict
        ``name``; ``epochs``: of the constant rate that add up to as much as the schedule's before its last forward
        pass; ``train``: the constant run's training accuracy after them, mean over seeds, per cent, between two epochs in
        proportion, and ``gradient``: W1's mean gradient in the
        last epoch of the schedule and of the constant rate. None where a seed of either diverged.
    """
    ours, theirs = (evidence.variants[s["name"]] for s in (scheduled, constant))
    if scheduled["diverged"] or constant["diverged"]:
        return {"name": scheduled["name"], "epochs": None, "train": None, "gradient": None}
    rate = constant["hyperparameters"]["learning_rate"]
    # The accuracy of an epoch is that before its update: the first stands after none.
    epochs = round(float(ours.first.history["learning_rate"][:-1].sum()) / rate, 3)
    then = [
        np.interp(epochs, np.arange(len(accuracy)), accuracy)
        for accuracy in (run.history["train_accuracy"] for run in theirs.seeds)
    ]
    return {
        "name": scheduled["name"],
        "epochs": epochs,
        "train": float(np.mean(then)),
        "gradient": [s["last"]["mean_gradient"][0] for s in (scheduled, constant)],
    }


def restarts(variant):
    """What the loss does where a rate that fell is raised again.

    Returns
    -------
    dict or None
        ``name``; ``epochs`` that begin with a raised rate; over all of them and all seeds: ``n``, and in ``rose`` of
        them the loss is higher an epoch later; by how much it ``fell`` on average, in the ``window`` epochs
        before and in those after. None without restarts.
    """
    if any(run.diverged_at for run in variant.seeds):
        return None
    rates = variant.first.history["learning_rate"]
    # Places in the history: the loss there is that before the first raised step.
    raised = 1 + np.flatnonzero(np.diff(rates) > 0)
    window = min([WINDOW, *raised, *(len(rates) - 1 - raised)])
    if not len(raised) or window < 1:
        return None
    losses = np.array([run.history["loss"] for run in variant.seeds])
    at = losses[:, raised]
    return {
        "name": variant.name,
        "epochs": (raised + 1).tolist(),
        "n": at.size,
        "rose": int((losses[:, raised + 1] > at).sum()),
        "window": int(window),
        "fell": [
            float((losses[:, raised - window] - at).mean()),
            float((at - losses[:, raised + window]).mean()),
        ],
    }


def best_constant_rate(evidence):
    """The best of question 2.1, to set the schedules beside, or None."""
    if "learning_rate" not in evidence.experiments:
        return None
    rates = sweep(evidence.about("learning_rate"))
    best = next((s for s in rates["standings"] if s["name"] == rates["best"]), None)
    return best and {"question": rates["question"], "best": best}


def n_same_lost(standings):
    """With how many seeds all of them never predict the same classes, and at least one."""
    by_seed = {}
    for s in standings:
        for own in s["seeds"]:
            by_seed.setdefault(own["seed"], []).append(tuple(own["never"]))
    return sum(
        len(lost) == len(standings) and len(set(lost)) == 1 and bool(lost[0])
        for lost in by_seed.values()
    )
