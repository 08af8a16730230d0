"""Two choices varied together → does the ranking by one survive when the other is chosen best for each?

In: the evidence of a grid, its sweep. Out: plain data: the best of each row, and how the rows compare at one
column and each at its best. Used by the general question, and by those that vary one of the two choices alone.
"""

from report import labels, statistics
from report.facts.evidence import Evidence
from report.facts.standing import described
from report.facts.sweep import judged, seeds_above, sweep
from report.statistics import HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED


def facts(evidence: Evidence, found):
    """What a grid says of its rows (first key), the columns (second key) being a nuisance.

    The best column of a row is chosen by the same runs that it is then judged by, which flatters rows
    with many columns alike; all rows have the same columns, so their comparison stays fair.

    Returns
    -------
    dict
        ``rows``, ``columns``: labels; ``best_of_row``: what `_best_of` tells of each row; ``order``:
        row labels, best first, each at its best column; ``order_at``: the same for each column
        alone; ``pairs``: rows at their best, judged; ``beside_first``: those of the first in
        ``order`` with all others, the first's side, as verdict → row labels; ``overturned``: pairs
        of rows of which a column says the opposite of what their best say; ``outcome``: "survives",
        "overturned", "undecided" or "one seed".
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
    order = _order(best)
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
            {"row": row} | _best_of(list(line.values()), best[row], column_key, evidence)
            for row, line in cells.items()
        ],
        "order": order,
        "order_at": {
            column: _order({row: _alive(line.get(column)) for row, line in cells.items()})
            for column in columns
        },
        "pairs": [
            {"first": one, "second": other, **described(difference)}
            for (one, other), difference in compared.items()
        ],
        "beside_first": _beside(order[0], compared) if order else {},
        "overturned": overturned,
        "outcome": _outcome(compared, overturned),
    }


def around(evidence: Evidence, row_key, column_key):
    """What a grid of two keys says that is in all else what a question's variants are.

    Returns
    -------
    dict or None
        `facts` of the first such grid, its ``key`` and ``title``; None without one.
    """
    rest = lambda variant: {  # noqa: E731
        key: value
        for key, value in variant.hyperparameters.items()
        if key not in (row_key, column_key)
    }
    chosen = [rest(variant) for variant in evidence.experiment.variants]
    for key, experiment in evidence.experiments.items():
        if (experiment.kind, experiment.varied) != ("grid", (row_key, column_key)):
            continue
        if all(rest(variant) in chosen for variant in experiment.variants):
            there = evidence.about(key)
            return facts(there, sweep(there)) | {"key": key, "title": experiment.title}
    return None


def _alive(cell):
    return None if cell is None or cell[0]["diverged"] else cell


def _best(line):
    alive = [cell for cell in line if not cell[0]["diverged"]]
    return max(alive, key=lambda cell: cell[0]["train"]["mean"], default=None)


def _best_of(line, best, column_key, evidence):
    """Which column is best for a row, and how sure that is.

    Returns
    -------
    dict
        ``standing``: of the best cell, None where every cell diverged; ``column``: its label;
        ``edge``: "smallest" or "largest" where that is the end of the numbers tried, else None;
        ``rivals``: labels of the columns that it is not told from, in this row alone; ``rivals_below``: those
        of them of which every seed ends below every one of its; ``outcome``: its
        weakest verdict beside another, "higher" if it is told from all; None without another.
    """
    if best is None:
        return {
            "standing": None, "column": None, "edge": None, "rivals": [], "rivals_below": [],
            "outcome": None,
        }  # fmt: skip
    standing, variant = best
    label = lambda cell: labels.value_label(column_key, cell[0]["values"][column_key])  # noqa: E731
    tried = [s["values"][column_key] for s, _ in line]
    numbers = all(isinstance(each, int | float) for each in tried) and len(tried) > 1
    edges = {min(tried): "smallest", max(tried): "largest"} if numbers else {}
    beside = _beside(label(best), _judged({label(cell): _alive(cell) for cell in line}, evidence))
    return {
        "standing": standing,
        "column": label(best),
        "edge": edges.get(standing["values"][column_key]) if numbers else None,
        "rivals": beside[SAME] + beside[UNDECIDED],
        "rivals_below": [
            label(cell)
            for cell in line
            if label(cell) in beside[UNDECIDED] and seeds_above(variant, cell[1])
        ],
        "outcome": next((v for v in (UNJUDGED, UNDECIDED, SAME, HIGHER) if beside[v]), None),
    }


def _beside(first, compared):
    """How one compares with all others: every verdict → their labels."""
    found = {verdict: [] for verdict in (HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED)}
    for (one, other), difference in compared.items():
        if first in (one, other):
            verdict = difference.verdict
            if one != first:
                verdict = statistics.OPPOSITE.get(verdict, verdict)
            found[verdict].append(other if one == first else one)
    return found


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
    if UNJUDGED in verdicts:
        return "one seed"
    if overturned:
        return "overturned"
    return "undecided" if UNDECIDED in verdicts else "survives"
