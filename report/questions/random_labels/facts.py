"""Extra: what does training accuracy mean on shuffled labels?

In: the evidence. Out: a sweep, and how many seeds fit random labels beyond the commonest label's share.
"""

from report import statistics
from report.blind import reference_losses
from report.facts.sweep import sweep, verdict, with_value

ASSUMES = {"varied": ["labels"]}

OUTCOMES = {
    "memorises": "random labels are memorised with every seed",
    "some memorise": "random labels are memorised with some seeds",
    "none memorises": "random labels are not memorised",
    "diverges": "{} diverges",
    "not shuffled": "no shuffled labels",
}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    true_labels, shuffled = (with_value(found, labels) for labels in ("original", "shuffled"))
    found |= {
        "true_labels": true_labels and true_labels["name"],
        "shuffled": shuffled and shuffled["name"],
        "commonest_share": evidence.commonest_share,
        "n_train": evidence.n_train,
        "chance": 100 / len(evidence.classes),
        "points": evidence.thresholds.learned_points,
        # Seeds that lost classes on true labels are no measure of what is learned there.
        "true_labels_lose_classes": bool(true_labels and true_labels["failure"]["kind"]),
    }
    if not shuffled:
        return found | {"outcome": "not shuffled", "claim": []}
    if shuffled["diverged"]:
        return found | {"outcome": "diverges", "claim": [shuffled["label"]]}
    accuracies = [seed["train"] for seed in shuffled["seeds"]]
    n = statistics.above(accuracies, evidence.commonest_share, evidence.thresholds.learned_points)
    outcome = "memorises" if n == len(accuracies) else "some memorise" if n else "none memorises"
    return found | {
        "n_memorising": n,
        # A network of which most outputs are dead cannot show whether it would memorise.
        "stuck": all(2 * own["dead_outputs"] > len(evidence.classes) for own in shuffled["seeds"]),
        "dead_outputs": sorted({own["dead_outputs"] for own in shuffled["seeds"]}),
        "above_blind": _above_blind(shuffled, evidence),
        "beyond": shuffled["train"]["mean"] - evidence.commonest_share,
        "beside_true": true_labels and verdict(found, true_labels, shuffled),
        "outcome": outcome,
        "claim": [],
    }


def _above_blind(shuffled, evidence):
    """The loss of the best answer that is the same for all images, where the run's own is above it; else None."""
    chosen = [shuffled["hyperparameters"]]
    blind = reference_losses(chosen, evidence.summary["train_counts"]).get("blind")
    return (
        blind
        if blind is not None and shuffled["loss"] is not None and shuffled["loss"] > blind
        else None
    )
