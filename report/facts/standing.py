"""One variant → everything that the text may say of it by itself.

In: a `Variant`, the name that its question gives it, the evidence. Out: plain data, a *standing*:
accuracies over seeds, what failed, what was measured inside. Used by sweep.py and the questions.
"""

from functools import cache
from math import isnan, nan

import numpy as np

from report import statistics
from report.facts.delta import descends_its_loss
from report.facts.evidence import Evidence
from report.facts.failure import failure, never_predicted, only_predicted, rest, stands_still
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
        ``rest``: that on the classes still answered, see `failure.rest`; ``seeds``: a record for each;
        ``failure``: see `failure.failure`; ``unchanged``: see `failure.stands_still`; ``initial``,
        ``last``: means over seeds for each layer; ``gained``, ``late_gain``: points of training accuracy since the first
        epoch and in the last tenth of them (``late_gains`` by seed), ``late_widths``: between lowest and highest there,
        by seed; ``swings_late``: whether a seed went far back and forth there; ``went``, ``went_late``: see
        `direction`; and what their names say.
    """
    measured = _measured(variant, tuple(evidence.classes), evidence.target, evidence.n_test)
    limits = evidence.thresholds
    width, gain = (measured["train"] or {}).get("width", 0), measured["late_gain"]
    return measured | {
        "label": label or variant.label,
        "called": variant.label,
        "values": values,
        "learns": learns(variant, evidence),
        "depends_on_the_seed": width > limits.seeds_matter_points,
        # A mean may be one seed's that comes out of a dip.
        "still_learning": gain > limits.still_learning_points and min(measured["late_gains"]) > 0,
        "swings_late": measured["late_swing"] > limits.seeds_matter_points,
        "went": direction(measured["gained"], measured["gains"], limits.no_change_points),
        "went_late": direction(gain, measured["late_gains"], limits.no_change_points),
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
    gains = [statistics.gained(run.history["train_accuracy"], 0) for run in whole]
    return {
        "name": variant.name,
        "hyperparameters": variant.hyperparameters,
        "n_seeds": len(variant.seeds),
        "seeds": [by_seed(run, classes) for run in variant.seeds],
        "train": spread(train),
        "test": spread(test),
        "rest": spread([right for run in whole if (right := rest(run)) is not None]),
        "gap": described(statistics.gap(train, test, n_test)) if whole else None,
        "loss": mean(run.final_loss for run in whole),
        "diverged": len(whole) < len(variant.seeds),
        "all_diverged": not whole,
        "failure": failure(variant, classes),
        "unchanged": stands_still(variant),
        "late_gain": mean(map(late_gain, whole)),
        "late_gains": [late_gain(run) for run in whole],
        "late_widths": [late_width(run) for run in whole],
        "late_swing": max(map(late_swing, whole), default=0.0),
        "gained": mean(gains),
        "gains": gains,
        "rising_share": mean(map(rising_share, variant.seeds)),
        "reached": {
            "n": n_reached,
            "every_seed": n_reached == len(variant.seeds),
            "epochs": [
                {"seed": run.seed, "epoch": run.first_epoch_at(target)} for run in variant.seeds
            ],
            "stays": [{"seed": run.seed, "epoch": run.stays_from(target)} for run in variant.seeds],
        },
        "initial": inside(variant, "initial"),
        "last": inside(variant, "last"),
        "first_update": [first_update(variant, layer) for layer in LAYERS],
        "dead_units": max(sum(run.measured["last"]["dead_units"][:2]) for run in variant.seeds),
        "hidden_units": sum(variant.hyperparameters["hidden_units"]),
        "silent_images": max(run.measured["last"]["silent_images"] for run in variant.seeds),
        "descends_its_loss": descends_its_loss(variant.hyperparameters),
        "last_rate": float(variant.first.history["learning_rate"][-1]),
    }


def direction(points, by_seed, least):
    """ "up", "down", "hardly" (by less than `least`), "nowhere", or "both ways" by seed; None of a NaN."""
    if isnan(points):
        return None
    if abs(points) < least:
        # A mean that stays may be of seeds that went up and down.
        if max(map(abs, by_seed)) >= least:
            return "both ways"
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
        "rest": rest(run),
        "dead_outputs": run.measured["last"]["dead_units"][2],
        "only": classes[only] if alive and (only := only_predicted(run)) is not None else None,
    }


def learns(variant: Variant, evidence: Evidence):
    """Whether any seed that did not diverge knows more than the commonest class's share."""
    level, points = evidence.commonest_share, evidence.thresholds.learned_points
    return statistics.above([run.train_accuracy for run in variant.finished], level, points) > 0


@cache
def late_gain(run):
    """Points of training accuracy gained over the last tenth of the epochs."""
    accuracy = run.history["train_accuracy"]
    before = max(0, len(accuracy) - 1 - max(1, len(accuracy) // 10))
    return statistics.gained(accuracy, before)


@cache
def late_width(run):
    """Points between the lowest and the highest training accuracy of the last tenth of the epochs."""
    return float(np.ptp(_late(run)))


@cache
def late_swing(run):
    """That without what it gained or lost on the whole: a run that only rises does not swing."""
    late = _late(run)
    return float(np.ptp(late) - abs(late[-1] - late[0]))


def _late(run):
    accuracy = run.history["train_accuracy"]
    return accuracy[-max(1, len(accuracy) // 10) :]


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
    return float(np.mean([relative_first_update(run, layer) for run in variant.seeds]))


@cache
def relative_first_update(run, layer):
    """Mean |update| of a matrix of one run in the first epoch over its mean |weight|."""
    weight = np.abs(run.weights[f"initial_W{layer + 1}"]).mean()
    return run.history[f"update_w{layer + 1}"][0] / weight
