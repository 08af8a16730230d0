"""Two results → what differs between them, and which answers changed, on a short page.

In: two folders like results/<dataset>, of which config.yaml, machine.json, runs.csv and answers.json are
read. Out: HTML. Used by workflow/scripts/compare.py.
"""

import csv
import json
from dataclasses import dataclass

import yaml

from report import statistics
from report.facts.standing import spread
from report.facts.thresholds import Thresholds
from report.pages.render import page_of

IDENTICAL = "identical"


@dataclass(frozen=True)
class Pair:
    """A variant that both have.

    Attributes
    ----------
    name : str
    here, there : dict of int to dict
        Seed → row of runs.csv.
    difference : statistics.Difference or None
        Training accuracy here minus there, judged with all other variants; None where a seed
        diverged.
    """

    name: str
    here: dict[int, dict]
    there: dict[int, dict]
    difference: statistics.Difference | None

    @property
    def same(self):
        """Whether both have the same seeds, with the same measurements to the last digit."""
        return self.here == self.there

    @property
    def verdict(self):
        """`IDENTICAL`, "diverged", or what `statistics` says."""
        if self.same:
            return IDENTICAL
        return self.difference.verdict if self.difference else "diverged"

    @property
    def furthest(self):
        """The widest difference in training accuracy with the same seed, points; None without one."""
        accuracies = lambda rows: {seed: _accuracy(row) for seed, row in rows.items()}  # noqa: E731
        return statistics.furthest(accuracies(self.here), accuracies(self.there))

    def spread(self, side, column="train_accuracy"):
        rows = getattr(self, side).values()
        return spread([_accuracy(row, column) for row in rows if not row["diverged_at"]])


@dataclass(frozen=True)
class Changed:
    """An answer that is not the same here and there.

    Attributes
    ----------
    key, heading : str
    here, there : str or None
        The sentences; None where the question is not asked.
    outcome : bool
        Whether the outcome changed, or only numbers and words.
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


def compare(here, there):
    """What differs, for the template.

    Parameters
    ----------
    here, there : Path
        results/<dataset>
    """
    ours, theirs = (_runs(folder / "runs.csv") for folder in (here, there))
    names = [name for name in ours if name in theirs]
    judged = _judged([(ours[name], theirs[name]) for name in names])
    pairs = [
        Pair(name, ours[name], theirs[name], difference)
        for name, difference in zip(names, judged, strict=True)
    ]
    said, told = (_answers(folder / "answers.json") for folder in (here, there))
    return {
        "here": here.as_posix(),
        "there": there.as_posix(),
        "configuration": _differences(*(_yaml(folder / "config.yaml") for folder in (here, there))),
        "machine": _differences(*(_yaml(folder / "machine.json") for folder in (here, there))),
        "n_answers": len(said.keys() | told.keys()),
        "answers": changed_answers(said, told),
        "pairs": sorted(pairs, key=_most_apart),
        "only_here": [name for name in ours if name not in theirs],
        "only_there": [name for name in theirs if name not in ours],
    }


def render(here, there):
    """The page."""
    return page_of("compare.html.j2", compare(here, there))


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
        if ours and theirs and ours["answer"] == theirs["answer"]:
            continue
        record = ours or theirs
        changed.append(
            Changed(
                key,
                f"{record['question']} {record['title']}".strip(),
                ours and ours["answer"],
                theirs and theirs["answer"],
                not (ours and theirs) or _outcome(ours) != _outcome(theirs),
                _why(ours, theirs) if ours and theirs else [],
            )
        )
    return sorted(changed, key=lambda answer: not answer.outcome)


def _outcome(record):
    return record["outcome"], record["claim"]


def _why(ours, theirs):
    """What the evidence of two answers differs in."""
    mine, other = ours["variants"], theirs["variants"]
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


def _judged(sides):
    """Every variant here beside itself there; the same seed starts from the same weights.

    All are corrected together, as the pairs of a question are.
    """
    judged = []
    for sides_of_one in sides:
        if any(row["diverged_at"] for side in sides_of_one for row in side.values()):
            judged.append(None)
        else:
            judged.append(
                [{seed: _accuracy(row) for seed, row in side.items()} for side in sides_of_one]
            )
    differences = iter(
        statistics.judge_pairs([pair for pair in judged if pair], Thresholds().same_points)
    )
    return [pair and next(differences) for pair in judged]


def _most_apart(pair):
    """Those that differ first, the furthest apart at the top."""
    return pair.same, -abs(pair.difference.mean) if pair.difference else 0


def _accuracy(row, column="train_accuracy"):
    return float(row[column])


def _yaml(path):
    # JSON is YAML too.
    return yaml.safe_load(path.read_text())


def _answers(path):
    """Key of each question → its record."""
    return {record["key"]: record for record in json.loads(path.read_text())}


def _runs(path):
    """Name of a variant → seed → its row of runs.csv."""
    runs = {}
    with path.open(newline="") as stream:
        for row in csv.DictReader(stream):
            runs.setdefault(row["run"], {})[int(row["seed"])] = row
    return runs


def _differences(here, there):
    """(key, value here, value there) wherever two trees of settings differ; None where one has none."""
    flat_here, flat_there = _flat(here), _flat(there)
    keys = [*flat_here, *(key for key in flat_there if key not in flat_here)]
    return [
        (key, flat_here.get(key), flat_there.get(key))
        for key in keys
        if flat_here.get(key) != flat_there.get(key)
    ]


def _flat(tree, path=()):
    """A tree of settings as one level: dotted key → value as text."""
    if isinstance(tree, dict):
        return {
            key: value
            for name, branch in tree.items()
            for key, value in _flat(branch, (*path, str(name))).items()
        }
    return {".".join(path): json.dumps(tree, ensure_ascii=False)}
