"""What is inside: what have weights, activations and gradients learned, and how well are classes kept apart?

In: the evidence. Out: the best variant and the worst that did not diverge, inside; how neighbours in the second
layer go with accuracy. Pictures, weights and neighbours are those of first seeds.
"""

from functools import cache

import numpy as np

from nn.activations import ACTIVATIONS
from report import embedding, statistics
from report.facts.everything import everything
from report.facts.failure import never_predicted, rest
from report.facts.ordering import rank_correlation
from report.facts.standing import LAYERS, spread

OUTCOMES = {
    "apart": "neighbours agree more in {} than in {}",
    "not apart": "neighbours agree no more in {} than in {}",
    "one variant": "one variant only, {}",
    "not measured": "nothing can be measured in {}",
}


def facts(evidence):
    found = everything(evidence)
    order = [evidence.variants[name] for name in found["order"]]
    alive = [v for v in order if v.name not in found["diverged"]] or order
    best, worst = alive[0], alive[-1]
    standings = {s["name"]: s for s in found["standings"]}
    pair = [standings[v.name] for v in (best, worst)]
    agree = [neighbours_agree(v) for v in (best, worst)]
    if best is worst:
        outcome = "one variant"
    elif None in agree:
        outcome = "not measured"
    else:
        outcome = "apart" if agree[0] > agree[1] else "not apart"
    # Of neighbours that are all in one place none is nearer than another.
    apart = [v for v in alive if not says_one_thing(v)]
    limit = evidence.thresholds.near_start_share
    some_learn = found["best"] is not None
    return {
        "key": "inside",
        "question": evidence.inside,
        "title": "Look inside",
        "standings": [standings[name] for name in dict.fromkeys((best.name, worst.name))],
        "n_variants": len(order),
        "n_seeds": len(evidence.seeds),
        "some_learn": some_learn,
        # Of runs that all learn nothing none is good or bad.
        "called": {
            "best": "best" if some_learn else "highest",
            "worst": "worst" if some_learn else "lowest",
        },
        "best": best.name,
        "worst": worst.name,
        # Which of those that answer one class only is lowest, the shares of the classes decide.
        "n_as_low": n_as_low(found["standings"], standings[worst.name]),
        "n_one_class": sum(standings[v.name]["failure"]["kind"] == "one class" for v in alive),
        "some_diverged": bool(found["diverged"]) and alive is not order,
        "neighbours_agree": dict(zip(("best", "worst"), agree, strict=True)),
        "neighbours_agree_before": {
            key: neighbours_agree(v, "initial_") for key, v in (("best", best), ("worst", worst))
        },
        "pixels_agree": evidence.summary["pixels_agree"],
        "pixels_agree_interval": statistics.sampled_from(
            evidence.summary["pixels_agree"], len(best.first.inside["second_layer_labels"])
        ),
        "moved_within": moved_within(best, evidence.summary["image_shape"]),
        "moved": {key: moved(v) for key, v in (("best", best), ("worst", worst))},
        "still_rows": still_rows(best),
        "n_units": best.first.weights["W1"].shape[1],
        "left_by_averaging": left_by_averaging(best),
        "best_stays_near_its_start": (moved(best)[0] or np.inf) < limit,
        # Of an activation that flattens at 0 alone an output at a limit is a unit that is off.
        "has_limits": bool(ACTIVATIONS[best.hyperparameters["activation"]].limits),
        "off_units": ACTIVATIONS[best.hyperparameters["activation"]].limits == (0,),
        "n_mapped": len(best.first.inside["second_layer_labels"]),
        "untrained": untrained_separation(alive, standings, evidence.thresholds),
        "unsaid": unsaid(alive, standings, evidence),
        "rank_correlation": agreement_with_accuracy(alive),
        "n_correlated": len(alive),
        "beside_pixels": beside_pixels(apart, evidence.summary["pixels_agree"]),
        "least": least_agreeing(apart, standings),
        "one_class_agree": spread(
            [
                share
                for v in apart
                if standings[v.name]["failure"]["kind"] == "one class"
                and (share := neighbours_agree(v)) is not None
            ]
        ),
        "one_point": {key: says_one_thing(v) for key, v in (("best", best), ("worst", worst))},
        "n_one_point": len(alive) - len(apart),
        "outcome": outcome,
        "claim": [s["label"] for s in pair][: 1 if best is worst else 2],
    }


def n_as_low(standings, lowest):
    """How many end with exactly the mean accuracy of the lowest; 0 where that has none."""
    ends = [round(s["train"]["mean"], 6) for s in standings if s["train"]]
    return ends.count(round(lowest["train"]["mean"], 6)) if lowest["train"] else 0


def neighbours_agree(variant, before=""):
    """Per cent of the images most of whose neighbours in layer 2 are of their class (first seed).

    After training, or with ``before="initial_"`` before.
    """
    share = _share(variant.first, before)
    return share if np.isfinite(share) else None


@cache
def _share(run, before):
    # Counted here and not taken from the map, which only the seed that is shown has.
    return embedding.neighbours_agree(
        run.inside[f"{before}second_layer"], run.inside["second_layer_labels"]
    )


@cache
def _own(run, before=""):
    return embedding.among_their_own(
        run.inside[f"{before}second_layer"], run.inside["second_layer_labels"]
    )


def says_one_thing(variant):
    """Whether the second layer has the same outputs for every image that is looked at (first seed)."""
    return bool(np.ptp(variant.first.inside["second_layer"], axis=0).max() == 0)


