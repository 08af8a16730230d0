"""Two choices varied together → does the ranking by one survive when the other is chosen best for each?

In: the evidence of a grid, its sweep. Out: plain data: the best of each row, and how the rows compare at one
column and each at its best. Used by the general question.
"""

from report import labels, statistics
from report.facts.evidence import Evidence
from report.facts.standing import described
from report.facts.sweep import judged
from report.statistics import HIGHER, LOWER


def facts(evidence: Evidence, found):
    """What a grid says of its rows (first key), the columns (second key) being a nuisance.

    The best column of a row is chosen by the same runs that it is then judged by, which flatters rows
    with many columns alike; all rows have the same columns, so their comparison stays fair.

    Returns
    -------
    dict
        ``rows``, ``columns``: labels; ``best_of_row``: for each row the name and label of its best
        cell, or None where all diverged; ``order``: row labels, best first, each at its best
        column; ``order_at``: the same for each column alone; ``pairs``: rows at their best, judged;
        ``overturned``: pairs of rows of which a column says the opposite of what their best say;
        ``outcome``: "survives", "overturned", "undecided" or "one seed".
    """
    row_key, column_key = found["varied"]
    cells = {}
    for standing, variant in zip(found["standings"], evidence.experiment.variants, strict=True):
        row, column = (
            labels.value_label(key, standing["values"][key]) for key in (row_key, column_key)
        )
        cells.setdefault(row, {})[column] = (standing, variant)
    columns = list(dict.fromkeys(column for row in cells.values() for column in row))
    best = {row: _best(line.values()) for row, line in cells.items()}
    compared = _judged(best, evidence)
    at = {
        column: _judged({row: _alive(line.get(column)) for row, line in cells.items()}, evidence)
        for column in columns
    }
    overturned = [
        {"first": one, "second": other, "column": column}
        for (one, other), difference in compared.items()
        for column in columns
        if {difference.verdict, _verdict(at[column], one, other)} == {HIGHER, LOWER}
    ]
    return {
        "row_key": labels.key_label(row_key),
        "column_key": labels.key_label(column_key),
        "rows": list(cells),
        "columns": columns,
        "best_of_row": [
            {"row": row, "name": cell and cell[0]["name"], "label": cell and cell[0]["label"]}
            for row, cell in best.items()
        ],
        "order": _order(best),
        "order_at": {
            column: _order({row: _alive(line.get(column)) for row, line in cells.items()})
            for column in columns
        },
        "pairs": [
            {"first": one, "second": other, **described(difference)}
            for (one, other), difference in compared.items()
        ],
        "overturned": overturned,
        "outcome": _outcome(compared, overturned),
    }


def _alive(cell):
    return None if cell is None or cell[0]["diverged"] else cell


def _best(line):
    alive = [cell for cell in line if not cell[0]["diverged"]]
    return max(alive, key=lambda cell: cell[0]["train"]["mean"], default=None)


def _order(cells):
    alive = {row: cell[0]["train"]["mean"] for row, cell in cells.items() if cell}
    return sorted(alive, key=lambda row: -alive[row])


def _judged(cells, evidence):
    """(row, other row) → Difference, of rows that have a cell."""
    alive = [(row, cell[1]) for row, cell in cells.items() if cell]
    found = judged(tuple(variant for _, variant in alive), evidence.thresholds.same_points)
    return {(alive[i][0], alive[j][0]): d for (i, j), d in found.items() if i < j}


def _verdict(found, one, other):
    return found[one, other].verdict if (one, other) in found else None


def _outcome(compared, overturned):
    verdicts = {difference.verdict for difference in compared.values()}
    if statistics.UNJUDGED in verdicts:
        return "one seed"
    if overturned:
        return "overturned"
    return "undecided" if statistics.UNDECIDED in verdicts else "survives"
