"""Any experiment without words of its own: which variant is best; of a grid, whether a ranking survives.

In: the evidence. Out: a sweep, and for two varied keys what each row's best choice leaves of the ranking.
"""

from report.facts import grid
from report.facts.sweep import OUTCOMES, sweep

__all__ = ["ASSUMES", "OUTCOMES", "facts"]

ASSUMES = {}


def facts(evidence):
    found = sweep(evidence)
    if len(found["varied"]) == 2:
        found["grid"] = grid.facts(evidence, found)
        found["also"] = f"ranking {found['grid']['outcome']}"
    return found
