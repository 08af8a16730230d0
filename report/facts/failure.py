"""One variant → what went wrong with it, and what its output units do instead.

In: a `Variant`, the names of the classes. Out: plain data, over all seeds. Used by standing.py.
"""

from collections import defaultdict
from functools import cache

import numpy as np

from nn.activations import ACTIVATIONS
from nn.inspection import SATURATION_MARGIN
from report.runs import Run, Variant

# Points above one answer for all: a run that answers one class but for a handful of images is no better.
NO_BETTER = 1.0
# Per cent of the images from which on it is told that they are right by a tie alone.
MANY_TIES = 1.0


def failure(variant: Variant, classes):
    """What went wrong, over all seeds.

    Returns
    -------
    dict
        ``kind``: "diverged", "one class" (every seed predicts one class only), "some one class",
        "lost classes" or None; ``diverged``: ``epoch`` and `seeds_of`; ``one_class``: see `stuck`;
        ``lost``: see `losing`; ``tied``: see `tied`; ``told``: whether there is anything of all this;
        ``by_chance``: whether seeds differ in the classes that they lose.
    """
    diverged = [
        {"epoch": epoch, **seeds_of(runs, variant)}
        for epoch, runs in alike(variant.seeds, lambda run: run.diverged_at).items()
    ]
    one_class, lost, ties = stuck(variant, classes), losing(variant, classes), tied(variant)
    n_one = sum(len(group["seeds"]) for group in one_class)
    if diverged:
        kind = "diverged"
    elif one_class:
        kind = "one class" if n_one == len(variant.seeds) else "some one class"
    else:
        kind = "lost classes" if lost else None
    return {
        "kind": kind,
        "diverged": diverged,
        "one_class": one_class,
        "lost": lost,
        "tied": ties,
        "told": bool(kind or ties),
        "by_chance": len({tuple(never_predicted(run)) for run in variant.finished}) > 1,
    }


def stuck(variant: Variant, classes):
    """The seeds that predict one class for every training image, by that class and why.

    Returns
    -------
    list of dict
        ``class``; ``why``: "equal" (all outputs are one number, ``value``), "tied" (several outputs
        share the largest value for every image) or "largest" (one output is above all others);
        `seeds_of`; ``share``: per cent of the training images that this gets right; ``constant``:
        whether the output of that unit is the same for every image; ``lowest``, ``mean``: the smallest
        output of that unit for any image, and its mean, over these seeds.
    """
    alone = [run for run in variant.finished if only_predicted(run) is not None]
    groups = alike(alone, lambda run: (only_predicted(run), _why_alone(run)))
    return [
        _stuck_in(classes[winner], winner, why, runs) | seeds_of(runs, variant)
        for (winner, why), runs in groups.items()
    ]


def _stuck_in(name, winner, why, runs):
    lowest, mean, highest = (
        [float(run.inside[f"last_{measure}_activation_3"][winner]) for run in runs]
        for measure in ("min", "mean", "max")
    )
    return {
        "class": name,
        # Of seeds whose equal outputs are different numbers, no one number can be named.
        "why": "tied" if why == "equal" and len(set(highest)) > 1 else why,
        "share": runs[0].train_accuracy,
        "value": highest[0],
        "constant": lowest == highest,
        "lowest": min(lowest),
        "mean": float(np.mean(mean)),
    }


def _why_alone(run):
    lowest, highest = (run.inside[f"last_{end}_activation_3"] for end in ("min", "max"))
    if np.min(lowest) == np.max(highest):
        return "equal"
    n_images = predicted_counts(run).sum()
    return "tied" if run.measured["last"]["tied_images"] == n_images else "largest"


def losing(variant: Variant, classes):
    """The seeds that never predict some classes, by those classes, without those stuck in one.

    Returns
    -------
    list of dict
        ``classes``; `seeds_of`; ``zero``: those of them whose output is zero for every training image
        with each of these seeds; ``others``: the rest of them, and ``highest``, the largest of their
        outputs for any image and seed, None without any; ``reach_limit``: whether that is at the upper
        limit of their activation; ``on``: ``classes`` whose output is in the upper half of its range for
        every image and seed, and the ``lowest`` of these outputs, or None; ``rest``: see `rest`, mean over these seeds, None if
        it is of one of them; ``by_ties``: per cent of the training images that are right by a tie, mean
        over these seeds.
    """
    missing = [
        run for run in variant.finished if only_predicted(run) is None and never_predicted(run)
    ]
    groups = alike(missing, lambda run: tuple(never_predicted(run)))
    return [_lost(lost, classes, runs) | seeds_of(runs, variant) for lost, runs in groups.items()]


