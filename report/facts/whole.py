"""The report as a whole → what its cover, its section on seeds and its table of runs say.

In: the evidence. Out: plain data. Used by workflow/scripts/facts.py; report/pages puts it into words.
"""

from dataclasses import asdict

import numpy as np

from report import statistics
from report.facts.everything import everything
from report.facts.evidence import Evidence
from report.facts.original import printed
from report.facts.standing import standing


def whole(evidence: Evidence):
    """Everything that no single question says.

    Returns
    -------
    dict
        ``everything``: all variants on true labels, see `everything.everything`; ``variants``: all
        standings, best first; ``baseline``; ``seeds``: see `seeds`; ``printed``: see
        `original.printed`; ``sampling``: between what so many test images leave the best variant's accuracy.
    """
    found = everything(evidence)
    standings = [standing(variant, evidence) for variant in evidence.variants.values()]
    baseline = next((s for s in standings if s["name"] == evidence.baseline), None)
    best = next((s for s in standings if s["name"] == found["best"]), None)
    return {
        "everything": found,
        "variants": sorted(standings, key=_by_accuracy),
        "baseline": baseline,
        "best": best,
        "n_diverged": len(found["diverged"]),
        "n_with_accuracy": sum(s["train"] is not None for s in found["standings"]),
        "n_reached": len(found["reached"]),
        "n_seeds": len(evidence.seeds),
        "all_seeds": evidence.seeds,
        "n_train": evidence.n_train,
        "n_test": evidence.n_test,
        "commonest_share": evidence.commonest_share,
        "sampling": best
        and {
            "accuracy": best["test"]["mean"],
            "interval": statistics.sampled_from(best["test"]["mean"], evidence.n_test),
        },
        "thresholds": asdict(evidence.thresholds),
        "n_test_above": sum(
            (s["gap"] or {}).get("verdict") == statistics.LOWER for s in found["standings"]
        ),
        "seeds": seeds(
            [s for s in found["standings"] if s["name"] in evidence.one_name_each],
            evidence.seeds,
            evidence.thresholds.seeds_matter_points,
        ),
        "printed": printed(evidence),
    }


def _by_accuracy(s):
    return (-s["train"]["mean"] if s["train"] else np.inf, s["label"])


def seeds(standings, all_seeds, most_apart):
    """The variants whose seeds end more than `most_apart` points apart, the widest range first."""
    apart = [s for s in standings if s["depends_on_the_seed"]]
    apart.sort(key=lambda s: -s["train"]["width"])
    by_class = [s for s in apart if s["failure"]["by_chance"]]
    return {
        "apart": [
            {
                "name": s["name"],
                "label": s["label"],
                "width": s["train"]["width"],
                "by_seed": [
                    next((own for own in s["seeds"] if own["seed"] == seed), None)
                    for seed in all_seeds
                ],
            }
            for s in apart
        ],
        "n_apart": len(apart),
        "n_variants": len(standings),
        "n_by_class": len(by_class),
        # On the classes that each still answers.
        "n_alike_on_the_rest": sum(
            s["rest"]["n"] == s["n_seeds"] and s["rest"]["width"] <= most_apart
            for s in by_class
            if s["rest"]
        ),
    }
