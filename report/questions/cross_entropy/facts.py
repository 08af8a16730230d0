"""Question 3.3: with cross-entropy instead of squared error, does the sigmoid network learn faster, and why?

In: the evidence. Out: a sweep, the verdict on the two losses, their first deltas, when each is half right, and
how they compare each at its best rate.
"""

import numpy as np

from report.facts import grid
from report.facts.delta import multiplied_by
from report.facts.failure import never_predicted, rest
from report.facts.standing import LAYERS, relative_first_update
from report.facts.sweep import HOPELESS, sweep, verdict, with_value
from report.questions import fits
from report.statistics import HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED

ASSUMES = {
    "varied": ["loss"],
    "activation": ["sigmoid"],
    "output_activation": ["sigmoid"],
    "slope": [1],
    "loss": ["squared_error", "binary_cross_entropy"],
}

OUTCOMES = HOPELESS | {
    "faster": "cross-entropy ends higher",
    "slower": "squared error ends higher",
    "same": "both end at the same accuracy",
    "undecided": "undecided between the two losses",
    "one seed": "one seed each, higher with {}",
    "diverges": "{} diverges",
    "no pair": "only one of the two losses was run",
}
_BY_VERDICT = {
    HIGHER: "faster",
    LOWER: "slower",
    SAME: "same",
    UNDECIDED: "undecided",
    UNJUDGED: "one seed",
    None: "diverges",
}
HALF = 50
GRID = ASSUMES | {"varied": ["loss", "learning_rate"]}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    ce, se = (with_value(found, loss) for loss in ("binary_cross_entropy", "squared_error"))
    if not (ce and se):
        return found | {"outcome": "no pair", "claim": []}
    if found["outcome"] in HOPELESS:
        return found
    outcome = _BY_VERDICT[verdict(found, ce, se)]
    claim = {
        "one seed": [s["label"] for s in (ce, se) if s["name"] == found["best"]],
        "diverges": [s["label"] for s in (ce, se) if s["diverged"]],
    }
    half_right = {
        variant.hyperparameters["loss"]: _half_right(variant)
        for variant in evidence.experiment.variants
    }
    ours, theirs = (s["initial"]["mean_delta"][2] for s in (ce, se))
    grid_of_rates = _with_rates(evidence)
    return found | {
        "cross_entropy": ce["name"],
        "squared_error": se["name"],
        # Only where squared error's is smaller.
        "delta_times": ours / theirs if ours > theirs > 0 else None,
        "at_best_rates": at_best_rates(*grid_of_rates) if grid_of_rates else None,
        "at_like_steps": at_like_steps(*grid_of_rates, se["name"]) if grid_of_rates else None,
        "half_right": half_right,
        "losing": losing(evidence),
        "earlier": _earlier(half_right["binary_cross_entropy"], half_right["squared_error"]),
        "outcome": outcome,
        "claim": claim.get(outcome, []),
    }


