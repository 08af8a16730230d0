"""Numbers → facts that the text may state.

In: experiments and variants as runs.py reads them. Out: small records of what was measured: spreads,
rankings, ties, divergence, saturation, agreement with the original. Templates turn them into words
and claim nothing that is not here.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import yaml
from scipy.stats import spearmanr

from report import labels
from report.runs import Experiment, Variant

# Training accuracies closer than this are called the same, whatever the seeds say.
SAME_POINTS = 0.5
# "Within a point" of a printed figure counts as agreement.
AGREEMENT_POINTS = 1.0
# A run is still learning if the last tenth of its epochs gained more than this.
STILL_LEARNING_POINTS = 1.0
# Gradient descent at a fitting rate lowers the loss at every step; now and then is not yet often.
OFTEN_RISING_SHARE = 0.1
# Seeds further apart than this make a variant's accuracy a matter of its first weights.
SEEDS_MATTER_POINTS = 5.0
# Accuracy on random labels beyond the commonest label's share by more than this is memory.
MEMORISED_POINTS = 1.0


@dataclass(frozen=True)
class Spread:
    """A number over seeds."""

    mean: float
    low: float
    high: float
    n: int

    @classmethod
    def of(cls, values):
        return cls(float(np.mean(values)), float(min(values)), float(max(values)), len(values))

    @property
    def width(self):
        return self.high - self.low

    @property
    def depends_on_the_seed(self):
        return self.width > SEEDS_MATTER_POINTS

    def above(self, other):
        """Whether this is larger by more than chance: each seed above every seed of the other.

        With one seed nothing is known about chance: then the means decide, and the text says so.
        """
        return self.low > other.high and self.mean - other.mean > SAME_POINTS


@dataclass(frozen=True)
class Standing:
    """What is known about one variant, under the name that its question gives it."""

    label: str
    value: object
    variant: Variant

    @property
    def name(self):
        return self.variant.name

    @property
    def hyperparameters(self):
        return self.variant.hyperparameters

    @cached_property
    def train(self):
        return Spread.of(self.variant.values("train_accuracy"))

    @cached_property
    def test(self):
        return Spread.of(self.variant.values("test_accuracy"))

    @cached_property
    def loss(self):
        return float(self.variant.values("loss").mean())

    @property
    def gap(self):
        """Training minus test accuracy, points."""
        return self.train.mean - self.test.mean

    @property
    def diverged_at(self):
        """The epochs at which seeds diverged."""
        return [run.diverged_at for run in self.variant.seeds if run.diverged_at is not None]

    @property
    def unchanged_since(self):
        """The first epochs from which on seeds' weights no longer changed by a bit."""
        since = [run.unchanged_since for run in self.variant.seeds]
        return [epoch for epoch in since if epoch is not None]

    @cached_property
    def never_predicted_by_seed(self):
        """(run, indices of classes that it predicts for no training image), by seed."""
        predicted = [run.inside["last_confusion_train"].sum(axis=0) for run in self.variant.seeds]
        return [
            (run, np.flatnonzero(counts == 0).tolist())
            for run, counts in zip(self.variant.seeds, predicted, strict=True)
        ]

    @property
    def loses_classes_by_chance(self):
        """Whether some seed predicts a class for no training image that another does predict."""
        return len({tuple(classes) for _, classes in self.never_predicted_by_seed}) > 1

    @property
    def never_predicted(self):
        """Indices of classes that the first seed predicts for no training image."""
        return self.never_predicted_by_seed[0][1]

    @cached_property
    def share_lost(self):
        """Per cent of the training images whose class the first seed never predicts."""
        true = self.variant.first.inside["last_confusion_train"].sum(axis=1)
        return float(100 * true[self.never_predicted].sum() / true.sum())

    @cached_property
    def only_predicted(self):
        """The class that the first seed predicts for every training image, or None."""
        predicted = self.variant.first.inside["last_confusion_train"].sum(axis=0)
        return int(predicted.argmax()) if np.count_nonzero(predicted) == 1 else None

    @cached_property
    def late_gain(self):
        """Points of training accuracy gained over the last tenth of the epochs, mean over seeds."""
        gains = []
        for run in self.variant.seeds:
            accuracy = run.history["train_accuracy"]
            before = max(0, len(accuracy) - 1 - max(1, len(accuracy) // 10))
            gains.append(accuracy[-1] - accuracy[before])
        return float(np.mean(gains))

    @property
    def still_learning(self):
        return self.late_gain > STILL_LEARNING_POINTS

    @cached_property
    def rising_share(self):
        """Share of epochs in which the loss rose, mean over seeds."""
        shares = []
        for run in self.variant.seeds:
            changes = np.diff(run.history["loss"])
            shares.append(np.mean(changes > 0) if len(changes) else 0.0)
        return float(np.mean(shares))

    @property
    def rises_often(self):
        return self.rising_share > OFTEN_RISING_SHARE

    def first_epoch_at(self, accuracy):
        """The first epoch with that training accuracy, by seed (None: never)."""
        return [run.first_epoch_at(accuracy) for run in self.variant.seeds]

    def measured(self, part, key, layer):
        """A measurement of a layer (1 to 3), mean over seeds; part is "initial" or "last"."""
        values = [run.facts[part][key][layer - 1] for run in self.variant.seeds]
        return float(np.mean([np.nan if value is None else value for value in values]))

    def first_update(self, matrix):
        """Mean |update| of W1, W2 or W3 in the first epoch, relative to its mean |weight|."""
        ratios = []
        for run in self.variant.seeds:
            weight = np.abs(run.weights[f"initial_W{matrix}"]).mean()
            ratios.append(run.history[f"update_w{matrix}"][0] / weight)
        return float(np.mean(ratios))

    @property
    def neighbours_agree(self):
        """Per cent of 500 images with neighbours of their class in layer 2 (first seed)."""
        return float(self.variant.first.embedding["agreement"])

    def moved(self, matrix):
        """Norm of a weight matrix's change over the norm of its start (first seed)."""
        weights = self.variant.first.weights
        # In float64: of a diverged run the squares of float32 weights overflow.
        end, start = (weights[f"{part}W{matrix}"].astype(float) for part in ("", "initial_"))
        return float(np.linalg.norm(end - start) / np.linalg.norm(start))

    @property
    def stays_near_its_start(self):
        """Whether the first weight matrix changed by less than half of its own initial size."""
        return self.moved(1) < 0.5

    def memorises(self, commonest_share):
        """Whether every seed fits random labels beyond the share of the commonest (per cent)."""
        return self.train.low > commonest_share + MEMORISED_POINTS

    @property
    def initializer_name(self):
        return self.hyperparameters["initializer"]["name"]

    @property
    def starts_saturated(self):
        """Whether most of the second layer's outputs are at a limit before training."""
        return self.measured("initial", "saturated", 2) > 0.5

    @property
    def ends_saturated(self):
        """Whether nearly all of the last layer's outputs are at a limit after training."""
        return self.measured("last", "saturated", 3) > 0.9

    def gradient_vanishes_beside(self, other):
        """Whether W1's first gradient is less than a tenth of another variant's."""
        ours, theirs = (s.measured("initial", "mean_gradient", 1) for s in (self, other))
        return ours < theirs / 10

    @cached_property
    def gained(self):
        """Points of training accuracy between the first epoch and the last, mean over seeds."""
        ends = [run.history["train_accuracy"][[0, -1]] for run in self.variant.seeds]
        return float(np.mean([last - first for first, last in ends]))

    @property
    def silent_images(self):
        return max(run.facts["last"]["silent_images"] for run in self.variant.seeds)

    @property
    def largest_hidden_output(self):
        """The largest output of a hidden unit for any training image after training, any seed."""
        return max(
            float(run.inside[f"last_max_activation_{layer}"].max())
            for run in self.variant.seeds
            for layer in (1, 2)
        )

    @property
    def dead_units(self):
        """Units of the two hidden layers whose output is zero for every image (the worst seed)."""
        return max(sum(run.facts["last"]["dead_units"][:2]) for run in self.variant.seeds)


@dataclass(frozen=True)
class Ranking:
    """The variants of a question, by mean training accuracy."""

    experiment: Experiment
    standings: tuple[Standing, ...]  # in the configuration's order

    @cached_property
    def ordered(self):
        return sorted(self.standings, key=lambda standing: (-standing.train.mean, standing.label))

    @property
    def best(self):
        return self.ordered[0]

    @property
    def worst(self):
        return self.ordered[-1]

    @property
    def tied(self):
        """Variants that cannot be told from the best."""
        return rivals(self.ordered)

    @property
    def n_seeds(self):
        return len(self.best.variant.seeds)

    @property
    def widest(self):
        """The standing whose seeds differ most."""
        return max(self.standings, key=lambda standing: standing.train.width)

    @property
    def narrowest(self):
        """The standing whose second-layer pre-activations spread least before training."""
        return min(self.standings, key=lambda s: s.measured("initial", "pre_activation_std", 2))

    @property
    def diverged(self):
        return [s for s in self.ordered if s.diverged_at]

    def reached(self, target):
        """Variants of which every seed ends at or above the target."""
        return [s for s in self.ordered if s.train.low >= target]

    def above(self, standing):
        """Variants whose every seed ends above every seed of this one, best first."""
        return [s for s in self.ordered if s.train.above(standing.train)]

    def of(self, value):
        """The standing of that value of the varied choice, or None."""
        return next((s for s in self.standings if s.value == value), None)

    def by_value(self):
        """Standings of a numeric choice, smallest value first."""
        return sorted(self.standings, key=lambda standing: standing.value)


def rank(experiment):
    return Ranking(
        experiment,
        tuple(
            Standing(label, next(iter(values.values())), variant)
            for label, values, variant in zip(
                experiment.labels, experiment.values, experiment.variants, strict=True
            )
        ),
    )


def stand(variant):
    """A variant under its own full name."""
    return Standing(labels.run_label(variant.hyperparameters), None, variant)


def everything(variants):
    """All variants trained on true labels, best first."""
    standings = [stand(v) for v in variants.values() if v.hyperparameters["labels"] == "original"]
    return sorted(standings, key=lambda standing: (-standing.train.mean, standing.label))


@dataclass(frozen=True)
class Comparison:
    """A figure that the original printed beside ours."""

    question: str
    printed: float
    ours: Standing
    rounded: bool = False
    note: str | None = None

    @property
    def difference(self):
        """Ours (mean) minus theirs, points."""
        return self.ours.train.mean - self.printed

    @property
    def nearest(self):
        """The seed that comes closest."""
        return min(self.ours.variant.seeds, key=lambda run: abs(run.train_accuracy - self.printed))

    @property
    def verdict(self):
        """One of "agrees" (some seed within a point), "spread" (inside our range), "differs"."""
        if abs(self.nearest.train_accuracy - self.printed) <= AGREEMENT_POINTS:
            return "agrees"
        if self.ours.train.low <= self.printed <= self.ours.train.high:
            return "spread"
        return "differs"


def compare(variants, path):
    """The original's printed figures beside ours, as far as these variants have the same settings."""
    rows = []
    for entry in yaml.safe_load(path.read_text()):
        ours = [stand(variants[name]) for name in entry.pop("runs") if name in variants]
        if ours:
            rows.append(Comparison(**entry, ours=max(ours, key=lambda s: s.train.mean)))
    return rows


@dataclass(frozen=True)
class SameNetwork:
    """Two variants that are one network: slope k, or weights times k and learning rate times k²."""

    sloped: Standing
    plain: Standing

    @cached_property
    def furthest_apart(self):
        """Points of training accuracy between the two in any epoch, for any seed."""
        plain = {run.seed: run for run in self.plain.variant.seeds}
        pairs = [(run, plain[run.seed]) for run in self.sloped.variant.seeds if run.seed in plain]
        histories = [[run.history["train_accuracy"] for run in pair] for pair in pairs]
        if any(len(sloped) != len(plain) for sloped, plain in histories):
            return float("inf")
        return max(float(np.abs(sloped - plain).max()) for sloped, plain in histories)


def same_networks(standings):
    """Every variant with a slope beside the variant that is the same network without one."""
    plain = {_without_slope(s): s for s in standings if s.hyperparameters["slope"] == 1}
    return [
        SameNetwork(s, plain[key])
        for s in standings
        if s.hyperparameters["slope"] != 1 and (key := _without_slope(s)) in plain
    ]


def _without_slope(standing):
    """A variant's hyperparameters with the slope moved into the weights and the rate."""
    h = standing.hyperparameters
    k, initializer = h["slope"], dict(h["initializer"])
    # The parameter of a distribution that multiplies its weights.
    scale = {"uniform": "limit", "normal": "std", "poisson": "scale"}.get(initializer["name"])
    if scale:
        initializer[scale] = round(initializer[scale] * k, 9)
    moved = {
        "slope": 1 if scale else k,
        "initializer": initializer,
        "learning_rate": f"{h['learning_rate'] * (k**2 if scale else 1):.6g}",
    }
    return str(sorted((h | moved).items()))


def worst(standings):
    """The last of standings, best first, that did not diverge, or of all if all did."""
    return ([s for s in standings if not s.diverged_at] or standings)[-1]


def steps_to_best(rankings):
    """The best variant of each question in the report's order, each one that beats all before it."""
    steps, best = [], None
    for ranking in rankings.values():
        standing = ranking.best
        if standing.hyperparameters["labels"] == "original" and (
            best is None or standing.train.mean > best.train.mean + SAME_POINTS
        ):
            steps.append((ranking.experiment, standing))
            best = standing
    return steps


def untrained_separation(standings):
    """A run whose first seed answers badly though its second layer keeps classes apart, or None."""
    odd = [s for s in standings if s.neighbours_agree > 80 and s.variant.first.train_accuracy < 50]
    return max(odd, key=lambda s: s.neighbours_agree, default=None)


def separation_rank_correlation(standings):
    """Spearman's rank correlation of first seeds' accuracy with neighbours agreeing, or None."""
    pairs = [(s.variant.first.train_accuracy, s.neighbours_agree) for s in standings]
    measured = np.array([pair for pair in pairs if np.isfinite(pair).all()])
    if len(measured) < 3 or np.ptp(measured, axis=0).min() == 0:
        return None
    return float(spearmanr(*measured.T).statistic)


def apart(standings):
    """Variants whose accuracy is a matter of the seed, those with the widest range first."""
    chosen = [s for s in standings if s.train.depends_on_the_seed]
    return sorted(chosen, key=lambda s: -s.train.width)


def rivals(standings):
    """Variants that cannot be told from the first."""
    best, *others = standings
    return [s for s in others if not best.train.above(s.train)]
