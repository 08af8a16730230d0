"""Two results → for every run that both have, whether it agrees; for every answer, whether it changed.

In: `Results`. Out: `Agreement` and `Changed` records. Used by verification.py and pages/; statistics.py compares the
accuracies.
"""

import json
from dataclasses import dataclass

from report import labels, statistics
from report.facts.thresholds import Thresholds
from report.origins import PORTABLE, TOLD
from report.results import DRAWN_ONLY, MEASURED, OF_EVERY_RUN, RUN_FILES, accuracy_in

SAME_BITS, SAME_NUMBERS = "same bits", "same numbers"
EXPLAINED, UNDECIDED, DRIFTED = "explained", "undecided", "drifted"
ACCURACIES = ("train_accuracy", "test_accuracy")
VERDICTS = (SAME_BITS, SAME_NUMBERS, EXPLAINED, UNDECIDED, DRIFTED)  # the best first
FOUND = {
    statistics.AGREES: EXPLAINED,
    statistics.OPEN: UNDECIDED,
    statistics.UNJUDGED: UNDECIDED,
    statistics.DIFFERS: DRIFTED,
}


@dataclass(frozen=True)
class Agreement:
    """A run that both results have.

    Attributes
    ----------
    run : str
    seed : int
    verdict : str
        `SAME_BITS`; `SAME_NUMBERS`: where not all files are known; `EXPLAINED`: other bits, but the two were rounded
        otherwise, and it ends where that or its seeds can make it end; `UNDECIDED`: rounded otherwise, and the seeds
        that it is judged by are too few or too far apart; `DRIFTED`.
    points : float or None
        Training accuracy here minus there; None where either diverged.
    files : tuple of str
        Its files that are not the same.
    columns : tuple of (str, str, str)
        Its row of runs.csv where that is not the same: column, here, there; only columns that both have.
    origins : tuple of (str, object, object)
        What made it, where that is not the same: key of origin.json, here, there.
    reach : float or None
        How far from the mean of the seeds there it would have to end to be told from them, points; only of what was
        rounded otherwise.
    """

    run: str
    seed: int
    verdict: str
    points: float | None
    files: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]
    origins: tuple
    reach: float | None = None

    @property
    def settings(self):
        """The settings that differ although the runs are called the same."""
        return [column for column, _, _ in self.columns if column not in MEASURED]


def agreements(here, there):
    """Every run that both have.

    Parameters
    ----------
    here, there : Results

    Returns
    -------
    list of Agreement
        In the order of there.
    """
    held = [
        _Held(here, there, run, seed)
        for run, rows in there.runs.items()
        for seed in rows
        if seed in here.runs.get(run, {})
    ]
    n_moved = sum(one.other_bits and one.rounded_otherwise and one.moved for one in held)
    return [one.agreement(n_moved) for one in held]


class _Held:
    """A run here, held against the same run there."""

    def __init__(self, here, there, run, seed):
        self.run, self.seed = run, seed
        self.rows = here.runs[run][seed], there.runs[run][seed]
        self.seeds_there = there.runs[run].values()
        ours, theirs = here.sums(run, seed), there.sums(run, seed)
        self.known = ours.keys() & theirs.keys()
        # Of a run whose files are there, one that is not is no agreement; but some are never drawn.
        gone = theirs.keys() - ours.keys() - {*DRAWN_ONLY} if self.known else ()
        self.files = tuple(
            file
            for file in RUN_FILES
            if file in gone or (file in self.known and ours[file] != theirs[file])
        )
        shared = self.rows[0].keys() & self.rows[1].keys()
        self.columns = tuple(row for row in differences(*self.rows) if row[0] in shared)
        self.made = here.origin(run, seed), there.origin(run, seed)

    @property
    def other_bits(self):
        return bool(self.files or self.columns)

    @property
    def edited(self):
        """Whether something differs that follows from what is the same: no rounding does that."""
        settings = any(column not in MEASURED for column, _, _ in self.columns)
        row = self.columns and "run.json" in self.known and "run.json" not in self.files
        # What is inside is measured anew, in products of its own, of weights that may be the same.
        weights = "weights.npz" in self.files and "history.csv" in self.known - set(self.files)
        return bool(settings or row or weights)

    @property
    def rounded_otherwise(self):
        """Whether its sums may be rounded otherwise than there, which alone makes other bits no fault."""
        if self.edited:
            return False
        if not all(self.made):
            return True  # nobody wrote down how
        portable = all(made.get("arithmetic") == PORTABLE for made in self.made)
        return not portable or bool(differences(*map(_rounding, self.made)))

    @property
    def moved(self):
        """Whether it ends further off than what is the same for every purpose."""
        return not all(
            statistics.within(
                *(accuracy_in(row, column) for row in self.rows), Thresholds().same_points
            )
            for column in ACCURACIES
        )

    def agreement(self, n_moved):
        reach = None
        if not self.other_bits:
            verdict = SAME_BITS if self.known.issuperset(OF_EVERY_RUN) else SAME_NUMBERS
        elif self.rounded_otherwise:
            judged = [self._explained(column, n_moved) for column in ACCURACIES]
            # The worst of its accuracies decides.
            verdict, reach = max(judged, key=lambda found: VERDICTS.index(found[0]))
        else:
            verdict = DRIFTED
        return Agreement(
            run=self.run,
            seed=self.seed,
            verdict=verdict,
            points=statistics.apart(*map(accuracy_in, self.rows)),
            files=self.files,
            columns=self.columns,
            origins=tuple(row for row in differences(*self.made) if row[0] in TOLD),
            reach=reach,
        )

    def _explained(self, column, n_moved):
        """Whether rounding, or at the most another seed, makes such a run end so; and what would be too far."""
        thresholds = Thresholds()
        ours, same_seed = (accuracy_in(row, column) for row in self.rows)
        seeds = [accuracy_in(row, column) for row in self.seeds_there]
        finished = [accuracy for accuracy in seeds if accuracy is not None]
        if ours is None or not finished:
            may_diverge = len(finished) < len(seeds)
            return EXPLAINED if ours is None and may_diverge else DRIFTED, None
        found = statistics.predicts(
            finished, ours, thresholds.same_points, thresholds.wide_points, n_judged=max(n_moved, 1)
        )
        if statistics.within(ours, same_seed, thresholds.same_points):
            return EXPLAINED, found.reach
        return FOUND[found.verdict], found.reach


