"""One experiment → which of its variants is best, and whether that can be said at all.

In: the evidence. Out: plain data with an *outcome*, one of `OUTCOMES`, and a *claim*, the labels that it
is about. Used by the questions, whose answers branch on the outcome.
"""

from functools import cache

from nn.initializers import same_draws
from report import statistics
from report.blind import beyond_blind, reference_losses
from report.facts.evidence import Evidence
from report.facts.standing import described, standing
from report.labels import common_label
from report.statistics import HIGHER, SAME, UNDECIDED, UNJUDGED

# Outcome → what it says, in few words, of the labels that it is about.
OUTCOMES = {
    "all diverge": "every variant diverges",
    "nothing learns": "nothing learns",
    "one value": "one variant only, {}",
    "one survives": "only {} does not diverge",
    "one seed": "highest with one seed: {}",
    "undecided": "undecided between {}",
    "same": "the same: {}",
    "best at edge": "{} best, at the edge of the range",
    "best inside": "{} best, inside the range",
    "best": "{} best",
}
# Those in which there is nothing to compare, whatever a question asks.
HOPELESS = {key: OUTCOMES[key] for key in ("all diverge", "nothing learns")}


def sweep(evidence: Evidence):
    """The variants of an experiment beside each other.

    Returns
    -------
    dict
        ``standings`` in the configuration's order; ``epochs``: how many they were given, fewest
        first; ``rests_on``: the names of all that the answer compares, here theirs; ``alike``: what they have in common; ``references``: see
        `reference_losses`; ``rise``: whether some come to tell images apart while they train; ``order``:
        names, best first, diverged ones last; ``best``, ``worst``: names, or None where nothing can
        be called that; ``lowest``: whether the worst is lower than every other; ``verdicts``: every
        pair of variants that did not diverge; ``rivals``, ``equals``, ``lower``, ``unjudged``: names that are undecided
        beside the best, the same, lower, or of one seed; ``rivals_below``: those undecided of which every
        seed is lower than every one of the best; ``prediction``: what a reader may guess before the
        answer, how the ``last`` of the configuration's variants ends beside the ``first``, with the verdict on
        the last minus the first, None of fewer than two; ``place`` of the best among numbers
        ("smallest", "largest", "inside"; None elsewhere); ``settle``: what would decide;
        ``ranking``: the outcome of the ranking, one of `OUTCOMES`, and ``claim``, the labels that
        it is about.
    """
    experiment, counts = evidence.experiment, evidence.summary["train_counts"]
    standings = [
        standing(variant, evidence, label, values)
        for variant, label, values in zip(
            experiment.variants, experiment.labels, experiment.values, strict=True
        )
    ]
    found = {
        "key": experiment.key,
        "question": experiment.question,
        "title": experiment.title,
        "varied": list(experiment.varied),
        "kind": experiment.kind,
        "varied_label": experiment.varied_label,
        "alike": common_label(
            [s["hyperparameters"] for s in standings], experiment.variants[0].usual
        ),
        "seeds": list(experiment.seeds),
        "n_seeds": len(experiment.seeds),
        "epochs": sorted({s["hyperparameters"]["epochs"] for s in standings}),
        "rests_on": [s["name"] for s in standings],
        "references": reference_losses([s["hyperparameters"] for s in standings], counts),
        # What the curves mark.
        "rise": any(v.rises_at(beyond_blind(counts)) for v in experiment.variants),
        "standings": standings,
    }
    found |= ranked(standings, experiment.variants, evidence)
    found["prediction"] = prediction(standings, experiment.variants, evidence)
    found["place"] = place(found["best"], standings, experiment)
    found["ranking"], found["claim"] = outcome(found)
    # What a question makes of it may be another outcome of its own.
    found["outcome"] = found["ranking"]
    found["highest"] = highest(found)
    found["reached"] = [s["name"] for s in by_rank(found) if s["reached"]["every_seed"]]
    found["all_reached"] = len(found["reached"]) == len(standings)
    return found


