"""Other results → a few of their runs, drawn by a number that their author could not know, to be trained anew.

In: results that were looked at (others.py), the settings `draw` and `n`. Out: which runs, and their hyperparameters as
their own configuration has them. Used by the Snakefile.
"""

import hashlib
from dataclasses import dataclass, field

from nn import Hyperparameters
from report.results import opened
from workflow.configuration.plan import plan
from workflow.configuration.reading import parsed
from workflow.configuration.schema import ConfigurationError
from workflow.configuration.settings import settle

N = 4
EXPECTED = "expected a whole number that the author of the results could not know, such as $RANDOM"


class SpotCheckError(ValueError):
    """A spot check that cannot be made; the message is one line for the user."""


@dataclass(frozen=True)
class Drawn:
    """Runs that were drawn.

    Attributes
    ----------
    folder : str
        Where what comes of them is kept: another for other results, another number, another n.
    draw : int
        The number that decided.
    runs : list of (str, int)
        Name of a variant, seed.
    variants : dict of str to Hyperparameters
    """

    folder: str = "none"
    draw: int = 0
    runs: list = field(default_factory=list)
    variants: dict[str, Hyperparameters] = field(default_factory=dict)


def drawn(others, draw, n=None):
    """Draw some runs.

    Parameters
    ----------
    others : list of str
        The setting `other`, which must come to one.
    draw, n : int
        The settings of that name.

    Raises
    ------
    SpotCheckError
    """
    if len(others) != 1:
        raise SpotCheckError(
            f"other: found {len(others)} results, expected one to spot-check; name its folder"
        )
    draw = _whole("draw", draw, 0, EXPECTED)
    results = opened(others[0])
    claimed = [(run, seed) for run, rows in results.runs.items() for seed in rows]
    n = _whole("n", N if n is None else n, 1, f"expected 1 to {len(claimed)} runs")
    if n > len(claimed):
        raise SpotCheckError(f"n: found {n}, expected 1 to {len(claimed)} runs")
    runs = sorted(claimed, key=lambda run: _lot(draw, *run))[:n]
    theirs = planned(results)
    for run, seed in runs:
        if seed not in theirs.seeds.get(run, ()):
            raise SpotCheckError(
                f"other: found the run {run}/seed{seed} in {results.name}/runs.csv, expected one that its config.yaml "
                "makes; the two are not of the same results"
            )
    return Drawn(
        _folder(results, draw, n), draw, runs, {run: theirs.variants[run] for run, _ in runs}
    )


def planned(results):
    """The plan of other results, by their own configuration."""
    where = f"other: {results.name}/config.yaml"
    text = results.text("config.yaml")
    try:
        return plan(settle(parsed(text, where)))
    except ConfigurationError as error:
        raise SpotCheckError(f"{where}: {error}".replace(f"{where}: {where}", where)) from None


def _folder(results, draw, n):
    return f"{results.tables['runs.csv'][:8]}-draw{draw}-n{n}"


def _lot(draw, run, seed):
    """What orders runs by chance, the same on every machine, and so that four are the first of eight."""
    return hashlib.sha256(f"{draw} {run} {seed}".encode()).digest()


def _whole(key, value, least, expected):
    if isinstance(value, str) and value.isdecimal() and len(value) < 20:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise SpotCheckError(f"{key}: found {value!r}, {expected}; add --config {key}=…")
    return value