def _rounding(origin):
    """What decides how sums are rounded where products are defined: the kernel of the BLAS does not."""
    blas = origin.get("blas", {})
    return {"numpy": origin.get("numpy"), "blas": (blas.get("name"), blas.get("version"))}


def differences(here, there):
    """(key, here, there) wherever two sets of keys and values differ; None where one has none."""
    keys = [*here, *(key for key in there if key not in here)]
    return tuple(
        (key, here.get(key), there.get(key)) for key in keys if here.get(key) != there.get(key)
    )


@dataclass(frozen=True)
class Changed:
    """An answer that is not the same here and there.

    Attributes
    ----------
    key, heading : str
    here, there : str or None
        The sentences; None where the question is not asked.
    outcome : bool
        Whether the outcome changed, or only numbers and words; not where only one asks.
    why : list of str
        What its evidence differs in: "variants", "seeds", "numbers", or "judgement" where the
        evidence is the same.
    """

    key: str
    heading: str
    here: str | None
    there: str | None
    outcome: bool
    why: list[str]

    @property
    def absent(self):
        """Whether only one asks it."""
        return self.here is None or self.there is None


def changed_answers(here, there):
    """The answers that differ, those whose outcome changed first.

    Parameters
    ----------
    here, there : dict of str to dict
        Key of a question → its record in answers.json.
    """
    keys = [*here, *(key for key in there if key not in here)]
    changed = []
    for key in keys:
        ours, theirs = here.get(key), there.get(key)
        if ours and theirs and _said(ours) == _said(theirs):
            continue
        record = ours or theirs
        changed.append(
            Changed(
                key,
                labels.heading(record),
                ours and ours["answer"],
                theirs and theirs["answer"],
                bool(ours and theirs) and _outcome(ours) != _outcome(theirs),
                _why(_evidence(ours, here), _evidence(theirs, there)) if ours and theirs else [],
            )
        )
    return sorted(changed, key=lambda answer: not answer.outcome)


def _said(record):
    return record["answer"], _outcome(record)


def _outcome(record):
    return record["outcome"], record["claim"]


def _evidence(record, records):
    """The variants that an answer is about: its own, those of questions that it quotes, and of its numbers."""
    quoted = [records[key] for key in record.get("quotes", ()) if key in records]
    named = {number["variant"] for number in record.get("numbers", ())}
    elsewhere = {
        name: variant
        for other in records.values()
        for name, variant in other["variants"].items()
        if name in named
    }
    return elsewhere | {
        name: variant for one in (record, *quoted) for name, variant in one["variants"].items()
    }


def _why(mine, other):
    """What the evidence of two answers differs in."""
    seeds = lambda variant: [own["seed"] for own in variant["by_seed"]]  # noqa: E731
    shared = mine.keys() & other.keys()
    why = []
    if mine.keys() != other.keys():
        why.append("variants")
    if any(seeds(mine[name]) != seeds(other[name]) for name in shared):
        why.append("seeds")
    by_seed = lambda variant: {own["seed"]: own for own in variant["by_seed"]}  # noqa: E731
    if any(
        by_seed(mine[name])[seed] != by_seed(other[name])[seed]
        for name in shared
        for seed in by_seed(mine[name]).keys() & by_seed(other[name]).keys()
    ):
        why.append("numbers")
    return why or ["judgement"]


def settings_apart(here, there):
    """As `differences`, of two trees of settings: dotted key, values as text."""
    return differences(_flat(here), _flat(there))


def _flat(tree, path=()):
    """A tree of settings as one level: dotted key → value as text."""
    if isinstance(tree, dict):
        return {
            key: value
            for name, branch in tree.items()
            for key, value in _flat(branch, (*path, str(name))).items()
        }
    return {".".join(path): json.dumps(tree, ensure_ascii=False, default=str)}
