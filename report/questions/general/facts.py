"""Any experiment without words of its own: which variant is best; of a grid, whether a ranking survives.

In: the evidence. Out: a sweep, and of a grid what each row's best choice leaves of the ranking.
"""

from report.facts import grid
from report.facts.sweep import OUTCOMES, sweep

__all__ = ["OUTCOMES", "facts"]


def facts(evidence):
    found = sweep(evidence)
    if found["kind"] == "grid":
        found["grid"] = grid.facts(evidence, found)
        found["also"] = f"ranking {found['grid']['outcome']}"
    return found
