"""All variants with true labels beside each other, whatever asked for them.

In: the evidence. Out: plain data: standings, their order, and which can be told from the best. Used by the
questions about all runs and by the report as a whole.
"""

from report.facts.evidence import Evidence
from report.facts.standing import standing
from report.facts.sweep import by_rank, highest, outcome, ranked


def everything(evidence: Evidence):
    """As `sweep.sweep`, of every variant that was trained on the labels as they are.

    Without any, of all: an experiment with shuffled labels alone is all there is then.
    """
    chosen = [v for v in evidence.variants.values() if v.hyperparameters["labels"] == "original"]
    variants = chosen or list(evidence.variants.values())
    standings = [standing(variant, evidence) for variant in variants]
    found = {"standings": standings, "place": None, "true_labels": bool(chosen)}
    found |= ranked(standings, variants, evidence, only_which_is_best=True)
    found["ranking"], found["claim"] = outcome(found)
    found["highest"] = highest(found)
    found["reached"] = [s["name"] for s in by_rank(found) if s["reached"]["every_seed"]]
    return found
