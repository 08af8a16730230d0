"""Two sets of runs → what differs between them, on a short page.

In: two folders like results/<dataset>, of which config.yaml, machine.json and runs.csv are read.
Out: HTML. Used by workflow/scripts/compare.py.
"""

import csv
import json
from dataclasses import dataclass

import yaml

from report.findings import Spread
from report.render import page_of


@dataclass(frozen=True)
class Pair:
    """A run that both have: seed → row of runs.csv, here and there."""

    name: str
    here: dict[int, dict]
    there: dict[int, dict]

    @property
    def shared(self):
        """Seeds that both have."""
        return sorted(self.here.keys() & self.there.keys())

    @property
    def same(self):
        """Whether both have the same seeds, with the same measurements to the last digit."""
        return self.here == self.there

    @property
    def furthest(self):
        """The widest difference in training accuracy with the same seed, points; None without one."""
        gaps = [accuracy(self.here[seed]) - accuracy(self.there[seed]) for seed in self.shared]
        return max(map(abs, gaps), default=None)

    def spread(self, side, column="train_accuracy"):
        rows = {"here": self.here, "there": self.there}[side]
        return Spread.of([accuracy(row, column) for row in rows.values()])

    @property
    def difference(self):
        """Mean training accuracy here minus there, points."""
        return self.spread("here").mean - self.spread("there").mean

    @property
    def verdict(self):
        """One of "same", "higher", "lower" (beyond what seeds explain), "close", "unknown" (one seed)."""
        here, there = self.spread("here"), self.spread("there")
        if self.same:
            return "same"
        if min(here.n, there.n) == 1:
            return "unknown"
        return "higher" if here.above(there) else "lower" if there.above(here) else "close"


def accuracy(row, column="train_accuracy"):
    return float(row[column])


def compare(here, there):
    """What differs, for the template.

    Parameters
    ----------
    here, there : Path
        results/<dataset>
    """
    ours, theirs = (_runs(folder / "runs.csv") for folder in (here, there))
    pairs = [Pair(name, ours[name], theirs[name]) for name in ours if name in theirs]
    return {
        "here": here.as_posix(),
        "there": there.as_posix(),
        "configuration": _differences(*(_yaml(folder / "config.yaml") for folder in (here, there))),
        "machine": _differences(*(_yaml(folder / "machine.json") for folder in (here, there))),
        "pairs": sorted(pairs, key=lambda pair: (pair.same, -abs(pair.difference))),
        "only_here": [name for name in ours if name not in theirs],
        "only_there": [name for name in theirs if name not in ours],
    }


def render(here, there):
    """The page."""
    return page_of("compare.html.j2", compare(here, there))


def _yaml(path):
    # JSON is YAML too.
    return yaml.safe_load(path.read_text())


def _runs(path):
    """Run → seed → its row of runs.csv."""
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