def ranked(standings, variants, evidence: Evidence, only_which_is_best=False):
    """Order, verdicts, and who stands how beside the best; see `sweep`.

    With `only_which_is_best` none but the highest is compared with the others.
    """
    alive = [i for i, s in enumerate(standings) if not s["diverged"]]
    # Rounded, so that equal counts of images are equal whatever the order of their sum.
    mean = lambda i: round(standings[i]["train"]["mean"], 6)  # noqa: E731
    order = sorted(alive, key=lambda i: (-mean(i), standings[i]["label"]))
    differences = judged(
        tuple(variants[i] for i in alive),
        evidence.thresholds.same_points,
        alive.index(order[0]) if order and only_which_is_best else None,
    )
    gone = [i for i in range(len(standings)) if i not in alive]
    name = [s["name"] for s in standings]
    found = {
        "order": [name[i] for i in order + gone],
        "diverged": [name[i] for i in gone],
        "diverged_every_seed": all(standings[i]["all_diverged"] for i in gone),
        "best": None,
        "worst": None,
        "lowest": False,
        "verdicts": [
            {"first": name[alive[i]], "second": name[alive[j]], **described(difference)}
            for (i, j), difference in differences.items()
            if (alive[i] == order[0] if only_which_is_best else i < j)
        ],
        "lower": [],
        "rivals": [],
        "rivals_below": [],
        "equals": [],
        "unjudged": [],
        "settle": None,
        "seeds_differ_most": widest(standings, alive),
    }
    if not order or not any(standings[i]["learns"] for i in order):
        return found
    best, *others = order
    beside = {j: differences[alive.index(best), alive.index(j)] for j in others}
    for verdict, key in (
        (HIGHER, "lower"),
        (UNDECIDED, "rivals"),
        (SAME, "equals"),
        (UNJUDGED, "unjudged"),
    ):
        found[key] = [name[j] for j in others if beside[j].verdict == verdict]
    found |= {"best": name[best], "worst": name[order[-1]] if others else None}
    found["rivals_below"] = [
        name[j]
        for j in others
        if beside[j].verdict == UNDECIDED and seeds_above(variants[best], variants[j])
    ]
    worst = alive.index(order[-1])
    above_worst = [d.verdict for (_, j), d in differences.items() if j == worst]
    # Lower than the best alone is no more than not the best.
    found["lowest"] = len(above_worst) == len(others) and set(above_worst) == {HIGHER}
    if found["rivals"]:
        needed = [beside[j].seeds_needed for j in others if beside[j].verdict == UNDECIDED]
        settled = [n for n in needed if n is not None]
        found["settle"] = {
            # None: not even with the most that are thought of.
            "seeds": max(settled) if len(settled) == len(needed) else None,
            "first": min(settled, default=None),
            "most": statistics.MOST_SEEDS,
        }
    return found


def seeds_above(one, other):
    """Whether every seed of a variant ends above every seed of another."""
    return statistics.all_above(*([run.train_accuracy for run in v.seeds] for v in (one, other)))


def prediction(standings, variants, evidence: Evidence):
    """How the last of some variants, those that diverged left out, ends beside the first; see `sweep`."""
    alive = [i for i, s in enumerate(standings) if not s["diverged"]]
    if len(alive) < 2:
        return None
    differences = judged(tuple(variants[i] for i in alive), evidence.thresholds.same_points)
    first, last = (standings[alive[place]]["name"] for place in (0, -1))
    return {"first": first, "last": last, **described(differences[len(alive) - 1, 0])}


@cache
def judged(variants, same_points, highest=None):
    """Variants of which no seed diverged beside each other, by their places; see `statistics.judge`."""
    return statistics.judge(
        [{run.seed: run.train_accuracy for run in variant.seeds} for variant in variants],
        lambda i, j: start_alike(variants[i], variants[j]),
        same_points,
        highest,
    )


