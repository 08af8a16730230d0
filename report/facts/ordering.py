"""What can be measured before a run has learned anything → how well it orders where runs end.

In: the variants of an experiment, what counts as ordering well. Out: plain data. Used by the question about
initialisation.
"""

import numpy as np
from scipy.stats import spearmanr

from report.facts.standing import relative_first_update

# Fewer runs are in some order by chance too easily.
FEWEST = 6
# Key → what it is called, and what it is of a run.
MEASURES = {
    "first_gradient": (
        "the mean |gradient| of W1",
        lambda run: run.measured["initial"]["mean_gradient"][0],
    ),
    "first_update": (
        "the first |update| of W1 over |W1|",
        lambda run: relative_first_update(run, 0),
    ),
    "spread_over_images": (
        "how far z of the second layer spreads over the images",
        lambda run: run.measured["initial"]["pre_activation_spread"][1],
    ),
    "spread": (
        "the spread of all z of the second layer",
        lambda run: run.measured["initial"]["pre_activation_std"][1],
    ),
    "saturated": (
        "the share of the second layer's outputs at a limit",
        lambda run: run.measured["initial"]["saturated"][1],
    ),
}


def ordering(variants, well):
    """Spearman's rank correlation of each of `MEASURES` with the accuracy at the end, over all runs.

    Parameters
    ----------
    variants : tuple of Variant
    well : float
        From which size of it on runs are well ordered.

    Returns
    -------
    dict or None
        ``n``: runs, all seeds, that did not diverge; ``measures``: ``key``, ``words``, ``correlation``
        (None where a measure is the same for all), the largest size first; ``well``: whether that is
        at least `well`. None for fewer than `FEWEST` runs, or where all end the same.
    """
    runs = [run for variant in variants for run in variant.finished]
    ends = [run.train_accuracy for run in runs]
    if len(runs) < FEWEST or len(set(ends)) == 1:
        return None
    found = [
        {
            "key": key,
            "words": words,
            "correlation": rank_correlation([measured(run) for run in runs], ends),
        }
        for key, (words, measured) in MEASURES.items()
    ]
    found.sort(key=lambda one: -abs(one["correlation"] or 0))
    strongest = found[0]["correlation"]
    return {
        "n": len(runs),
        "measures": found,
        "well": strongest is not None and abs(strongest) >= well,
    }


def by_column(experiment, key):
    """How one of `MEASURES` orders the ends of a grid's runs at each value of its second choice.

    Returns
    -------
    list of dict
        ``value``; ``n`` runs; ``correlation``: Spearman's. Without values where `ordering` finds none.
    """
    columns = {}
    for variant, values in zip(experiment.variants, experiment.values, strict=True):
        columns.setdefault(values[experiment.varied[1]], []).append(variant)
    found = {value: ordering(variants, well=1) for value, variants in columns.items()}
    return [
        {"value": value, "n": one["n"], "correlation": measure["correlation"]}
        for value, one in found.items()
        if one
        for measure in one["measures"]
        if measure["key"] == key and measure["correlation"] is not None
    ]


def rank_correlation(one, other):
    """Spearman's rank correlation of two measures of the same runs.

    None of fewer than three runs, of numbers that are not finite, or where all are the same.
    """
    both = np.array([one, other], dtype=float)
    if both.shape[1] < 3 or not np.isfinite(both).all() or np.ptp(both, axis=1).min() == 0:
        return None
    return float(spearmanr(*both).statistic)
