"""One variant → everything that the text may say of it by itself.

In: a `Variant`, the name that its question gives it, the evidence. Out: plain data, a *standing*:
accuracies over seeds, what failed, what was measured inside. Used by sweep.py and the questions.
"""

from collections import defaultdict
from functools import cache
from math import isnan, nan

import numpy as np

from report import labels, statistics
from report.facts.evidence import Evidence
from report.runs import Run, Variant

LAYERS = (0, 1, 2)
MEASURED = (
    "saturated",
    "mean_gradient",
    "mean_delta",
    "mean_derivative",
    "pre_activation_mean",
    "pre_activation_std",
    "pre_activation_spread",
)


def standing(variant: Variant, evidence: Evidence, label=None, values=None):
    """What is known about one variant.

    Returns
    -------
    dict
        ``train``, ``test``: `spread` over the seeds that did not diverge, or None where all did;
        ``seeds``: a record for each; ``failure``: see `failure`; ``initial``, ``last``: means over
        seeds for each layer; ``gained``, ``late_gain``: points of training accuracy since the first
        epoch and in the last tenth of them, with ``went``, ``went_late``: see `direction`; and what
        their names say.
    """
    measured = _measured(variant, tuple(evidence.classes), evidence.target, evidence.n_test)
    limits = evidence.thresholds
    width, gain = (measured["train"] or {}).get("width", 0), measured["late_gain"]
    return measured | {
        "label": label or labels.run_label(variant.hyperparameters),
        "values": values,
        "learns": learns(variant, evidence),
        "depends_on_the_seed": width > limits.seeds_matter_points,
        "still_learning": gain > limits.still_learning_points,
        "went": direction(measured["gained"], limits.no_change_points),
        "went_late": direction(gain, limits.no_change_points),
        "rises_often": measured["rising_share"] > limits.often_rising_share,
    }


@cache
def _measured(variant, classes, target, n_test):
    """All of a standing that no threshold and no name changes."""
    whole = variant.finished
    train, test = (
        [getattr(run, part) for run in whole] for part in ("train_accuracy", "test_accuracy")
    )
    n_reached = statistics.reached(train, target)
    return {
        "name": variant.name,
        "hyperparameters": variant.hyperparameters,
        "n_seeds": len(variant.seeds),
        "seeds": [by_seed(run, classes) for run in variant.seeds],
        "train": spread(train),
        "test": spread(test),
        "gap": described(statistics.gap(train, test, n_test)) if whole else None,
        "loss": mean(run.final_loss for run in whole),
        "diverged": len(whole) < len(variant.seeds),
        "all_diverged": not whole,
        "failure": failure(variant, classes),
        "unchanged": grouped(variant, "epoch", lambda run: run.unchanged_since),
        "late_gain": mean(map(late_gain, whole)),
        "gained": mean(statistics.gained(run.history["train_accuracy"], 0) for run in whole),
        "rising_share": mean(map(rising_share, variant.seeds)),
        "reached": {
            "n": n_reached,
            "every_seed": n_reached == len(variant.seeds),
            "epochs": [
                {"seed": run.seed, "epoch": run.first_epoch_at(target)} for run in variant.seeds
            ],
        },
        "initial": inside(variant, "initial"),
        "last": inside(variant, "last"),
        "first_update": [first_update(variant, layer) for layer in LAYERS],
        "dead_units": max(sum(run.measured["last"]["dead_units"][:2]) for run in variant.seeds),
        "hidden_units": sum(variant.hyperparameters["hidden_units"]),
        "silent_images": max(run.measured["last"]["silent_images"] for run in variant.seeds),
        "last_rate": float(variant.first.history["learning_rate"][-1]),
    }


def direction(points, least):
    """ "up", "down", "hardly" (by less than `least`) or "nowhere"; None of a NaN."""
    if isnan(points):
        return None
    if abs(points) < least:
        return "hardly" if points else "nowhere"
    return "up" if points > 0 else "down"


def spread(values):
    """Mean, lowest and highest of some accuracies, in per cent; None of none."""
    if not values:
        return None
    low, high = min(values), max(values)
    return {
        "mean": float(np.mean(values)),
        "low": low,
        "high": high,
        "width": high - low,
        "n": len(values),
    }


def described(difference):
    """A `statistics.Difference` as plain data."""
    return {
        "points": difference.mean,
        "low": difference.low,
        "high": difference.high,
        "p": difference.p,
        "paired": difference.paired,
        "n_seeds": difference.n_seeds,
        "verdict": difference.verdict,
        "seeds_needed": difference.seeds_needed,
    }


