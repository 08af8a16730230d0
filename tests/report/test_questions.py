"""Every question × every way that runs can end × 1, 2, 3 and 10 seeds: whole, true and without contradiction.

Nothing is trained: runs are made by hand (made.py), for the experiments of config/config.yaml.
"""

import re
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

from nn import Hyperparameters
from report.questions import ABOUT_ALL, BY_KIND, GENERAL, folders, module, serving
from report.runs import STEPS
from tests.report import made
from tests.report.made import STUCK, Diverged
from workflow.configuration.plan import plan
from workflow.configuration.settings import settle

CONFIG = yaml.safe_load((Path(__file__).parents[2] / "config" / "config.yaml").read_text())
SEEDS = (1, 2, 3, 10)
SHOWN = 4  # variants of a sweep: enough for every outcome


@cache
def choices():
    """Key of each experiment of the assignment → it, and its variants' choices."""
    planned = plan(settle(CONFIG))
    return {
        key: (
            experiment,
            [
                asdict(planned.variants[shown.name])
                | ({} if "epochs" in experiment.varied else {"epochs": made.EPOCHS})
                for shown in experiment.variants[:SHOWN]
            ],
        )
        for key, experiment in planned.experiments.items()
    }


def noise(n_variants, n_seeds, width):
    return np.random.default_rng(7).normal(0, width, (n_variants, n_seeds))


def levels(*ends, width=0.2):
    """A way to end: variants at these accuracies (the last one again and again), seeds about them."""

    def of(n_variants, n_seeds):
        means = np.array([ends[min(i, len(ends) - 1)] for i in range(n_variants)], dtype=float)
        return (means[:, np.newaxis] + noise(n_variants, n_seeds, width)).tolist()

    return of


def with_seed(way, at, value, variants=None):
    """The same, but one seed of some variants (of all) ends in its own way."""

    def of(n_variants, n_seeds):
        accuracies = way(n_variants, n_seeds)
        for i in range(n_variants) if variants is None else variants:
            if i < n_variants:
                accuracies[i][at % n_seeds] = value
        return accuracies

    return of


def cut(way, n):
    """The same with so many variants only."""
    return lambda n_variants, n_seeds: way(min(n, n_variants), n_seeds)


CLEAR = levels(92, 75, 60, 45)
WAYS = {
    "first best": CLEAR,
    "last best": levels(45, 60, 75, 92),
    "second best": levels(60, 92, 75, 45),
    "all far apart and noisy": levels(80, 70, 60, 50, width=9),
    "close": levels(70, 69.5, 69, 68.8, width=3),
    "the same": levels(70, width=0.01),
    "equal": lambda n, seeds: [[70.0 + seed for seed in range(seeds)]] * n,
    "two tied at the top": lambda n, seeds: [
        [80.0 + seed + 0.01 * i if i < 2 else 50.0 - seed for seed in range(seeds)]
        for i in range(n)
    ],
    "stuck": lambda n, seeds: [[STUCK] * seeds] * n,
    "one learns": lambda n, seeds: [[70.0 + s for s in range(seeds)]] + [[STUCK] * seeds] * (n - 1),
    "some seeds stuck": with_seed(levels(70, 65, 60), 0, STUCK),
    "a first seed stuck": with_seed(CLEAR, 0, STUCK, variants=[0]),
    "all diverge": lambda n, seeds: [[Diverged(3 + s % 2) for s in range(seeds)]] * n,
    "all but one diverge": lambda n, seeds: (
        [[70.0 + s for s in range(seeds)]] + [[Diverged(5)] * seeds] * (n - 1)
    ),
    "a seed of the first diverges": with_seed(CLEAR, 1, Diverged(4), variants=[0]),
    "the last diverges": lambda n, seeds: [*CLEAR(n, seeds)[:-1], [Diverged(2)] * seeds],
    "a seed of every one diverges": with_seed(CLEAR, 0, Diverged(2)),
    "one value": cut(CLEAR, 1),
    "one value, stuck": cut(lambda n, seeds: [[STUCK] * seeds] * n, 1),
    "one value, diverged": cut(lambda n, seeds: [[Diverged(3)] * seeds] * n, 1),
    "two values": cut(CLEAR, 2),
    "only the last value": lambda n, seeds: None,
}
OF_ONE_VALUE = [way for way in WAYS if "one value" in way or way == "only the last value"]


