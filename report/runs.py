"""Read runs back: the only way into results for everything below.

In: the folders and files under results/<dataset>/. Out: `Run`, `Variant` and `Experiment` records.
Used by facts, the figures and render.py.
"""

import csv
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from report import labels

# What the variants of an experiment differ in that has steps.
STEPS = {"ablation": "choice put back", "path": "choice added"}


class Arrays(dict):
    """The arrays of an .npz file by name, each read when it is first asked for."""

    def __init__(self, path):
        super().__init__()
        self._path = path

    def __missing__(self, name):
        with np.load(self._path, allow_pickle=False) as stored:
            self[name] = stored[name]
        return self[name]


@dataclass(frozen=True, eq=False)
class Run:
    """One training: hyperparameters and a seed.

    Attributes
    ----------
    folder : Path
    facts : dict
        The content of run.json: what was set, and what came of it.
    """

    folder: Path
    facts: dict

    @property
    def name(self):
        return self.facts["run"]

    @property
    def seed(self):
        return self.facts["seed"]

    @property
    def hyperparameters(self):
        return self.facts["hyperparameters"]

    @property
    def diverged_at(self):
        return self.facts["diverged_at"]

    @property
    def unchanged_since(self):
        return self.facts["unchanged_since"]

    @property
    def train_accuracy(self):
        """Per cent after the last epoch; NaN where the run diverged: its outputs rank no classes."""
        return self.facts["train_accuracy"] if self.diverged_at is None else float("nan")

    @property
    def test_accuracy(self):
        """As `train_accuracy`, of the test images."""
        return self.facts["test_accuracy"] if self.diverged_at is None else float("nan")

    @property
    def final_loss(self):
        """The loss of the last epoch, NaN where it is not finite."""
        loss = self.facts["final_loss"]
        return float("nan") if loss is None else loss

    @cached_property
    def history(self):
        """Column name → float array, a value an epoch."""
        with (self.folder / "history.csv").open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}

    def first_epoch(self, reached):
        """The first epoch in which something is so, or None; (n_epochs,) booleans."""
        return int(self.history["epoch"][reached.argmax()]) if reached.any() else None

    def first_epoch_at(self, accuracy):
        """The first epoch with that training accuracy, or None."""
        return self.first_epoch(self.history["train_accuracy"] >= accuracy)

    def stays_from(self, accuracy):
        """The first epoch from which on the training accuracy is never below that, or None."""
        below = np.flatnonzero(~(self.history["train_accuracy"] >= accuracy))
        first = below[-1] + 1 if len(below) else 0
        return int(self.history["epoch"][first]) if first < len(self.history["epoch"]) else None

    @cached_property
    def measured(self):
        """The numbers that inspection left: "initial", "last" (see `nn.inspect`), "example"."""
        return json.loads((self.folder / "inside.json").read_text())

    @cached_property
    def inside(self):
        """Arrays that inspection left; see `nn.inspect`."""
        return Arrays(self.folder / "inside.npz")

    @cached_property
    def embedding(self):
        """Where the second hidden layer puts images (first seed only); see `report.embedding`."""
        return Arrays(self.folder / "embedding.npz")

    @cached_property
    def weights(self):
        """W1, W2, W3 after training, and initial_W1, initial_W2, initial_W3."""
        return Arrays(self.folder / "weights.npz")


@dataclass(frozen=True)
class Variant:
    """All runs that differ in nothing but the seed.

    Attributes
    ----------
    seeds : tuple of Run
    usual : dict
        The choices that go without saying where a variant is as they are: the configuration's own.
    """

    seeds: tuple[Run, ...]
    usual: dict = field(default_factory=lambda: labels.STANDARD, compare=False)

    @property
    def first(self):
        return self.seeds[0]

    @property
    def name(self):
        return self.first.name

    @property
    def hyperparameters(self):
        return self.first.hyperparameters

    @property
    def label(self):
        """What it is called where nothing goes without saying but what is usual."""
        return labels.run_label(self.hyperparameters, self.usual)

    @property
    def finished(self):
        """The runs that did not diverge."""
        return [run for run in self.seeds if run.diverged_at is None]

    def without(self, seed):
        """The same without one seed, unless it has no other."""
        return replace(
            self, seeds=tuple(run for run in self.seeds if run.seed != seed) or self.seeds
        )

    def rises_at(self, accuracy):
        """The epoch from which on its training accuracy, mean over seeds, stays at or above that.

        None where it never does, was there from the first epoch on, or a seed diverged.
        """
        if len(self.finished) < len(self.seeds):
            return None
        mean = np.mean([run.history["train_accuracy"] for run in self.seeds], axis=0)
        below = np.flatnonzero(mean < accuracy)
        last = below[-1] + 1 if len(below) else 0
        return int(self.first.history["epoch"][last]) if 0 < last < len(mean) else None

    def values(self, key):
        """One number a seed: "train_accuracy", "test_accuracy", "final_loss" (NaN: none)."""
        return np.array([getattr(run, key) for run in self.seeds], dtype=float)

    def mean(self, key):
        """The mean over the seeds that have such a number; NaN where none has."""
        values = self.values(key)
        return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


@dataclass(frozen=True)
class Experiment:
    """One question's variants, as the plan wrote them down.

    Attributes
    ----------
    key, question, title : str
    kind : {"sweep", "grid", "ablation", "path"}
        What its variants are to each other, see `workflow.configuration.plan.Experiment`.
    varied : tuple of str
        One key, the two of a grid, or those of all steps.
    seeds : tuple of int
    labels : tuple of str
        What each variant is called here; no two are called the same.
    values : tuple of dict
        Each variant's value of every varied key.
    variants : tuple of Variant
        Each with this experiment's seeds only.
    """

    key: str
    kind: str
    question: str
    title: str
    varied: tuple[str, ...]
    seeds: tuple[int, ...]
    labels: tuple[str, ...]
    values: tuple[dict, ...]
    variants: tuple[Variant, ...]

    @property
    def varied_label(self):
        """What each of its variants is another of, in words."""
        return STEPS.get(self.kind) or labels.key_label(*self.varied)


def read_run(folder):
    folder = Path(folder)
    return Run(folder, json.loads((folder / "run.json").read_text()))


def read_variants(folders, usual=labels.STANDARD):
    """Run folders → variants by name, seeds in the order of the folders."""
    grouped = {}
    for run in map(read_run, folders):
        grouped.setdefault(run.name, []).append(run)
    return {name: Variant(tuple(runs), usual) for name, runs in grouped.items()}


def read_experiment(path, variants):
    """An experiment with its variants, of which only its own seeds are taken, in its order."""
    planned = json.loads(Path(path).read_text())
    shown = planned.pop("variants")
    seeds = tuple(planned.pop("seeds"))
    return Experiment(
        **planned | {"varied": tuple(planned["varied"])},
        seeds=seeds,
        labels=tuple(variant["label"] for variant in shown),
        values=tuple(variant["values"] for variant in shown),
        variants=tuple(_with_seeds(variants[variant["name"]], seeds) for variant in shown),
    )


def _with_seeds(variant, seeds):
    runs = {run.seed: run for run in variant.seeds}
    return replace(variant, seeds=tuple(runs[seed] for seed in seeds))