def start_alike(one, other):
    """Whether the same seed gives two variants the same first weights, up to scale."""
    ours, theirs = one.hyperparameters, other.hyperparameters
    same_sizes = ours["hidden_units"] == theirs["hidden_units"]
    return same_sizes and _same_draws(*(_hashable(h["initializer"]) for h in (ours, theirs)))


def _hashable(spec):
    return tuple(sorted(spec.items()))


@cache
def _same_draws(spec, other):
    return same_draws(dict(spec), dict(other))


def widest(standings, alive):
    """The name of the variant whose seeds are furthest apart, or None."""
    widths = {standings[i]["name"]: standings[i]["train"]["width"] for i in alive}
    return max(widths, key=widths.get, default=None)


def place(best, standings, experiment):
    """Where the best value lies among numbers: "smallest", "largest", "inside"; None elsewhere."""
    if best is None or experiment.kind != "sweep" or len(standings) < 2:
        return None
    values = {s["name"]: s["values"][experiment.varied[0]] for s in standings}
    if not all(isinstance(value, int | float) for value in values.values()):
        return None
    if values[best] == min(values.values()):
        return "smallest"
    return "largest" if values[best] == max(values.values()) else "inside"


def outcome(found):
    """The outcome of a sweep, and the labels that it is about."""
    # In the configuration's order: which of the undecided has the highest mean decides nothing.
    named = lambda names: [s["label"] for s in found["standings"] if s["name"] in names]  # noqa: E731
    best = found["best"]
    if len(found["diverged"]) == len(found["standings"]):
        return "all diverge", []
    if best is None:
        return "nothing learns", []
    if len(found["standings"]) == 1:
        return "one value", named([best])
    if len(found["diverged"]) == len(found["standings"]) - 1:
        return "one survives", named([best])
    if found["unjudged"]:
        return "one seed", named([best])
    if found["rivals"]:
        return "undecided", named([best, *found["equals"], *found["rivals"]])
    if found["equals"]:
        return "same", named([best, *found["equals"]])
    if found["place"] is None:
        return "best", named([best])
    return "best inside" if found["place"] == "inside" else "best at edge", named([best])


def highest(found):
    """The label with the highest mean, where that is all that can be said of it; else None."""
    if found["ranking"] != "undecided":
        return None
    return next(s["label"] for s in found["standings"] if s["name"] == found["best"])


def by_rank(found):
    """The standings of a sweep, best first."""
    by_name = {s["name"]: s for s in found["standings"]}
    return [by_name[name] for name in found["order"]]


def with_value(found, value):
    """The standing of that value of the varied choice (of named choices the name), or None."""
    for s in found["standings"]:
        own = s["values"][found["varied"][0]]
        if value in (own, own.get("name") if isinstance(own, dict) else None):
            return s
    return None


def by_number(found):
    """The standings of a sweep over numbers, smallest value first."""
    return sorted(found["standings"], key=lambda s: s["values"][found["varied"][0]])


def compared(found, first, second):
    """How much higher the first of two standings ends than the second, and the verdict on that.

    Returns
    -------
    dict or None
        ``points``, ``verdict``; None where a seed of either diverged.
    """
    names = (first["name"], second["name"])
    for pair in found["verdicts"]:
        points, verdict = pair["points"], pair["verdict"]
        if (pair["first"], pair["second"]) == names:
            return {"points": points, "verdict": verdict}
        if (pair["second"], pair["first"]) == names:
            return {"points": -points, "verdict": statistics.OPPOSITE.get(verdict, verdict)}
    return None


def verdict(found, first, second):
    """How the first of two standings compares with the second, or None where one diverged."""
    pair = compared(found, first, second)
    return pair and pair["verdict"]


def beside(one, other, evidence):
    """The verdict on one variant beside another, those two alone; None where a seed diverged."""
    if any(len(v.finished) < len(v.seeds) for v in (one, other)):
        return None
    return judged((one, other), evidence.thresholds.same_points)[0, 1].verdict