def _lost(indices, classes, runs):
    lowest = np.min([run.inside["last_min_activation_3"] for run in runs], axis=0)
    highest = np.max([run.inside["last_max_activation_3"] for run in runs], axis=0)
    limit, of_rest = _upper_limit(runs[0]), [rest(run) for run in runs]
    zero = [i for i in indices if lowest[i] == highest[i] == 0]
    others = [i for i in indices if i not in zero]
    return {
        "classes": [classes[i] for i in indices],
        "zero": [classes[i] for i in zero],
        "others": [classes[i] for i in others],
        "highest": float(highest[others].max()) if others else None,
        # Of an output that comes near its limit nothing is said by that it is never above it.
        "reach_limit": bool(others and highest[others].max() > limit - SATURATION_MARGIN),
        "on": _stuck_on(lowest, limit, classes),
        "rest": float(np.mean(of_rest)) if None not in of_rest else None,
        "by_ties": float(np.mean([by_ties(run) for run in runs])),
    }


def tied(variant: Variant):
    """The seeds that predict every class, but are right of many images by a tie: ``by_ties``, the mean, and `seeds_of`."""
    runs = [
        run for run in variant.finished if not never_predicted(run) and by_ties(run) >= MANY_TIES
    ]
    return (
        [{"by_ties": float(np.mean([by_ties(run) for run in runs])), **seeds_of(runs, variant)}]
        if runs
        else []
    )


def _stuck_on(lowest, limit, classes):
    on = [i for i, value in enumerate(lowest) if limit / 2 <= value < np.inf]
    return {"classes": [classes[i] for i in on], "lowest": float(lowest[on].min())} if on else None


def _upper_limit(run):
    """What no output is above; infinity where there is no such limit."""
    limits = ACTIVATIONS[run.hyperparameters["output_activation"]].limits
    return max(limits) if len(limits) > 1 else np.inf


def rest(run: Run):
    """The training accuracy on the images of those classes that a run ever predicts, per cent.

    None of a run that diverged, or that is no better there than one answer for all of these images would be:
    of which that says nothing.
    """
    if run.diverged_at is not None:
        return None
    counts = run.inside["last_confusion_train"]
    answered = predicted_counts(run) > 0
    of_each = counts[answered].sum(axis=1)
    right, same_for_all = counts.diagonal()[answered].sum(), of_each.max()
    share = 100 / of_each.sum()
    return float(share * right) if share * (right - same_for_all) > NO_BETTER else None


def by_ties(run: Run):
    """Per cent of the training images that are right only because, of equal outputs, the first is taken."""
    return 100 * run.measured["last"]["tied_right"] / int(predicted_counts(run).sum())


@cache
def predicted_counts(run):
    """How many training images a run takes for each class, (n_classes,)."""
    return run.inside["last_confusion_train"].sum(axis=0)


def never_predicted(run):
    """Indices of the classes that a run predicts for no training image."""
    return np.flatnonzero(predicted_counts(run) == 0).tolist()


def only_predicted(run):
    """The class that a run predicts for every training image, or None."""
    counts = predicted_counts(run)
    return int(counts.argmax()) if np.count_nonzero(counts) == 1 else None


def stands_still(variant: Variant):
    """The seeds that stopped changing: ``epoch``, ``zero`` and `seeds_of`.

    ``zero``: whether the updates are exactly zero since then, or else too small for float32.
    """
    still = [run for run in variant.seeds if run.unchanged_since is not None]
    groups = alike(still, lambda run: (run.unchanged_since, not any(_last_updates(run))))
    return [
        {"epoch": epoch, "zero": zero, **seeds_of(runs, variant)}
        for (epoch, zero), runs in groups.items()
    ]


def _last_updates(run):
    return [run.history[f"update_w{i}"][-1] for i in (1, 2, 3)]


def alike(runs, of):
    """What runs have of something → those that have the same of it; None left out."""
    groups = defaultdict(list)
    for run in runs:
        value = of(run)
        if value is not None:
            groups[value].append(run)
    return groups


def seeds_of(runs, variant):
    """``seeds``, and ``who`` these are: "the run" (of one seed), "every seed" or "some seeds"."""
    n = len(variant.seeds)
    return {
        "seeds": [run.seed for run in runs],
        "who": "the run" if n == 1 else "every seed" if len(runs) == n else "some seeds",
    }