def at_like_steps(there, cells, squared_error):
    """Cross-entropy at the rate at which its first steps come nearest to squared error's.

    Of a grid's evidence and sweep, and the name of squared error's variant. Steps are compared matrix by matrix and
    seed by seed.

    Returns
    -------
    dict or None
        ``cross_entropy``, ``squared_error``: standings; ``ratios`` of their first updates: the smallest and largest
        over matrices and seeds; ``alike``: whether all of these are within `Thresholds.alike_times`;
        ``smaller``: whether none is larger than that; ``half_right``: of each, by seed; ``earlier``: whether cross-entropy
        is half right first, with every seed; ``verdict``: how its end compares. None where no rate was tried
        at which some first steps lie on either side of squared error's or near them.
    """
    by_name = {s["name"]: s for s in cells["standings"]}
    if squared_error not in by_name:
        return None
    theirs = by_name[squared_error]
    times = there.thresholds.alike_times
    # With the grid's own seeds: another question may have given a variant more.
    variants = {variant.name: variant for variant in there.experiment.variants}
    steps = _first_steps(variants[squared_error])
    if not np.all(steps > 0):
        return None
    tried = [
        (ours, _first_steps(variants[ours["name"]]) / steps)
        for ours in cells["standings"]
        if ours["hyperparameters"]["loss"] != "squared_error" and not ours["diverged"]
    ]
    near = [(ours, r) for ours, r in tried if r.min() <= times and r.max() >= 1 / times]
    if not near:
        return None
    ours, ratios = min(near, key=lambda one: np.abs(np.log(one[1])).max())
    first, second = (_half_right(variants[s["name"]]) for s in (ours, theirs))
    return {
        "cross_entropy": ours,
        "squared_error": theirs,
        "ratios": [float(ratios.min()), float(ratios.max())],
        "alike": bool(1 / times <= ratios.min() and ratios.max() <= times),
        "smaller": bool(ratios.max() <= times),
        "half_right": {"cross_entropy": first, "squared_error": second},
        "earlier": _earlier(first, second),
        "verdict": verdict(cells, ours, theirs),
    }


def _first_steps(variant):
    """The first |update| over |W|, (n_seeds, 3)."""
    return np.array([[relative_first_update(run, i) for i in LAYERS] for run in variant.seeds])


def losing(evidence):
    """How many networks that learn never predict some class, by what δ₃ is multiplied with.

    Returns
    -------
    dict of str to dict
        "gated" (by a derivative that is 0 where an output is 0), "open" (by another), "plain" (by none) → ``n`` networks
        on true labels, all seeds, right for more than one answer for all would be; ``losing``: those of
        them that never predict some class; ``left_out``: networks that are right for no more; ``n_left_out``: all of these.
    """
    counts = {"gated": [], "open": [], "plain": []}
    left_out = dict.fromkeys(counts, 0)
    for run in evidence.networks(lambda chosen: chosen["labels"] == "original"):
        if rest(run) is None:
            left_out[multiplied_by(run.hyperparameters)] += 1
        else:
            counts[multiplied_by(run.hyperparameters)].append(bool(never_predicted(run)))
    told = {
        key: {"n": len(lost), "losing": sum(lost), "left_out": left_out[key]}
        for key, lost in counts.items()
    }
    return told | {"n_left_out": sum(left_out.values())}


def _earlier(ours, theirs):
    """Whether every seed of ours is half right before the same seed of theirs."""
    return all(
        (a["epoch"] or np.inf) < (b["epoch"] or np.inf) for a, b in zip(ours, theirs, strict=True)
    )


def _half_right(variant):
    return [{"seed": run.seed, "epoch": run.first_epoch_at(HALF)} for run in variant.seeds]


def _with_rates(evidence):
    """The evidence about the grid of both losses and several rates, and its sweep; None without."""
    key = "cross_entropy_rate"
    if key not in evidence.experiments or not fits(GRID, evidence.experiments[key]):
        return None
    there = evidence.about(key)
    return there, sweep(there)


def at_best_rates(there, found):
    """How the two losses compare each at its best learning rate; of a grid's evidence and sweep.

    Returns
    -------
    dict or None
        ``ends``: for cross-entropy and squared error ``standing``, and ``edge``: "smallest" or "largest"
        if its best rate is that of those tried; ``verdict``: how the first compares with the second; ``rates``:
        those tried.
        None where a loss diverged at every rate.
    """
    ends = [row for row in grid.facts(there, found)["best_of_row"] if row["standing"]]
    if len(ends) != 2:
        return None
    ends.sort(key=lambda row: row["standing"]["values"]["loss"] == "squared_error")
    rates = sorted({s["values"]["learning_rate"] for s in found["standings"]})
    return {
        "ends": ends,
        "verdict": verdict(found, *(row["standing"] for row in ends)),
        "rates": rates,
    }
