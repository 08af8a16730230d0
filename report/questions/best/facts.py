"""The best network: which is it, can it be told from the others, and how did it get there?

In: the evidence. Out: all variants ranked, the best beside the baseline, and the best of each question in turn.
"""

from report import statistics
from report.facts.everything import everything
from report.facts.standing import standing
from report.facts.sweep import OUTCOMES, beside, sweep, verdict
from report.statistics import HIGHER

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
        "steps": steps(evidence),
        "outcome": found["ranking"],
        "claim": found["claim"],
        "highest": found["highest"],
        "diverged": found["diverged"],
    }


def steps(evidence):
    """The best of each question in the report's order, each that is higher than the last one named.

    With one seed, where nothing can be called higher, the mean must be by more than what counts as
    the same: a list of where the highest was found, no more.
    """
    listed, last = [], evidence.variants.get(evidence.baseline)
    for key in evidence.experiments:
        found = sweep(evidence.about(key))
        variant = evidence.variants.get(found["best"])
        if variant is None or variant.hyperparameters["labels"] != "original":
            continue
        if last is None or ahead(variant, last, evidence):
            listed.append(
                {
                    "title": found["title"],
                    "question": found["question"],
                    "standing": standing(variant, evidence),
                }
            )
            last = variant
    return listed


def ahead(variant, other, evidence):
    """Whether one variant is higher than another, or with one seed ends beyond the same."""
    found = beside(variant, other, evidence)
    if found != statistics.UNJUDGED:
        return found == HIGHER
    ours, theirs = (v.first.train_accuracy for v in (variant, other))
    return statistics.above([ours], theirs, evidence.thresholds.same_points) == 1
