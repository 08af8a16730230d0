"""What a question's facts may rest on.

In: variants and experiments as report/runs.py reads them, what is known of the data. Out: `Evidence`,
also with a seed left out or other thresholds. Used by every facts.py.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from report.facts.thresholds import Thresholds
from report.runs import Experiment, Variant


@dataclass(frozen=True)
class Evidence:
    """All runs, and which of them one question is about.

    Attributes
    ----------
    variants : dict of str to Variant
        Every variant by name, with all its seeds.
    experiments : dict of str to Experiment
        In the report's order, each with its own seeds of its variants.
    summary : dict
        The dataset's summary.json.
    target : float
        The accuracy that the course asks for, per cent.
    baseline : str
        The name of the baseline's variant, which need not be among them.
    original_data : bool
        Whether the data are those that the original's printed figures came from.
    inside : str
        The number of the question about what is inside, "" for none.
    key : str or None
        The experiment that the question is about; None for a question about all runs.
    """

    variants: dict[str, Variant]
    experiments: dict[str, Experiment]
    summary: dict
    target: float
    baseline: str = ""
    original_data: bool = False
    inside: str = ""
    key: str | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def experiment(self):
        return self.experiments[self.key]

    @property
    def classes(self):
        return self.summary["classes"]

    @property
    def n_train(self):
        return sum(self.summary["train_counts"])

    @property
    def n_test(self):
        return sum(self.summary["test_counts"])

    @property
    def commonest_share(self):
        """Per cent of the training images that are of the commonest class."""
        return 100 * max(self.summary["train_counts"]) / self.n_train

    @property
    def seeds(self):
        """The seeds of the question, or of any run."""
        if self.key:
            return list(self.experiment.seeds)
        return sorted({run.seed for variant in self.variants.values() for run in variant.seeds})

    def networks(self, fits):
        """Every run that did not diverge, of the variants whose hyperparameters fit, each network once.

        One network may have two names: ReLU6 whose outputs never come to 6, a slope that the rate makes up for.
        It has one accuracy in every epoch; two dead networks may have that, too, so this is for counting
        runs that learn.
        """
        found = {}
        for variant in filter(
            lambda variant: fits(variant.hyperparameters), self.variants.values()
        ):
            for run in variant.finished:
                found.setdefault(_curves(run), run)
        return list(found.values())

    @cached_property
    def one_name_each(self):
        """The names of all variants, of those whose every seed is one run under several names the first."""
        found = {}
        for name, variant in self.variants.items():
            # Dead networks may have the same curves: that is no one network.
            learns = variant.finished and any(
                np.ptp(run.history["train_accuracy"]) for run in variant.finished
            )
            found.setdefault(tuple(map(_curves, variant.seeds)) if learns else name, name)
        return set(found.values())

    def along(self, key, hyperparameters):
        """The variants that may differ from these choices in that one alone."""
        return [
            variant
            for variant in self.variants.values()
            if variant.hyperparameters | {key: hyperparameters[key]} == hyperparameters
        ]

    def about(self, key):
        """The same evidence for another question."""
        return replace(self, key=key)

    def without(self, seed):
        """The same, had that seed never been run; a variant that has no other keeps it."""
        return replace(
            self,
            variants={name: variant.without(seed) for name, variant in self.variants.items()},
            experiments={
                key: replace(
                    experiment,
                    seeds=tuple(s for s in experiment.seeds if s != seed) or experiment.seeds,
                    variants=tuple(variant.without(seed) for variant in experiment.variants),
                )
                for key, experiment in self.experiments.items()
            },
        )


def _curves(run):
    """What two names of one network have alike with a seed: the seed, and every accuracy."""
    return (
        run.seed,
        *(run.history[key].tobytes() for key in ("train_accuracy", "test_accuracy")),
    )
