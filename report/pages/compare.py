"""Two results → what differs between them, and which answers changed, on a short page.

In: two `Results`, of which only the tables are read. Out: HTML. Used by workflow/scripts/compare.py.
"""

from dataclasses import dataclass

from report import statistics
from report.agreement import changed_answers, settings_apart
from report.facts.standing import spread
from report.facts.thresholds import Thresholds
from report.pages.render import page_of
from report.results import accuracy_in

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
        return statistics.furthest(_finished(self.here), _finished(self.there))

    def spread(self, side, column="train_accuracy"):
        return spread([*_finished(getattr(self, side), column).values()])


def compare(here, there):
    """What differs, for the template.

    Parameters
    ----------
    here, there : Results
    """
    return {
        "here": here.name,
        "there": there.name,
        "configuration": settings_apart(here.config, there.config),
        "machine": settings_apart(here.machine, there.machine),
        "n_answers": len(here.answers.keys() | there.answers.keys()),
        "answers": changed_answers(here.answers, there.answers),
        "pairs": sorted(pairs(here, there), key=_most_apart),
        "only_here": [name for name in here.runs if name not in there.runs],
        "only_there": [name for name in there.runs if name not in here.runs],
    }


def pairs(here, there, shared_seeds=False):
    """A `Pair` for each variant that two results have; or for each of which they share seeds, with those only."""
    sides = {
        name: (rows, there.runs[name]) for name, rows in here.runs.items() if name in there.runs
    }
    if shared_seeds:
        sides = {
            name: tuple(
                {seed: rows[seed] for seed in ours if seed in theirs} for rows in (ours, theirs)
            )
            for name, (ours, theirs) in sides.items()
            if ours.keys() & theirs.keys()
        }
    judged = _judged([*sides.values()])
    return [
        Pair(name, *both, difference)
        for (name, both), difference in zip(sides.items(), judged, strict=True)
    ]


def render(here, there):
    """The page."""
    return page_of("compare.html.j2", compare(here, there))


def _judged(sides):
    """Every variant here beside itself there; the same seed starts from the same weights.

    All are corrected together, as the pairs of a question are.
    """
    judged = []
    for sides_of_one in sides:
        if any(row["diverged_at"] for side in sides_of_one for row in side.values()):
            judged.append(None)
        else:
            judged.append([_finished(side) for side in sides_of_one])
    differences = iter(
        statistics.judge_pairs([pair for pair in judged if pair], Thresholds().same_points)
    )
    return [pair and next(differences) for pair in judged]


def _most_apart(pair):
    """Those that differ first, the furthest apart at the top."""
    return pair.same, -abs(pair.difference.mean) if pair.difference else 0


def _finished(rows, column="train_accuracy"):
    """Seed → accuracy, of those that did not diverge."""
    return {seed: accuracy_in(row, column) for seed, row in rows.items() if not row["diverged_at"]}
