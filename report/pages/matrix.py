"""These results and many others → a matrix by answer and by variant, on a page.

In: `Results`. Out: HTML. Used by workflow/scripts/compare.py; pages/compare.py says more of two.
"""

from dataclasses import dataclass
from itertools import takewhile

from report import statistics
from report.agreement import SAME_BITS, agreements, changed_answers, settings_apart
from report.pages.compare import IDENTICAL, pairs
from report.pages.render import page_of

# Of a variant, from the least to the most apart.
SAME_BYTES, SAME_NUMBERS, WITHIN_SEEDS = "same bytes", "same numbers", "within seeds"
UNJUDGED, DIFFERENT, OTHER_SETTINGS = "one seed", "different", "other settings"
# Of an answer.
SAME, REWORDED, TURNED = "same", "other numbers or words", "another outcome"
ABSENT = "–"
JUDGED = {
    IDENTICAL: SAME_NUMBERS,
    statistics.SAME: WITHIN_SEEDS,
    statistics.UNDECIDED: WITHIN_SEEDS,
    statistics.UNJUDGED: UNJUDGED,
}


@dataclass(frozen=True)
class Cell:
    """What one of the others has of an answer or a variant.

    Attributes
    ----------
    verdict : str
    said : str
        More of it: the sentence, or by how much.
    """

    verdict: str
    said: str = ""


def matrix(here, others):
    """All others beside these results, for the template.

    Parameters
    ----------
    here : Results
    others : list of Results
    """
    columns = [_column(here, other) for other in others]
    variants = dict.fromkeys(name for results in (here, *others) for name in results.runs)
    asked = {
        key: record
        for results in (*reversed(others), here)
        for key, record in results.answers.items()
    }
    names = short_names([other.name for other in others])
    answers = [
        (
            f"{asked[key]['question']} {asked[key]['title']}".strip(),
            [column["answers"].get(key, Cell(ABSENT)) for column in columns],
        )
        for key in dict.fromkeys([*here.answers, *asked])
    ]
    turned = [
        (
            heading,
            [
                (name, cell.said)
                for name, cell in zip(names, cells, strict=True)
                if cell.verdict == TURNED
            ],
        )
        for heading, cells in answers
    ]
    return {
        "here": here.name,
        "columns": columns,
        "names": names,
        "answers": answers,
        "turned": [(heading, told) for heading, told in turned if told],
        "variants": [
            (name, [column["variants"].get(name, Cell(ABSENT)) for column in columns])
            for name in variants
        ],
    }


def render(here, others):
    """The page."""
    return page_of("matrix.html.j2", matrix(here, others))


def short_names(paths):
    """What tells paths apart: without the folders that all begin and end with."""
    parts = [path.split("/") for path in paths]
    first = _n_shared(parts)
    last = _n_shared([own[first:][::-1] for own in parts])
    return ["/".join(own[first : len(own) - last]) or "/".join(own) for own in parts]


def _n_shared(parts):
    """How many parts all begin with."""
    return sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*parts, strict=False)))


def _column(here, other):
    changed = {answer.key: answer for answer in changed_answers(here.answers, other.answers)}
    answers = {
        key: Cell(SAME)
        if key not in changed
        else Cell(TURNED if changed[key].outcome else REWORDED, changed[key].there)
        for key in other.answers
    }
    held = {}
    for run in agreements(here, other):
        held.setdefault(run.run, []).append(run)
    variants = {name: Cell(ABSENT, "only there") for name in other.runs}
    for pair in pairs(here, other):
        variants[pair.name] = _variant(pair, held.get(pair.name, []))
    return {
        "name": other.name,
        "processors": sorted(
            {_processor(other, run, seed) for run, rows in other.runs.items() for seed in rows}
        ),
        "configuration": settings_apart(here.config, other.config),
        "answers": answers,
        "variants": variants,
        "n": {
            verdict: sum(
                cell.verdict == verdict for cell in (*answers.values(), *variants.values())
            )
            for verdict in (
                SAME,
                REWORDED,
                TURNED,
                SAME_BYTES,
                SAME_NUMBERS,
                WITHIN_SEEDS,
                UNJUDGED,
                DIFFERENT,
                OTHER_SETTINGS,
            )
        },
    }


def _variant(pair, runs):
    if any(run.settings for run in runs):
        return Cell(
            OTHER_SETTINGS, ", ".join(dict.fromkeys(key for run in runs for key in run.settings))
        )
    if runs and all(run.verdict == SAME_BITS for run in runs):
        n, seeds = len(runs), max(len(pair.here), len(pair.there))
        return Cell(SAME_BYTES, f"{n} of {seeds} seeds" if n < seeds else "")
    points = (
        "diverged" if pair.difference is None else f"{-pair.difference.mean:+.2f}".replace("-", "−")
    )
    return Cell(JUDGED.get(pair.verdict, DIFFERENT), points)


def _processor(results, run, seed):
    return results.origin(run, seed).get("processor") or "not known"