def evidence(key, way, n_seeds, **changed):
    """Evidence about an experiment of the assignment whose variants end in this way."""
    planned, all_choices = choices()[key]
    if way == "only the last value":
        all_choices, accuracies = all_choices[-1:], CLEAR(1, n_seeds)
    else:
        accuracies = WAYS[way](len(all_choices), n_seeds)
    variants = [
        made.variant(chosen, ends) for chosen, ends in zip(all_choices, accuracies, strict=False)
    ]
    asked = made.experiment(
        key,
        planned.varied,
        variants,
        planned.question,
        planned.kind,
        # Steps are not called by all that they are.
        tuple(shown.label for shown in planned.variants[: len(variants)])
        if planned.kind in STEPS
        else None,
    )
    return made.evidence(asked, **changed)


NEVER = (
    "Undefined", "None %", "None;", "(None", " nan", "NaN", "not a number", "()", " ,", "; .", ": .", "  ", "..", ",,", " .",
    " 1 runs", " 1 variants", " 1 seeds", "0 other", "{", "}", "%}", "[]", "object at", "becomes “” ",
)  # fmt: skip
COMMAND = re.compile(r"snakemake --cores 4.*?'experiments=\{.*?\}\}'")
# What no sentence may say of runs with one seed.
JUDGED = ("trains best", "is higher than", "are higher", "end the same", "is undecided", "would settle",
          "every seed", "any seed", "seeds end", "(seed")  # fmt: skip


@pytest.mark.parametrize("n_seeds", SEEDS)
@pytest.mark.parametrize("key", choices())
def test_every_section_is_whole_however_its_runs_end(key, n_seeds):
    for way in WAYS:
        # There is no ablation or path of one variant.
        if choices()[key][0].kind in STEPS and way in OF_ONE_VALUE:
            continue
        some = evidence(key, way, n_seeds)
        text, answer, facts = made.said(some)
        text = COMMAND.sub("(a command)", text)
        where = f"{key}, {way}, {n_seeds} seeds, {facts['outcome']}: "
        for wrong in NEVER:
            assert wrong not in text, where + text[max(0, text.find(wrong) - 150) :][:300]
        assert answer and answer in text and answer.endswith((".", ")")), where + answer
        assert facts["outcome"] in module(serving(some)).OUTCOMES, where
        if facts["outcome"] in ("undecided", "nothing learns", "all diverge", "same"):
            claimed = re.sub("none can be called best|is the best tried for each", "", answer)
            assert "best" not in claimed, where + answer
        if facts["ranking"] in ("nothing learns", "all diverge"):
            assert facts["best"] is None and facts["worst"] is None, where
        if n_seeds == 1:
            for word in JUDGED:
                assert word not in text, where + text[max(0, text.find(word) - 150) :][:300]


# Outcomes that need more than one experiment's runs have tests of their own.
ELSEWHERE = {
    "slope_and_scale": {"identical", "apart"},
    "relu_losses": {
        "one agrees",
        "both agree",
        "neither agrees",
        "one agrees, one open",
        "one open",
        "both open",
        "one seed",
        "not printed",
    },
    "saturation": {"no gradient", "vanishes", "smaller"},
}
OWN = [key for key in folders() if key not in (*BY_KIND.values(), *ABOUT_ALL)]


def test_a_question_with_a_folder_is_asked_by_the_configuration():
    assert set(OWN) <= set(choices())


@pytest.mark.parametrize("key", OWN)
def test_a_question_assumes_hyperparameters_by_their_names(key):
    assumed = dict(module(key).ASSUMES)
    assert {*assumed.pop("varied"), *assumed} <= {field.name for field in fields(Hyperparameters)}


@pytest.mark.parametrize("key", OWN)
def test_every_outcome_that_a_question_declares_is_come_to(key):
    come_to = {
        made.as_stored(module(key).facts(evidence(key, way, n_seeds)))["outcome"]
        for way in WAYS
        for n_seeds in SEEDS
    }
    missing = set(module(key).OUTCOMES) - come_to - ELSEWHERE.get(key, set())
    # Places in a range are for numbers, a best without a place for the rest.
    planned, all_choices = choices()[key]
    numeric = all(
        isinstance(chosen[k], int | float) for chosen in all_choices for k in planned.varied
    )
    missing -= {"best"} if numeric else {"best at edge", "best inside"}
    assert missing == set()


@pytest.mark.parametrize("key", OWN)
def test_an_experiment_of_the_assignment_is_answered_in_words_of_its_own(key):
    assert serving(evidence(key, "first best", 1)) == key


@pytest.mark.parametrize(
    ("key", "assumed"),
    [(key, name) for key in OWN for name in module(key).ASSUMES if name != "varied"],
)
def test_where_an_assumption_breaks_general_words_serve(key, assumed):
    some = evidence(key, "first best", 1)
    broken = some.experiment.variants[-1].first
    broken.facts["hyperparameters"] = broken.hyperparameters | {assumed: "something else"}
    assert serving(some) == GENERAL