def least_agreeing(variants, standings):
    """The variant whose second layer has the fewest neighbours that agree (first seeds): ``name``, ``label``, ``agree``."""
    measured = [v for v in variants if neighbours_agree(v) is not None]
    if not measured:
        return None
    least = min(measured, key=neighbours_agree)
    return {
        "name": least.name,
        "label": standings[least.name]["label"],
        "agree": neighbours_agree(least),
    }


def unsaid(variants, standings, evidence):
    """What the layer makes of classes that the network never predicts, for the highest variant with such (first seed).

    Returns
    -------
    dict or None
        ``standing``; ``classes``; ``n_images`` of them among those looked at, ``n_own``: those of them
        that have mostly neighbours of their own class, ``n_own_before`` training; ``known``: whether these are so many as a layer
        has that keeps classes apart. None where no variant that learned loses a class of which an image is
        looked at.
    """
    for variant in variants:
        run = variant.first
        lost = never_predicted(run) if rest(run) is not None else []
        labels = run.inside["second_layer_labels"]
        asked = np.isin(labels, lost)
        if not asked.any() or not np.isfinite(run.inside["second_layer"]).all():
            continue
        own = _own(run)[asked]
        return {
            "standing": standings[variant.name],
            "classes": [evidence.classes[i] for i in lost],
            "n_images": len(own),
            "n_own": int(own.sum()),
            "n_own_before": int(_own(run, "initial_")[asked].sum()),
            "known": bool(100 * own.mean() >= evidence.thresholds.separated_percent),
        }
    return None


def moved(variant):
    """Norm of each matrix's change over the norm of its start (first seed), None if not finite."""
    weights = variant.first.weights
    shares = []
    for layer in LAYERS:
        # In float64: of a diverged run the squares of float32 weights overflow.
        end, start = (weights[f"{part}W{layer + 1}"].astype(float) for part in ("", "initial_"))
        share = float(np.linalg.norm(end - start) / np.linalg.norm(start))
        shares.append(share if np.isfinite(share) else None)
    return shares


def moved_within(variant, image_shape):
    """As `moved`, of W1's rows in the middle half of the images' height and width, and of those at their border.

    Returns
    -------
    dict or None
        ``middle``, ``border``, and how many pixels wide the border is, ``width``; None where one is not finite.
    """
    height, width = image_shape
    weights = variant.first.weights
    end, start = (weights[f"{part}W1"].astype(float) for part in ("", "initial_"))
    place = np.zeros((height, width), dtype=bool)
    middle, border = place.copy(), ~place
    middle[height // 4 : height - height // 4, width // 4 : width - width // 4] = True
    wide = max(1, min(height, width) // 14)
    border[wide:-wide, wide:-wide] = False
    shares = [
        float(np.linalg.norm((end - start)[rows]) / np.linalg.norm(start[rows]))
        for rows in (middle.ravel(), border.ravel())
    ]
    return (
        {"middle": shares[0], "border": shares[1], "width": wide}
        if np.isfinite(shares).all()
        else None
    )


def left_by_averaging(variant):
    """The size of W1's change averaged over units, over its size in them (root mean squares, first seed).

    1 where all units changed alike, 1/√n where the changes of n units have nothing in common; None where
    none changed or one is not finite.
    """
    weights = variant.first.weights
    change = weights["W1"].astype(float) - weights["initial_W1"]
    size = np.sqrt(np.square(change).mean())
    if not 0 < size < np.inf:
        return None
    return float(np.sqrt(np.square(change.mean(axis=1)).mean()) / size)


def still_rows(variant):
    """The share of W1's rows, one a pixel, in which no weight changed by a bit (first seed)."""
    weights = variant.first.weights
    return float(np.mean((weights["W1"] == weights["initial_W1"]).all(axis=1)))


def untrained_separation(variants, standings, thresholds):
    """A run that answers badly though its second layer keeps classes apart (first seeds), or None."""
    odd = [
        v
        for v in variants
        if (neighbours_agree(v) or 0) > thresholds.separated_percent
        and v.first.train_accuracy < thresholds.answers_badly_percent
    ]
    if not odd:
        return None
    chosen = max(odd, key=neighbours_agree)
    return {
        "name": chosen.name,
        "label": standings[chosen.name]["label"],
        "train": chosen.first.train_accuracy,
        "agree": neighbours_agree(chosen),
        "before": neighbours_agree(chosen, "initial_"),
        "stays_near_its_start": (moved(chosen)[0] or np.inf) < thresholds.near_start_share,
    }


def beside_pixels(variants, pixels_agree):
    """What training does to neighbours (first seeds), over all variants.

    Returns
    -------
    dict
        ``n`` variants measured; ``above``: in how many more images than in the pixels have mostly neighbours of
        their own class, by more than the choice of so many images leaves open; ``lowered``: in how many so many fewer than
        before training.
    """
    shares = [
        (neighbours_agree(v, "initial_"), neighbours_agree(v), len(v.first.inside["second_layer"]))
        for v in variants
    ]
    measured = [
        (before, statistics.sampled_from(after, n))
        for before, after, n in shares
        if None not in (before, after)
    ]
    return {
        "n": len(measured),
        "above": sum(low > pixels_agree for _, (low, _) in measured),
        "lowered": sum(high < before for before, (_, high) in measured),
    }


def agreement_with_accuracy(variants):
    """Spearman's rank correlation of first seeds' accuracy with neighbours agreeing, or None."""
    pairs = [(v.first.train_accuracy, neighbours_agree(v)) for v in variants]
    measured = [pair for pair in pairs if None not in pair]
    return rank_correlation(*zip(*measured, strict=True)) if measured else None