def mean(values):
    """The mean of some numbers, NaN of none or where one is missing."""
    values = [nan if value is None else value for value in values]
    return sum(values) / len(values) if values else nan


def by_seed(run: Run, classes):
    """What is known about one run; of a diverged one no accuracy, which would be that of a NaN."""
    alive = run.diverged_at is None
    return {
        "seed": run.seed,
        "train": run.train_accuracy if alive else None,
        "test": run.test_accuracy if alive else None,
        "loss": run.facts["final_loss"] if alive else None,
        "diverged_at": run.diverged_at,
        "unchanged_since": run.unchanged_since,
        "never": [classes[i] for i in never_predicted(run)] if alive else [],
        "only": classes[only] if alive and (only := only_predicted(run)) is not None else None,
    }


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


def learns(variant: Variant, evidence: Evidence):
    """Whether any seed that did not diverge knows more than the commonest class's share."""
    level, points = evidence.commonest_share, evidence.thresholds.learned_points
    return statistics.above([run.train_accuracy for run in variant.finished], level, points) > 0


def grouped(variant: Variant, name, of):
    """Seeds that have the same of something: [{name: it, "seeds": […], "who": …}], None left out.

    ``who`` is "the run" (of one seed), "every seed" or "some seeds".
    """
    groups = defaultdict(list)
    for run in variant.seeds:
        value = of(run)
        if value is not None:
            groups[value].append(run.seed)
    n = len(variant.seeds)
    return [
        {
            name: list(value) if isinstance(value, tuple) else value,
            "seeds": seeds,
            "who": "the run" if n == 1 else "every seed" if len(seeds) == n else "some seeds",
        }
        for value, seeds in groups.items()
    ]


def failure(variant: Variant, classes):
    """What went wrong, over all seeds.

    Returns
    -------
    dict
        ``kind``: "diverged", "one class" (every seed predicts one class only), "some one class",
        "lost classes" or None; ``diverged``, ``one_class``, ``lost``: `grouped` by epoch, class,
        classes; ``by_chance``: whether seeds differ in the classes that they lose.
    """
    only = lambda run: None if (i := only_predicted(run)) is None else classes[i]  # noqa: E731
    lost = lambda run: tuple(classes[i] for i in never_predicted(run))  # noqa: E731
    # Of all seeds, so that "every seed" means every one; of a diverged one nothing is said but that.
    of_alive = lambda of: lambda run: None if run.diverged_at else of(run)  # noqa: E731
    diverged = grouped(variant, "epoch", lambda run: run.diverged_at)
    one_class = grouped(variant, "class", of_alive(only))
    accuracies = {run.seed: run.train_accuracy for run in variant.finished}
    for group in one_class:
        group["share"] = accuracies[group["seeds"][0]]
    some_lost = grouped(
        variant, "classes", of_alive(lambda run: lost(run) or None if only(run) is None else None)
    )
    n_one = sum(len(group["seeds"]) for group in one_class)
    if diverged:
        kind = "diverged"
    elif one_class:
        kind = "one class" if n_one == len(variant.seeds) else "some one class"
    else:
        kind = "lost classes" if some_lost else None
    return {
        "kind": kind,
        "diverged": diverged,
        "one_class": one_class,
        "lost": some_lost,
        "by_chance": len({lost(run) for run in variant.finished}) > 1,
    }


@cache
def late_gain(run):
    """Points of training accuracy gained over the last tenth of the epochs."""
    accuracy = run.history["train_accuracy"]
    before = max(0, len(accuracy) - 1 - max(1, len(accuracy) // 10))
    return statistics.gained(accuracy, before)


@cache
def rising_share(run):
    """Share of epochs in which the loss rose."""
    changes = np.diff(run.history["loss"])
    return float(np.mean(changes > 0)) if len(changes) else 0.0


def inside(variant: Variant, part):
    """What inspection measured by layer, mean over seeds; part is "initial" or "last"."""
    return {
        key: [mean(run.measured[part][key][layer] for run in variant.seeds) for layer in LAYERS]
        for key in MEASURED
    }


def first_update(variant: Variant, layer):
    """Mean |update| of a matrix in the first epoch, relative to its mean |weight|."""
    return float(np.mean([_first_update(run, layer) for run in variant.seeds]))


@cache
def _first_update(run, layer):
    weight = np.abs(run.weights[f"initial_W{layer + 1}"]).mean()
    return run.history[f"update_w{layer + 1}"][0] / weight
