"""These results and many others → a matrix by answer and by variant, on a page.

In: `Results`. Out: HTML. Used by workflow/scripts/compare.py; pages/compare.py says more of two.
"""

from dataclasses import dataclass
from itertools import takewhile

from report import labels, statistics
from report.agreement import (
    SAME_BITS,
    SAME_NUMBERS,
    agreements,
    changed_answers,
    settings_apart,
)
from report.pages.compare import IDENTICAL, pairs
from report.pages.render import page_of

# Of a variant.
SAME_BYTES, WITHIN_SEEDS = "same bytes", "within seeds"
UNJUDGED, DIFFERENT, OTHER_SETTINGS, OTHER_BYTES = (
    "one seed",
    "different",
    "other settings",
    "other bytes",
)
# Of an answer.
SAME, REWORDED, TURNED = "same", "other numbers or words", "another outcome"
ABSENT, ONLY_THERE = "–", "only there"
JUDGED = {
    IDENTICAL: OTHER_BYTES,
    statistics.SAME: WITHIN_SEEDS,
    statistics.UNDECIDED: WITHIN_SEEDS,
    statistics.UNJUDGED: UNJUDGED,
}
COUNTED = (
    SAME,
    REWORDED,
    TURNED,
    SAME_BYTES,
    SAME_NUMBERS,
    WITHIN_SEEDS,
    UNJUDGED,
    DIFFERENT,
    OTHER_SETTINGS,
    OTHER_BYTES,
)


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
            labels.heading(asked[key]),
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
    answers = {key: Cell(SAME) for key in other.answers}
    for answer in changed_answers(here.answers, other.answers):
        if answer.there is not None:
            verdict = ONLY_THERE if answer.absent else TURNED if answer.outcome else REWORDED
            answers[answer.key] = Cell(verdict, answer.there)
    held = {}
    for run in agreements(here, other):
        held.setdefault(run.run, []).append(run)
    variants = {name: Cell(ONLY_THERE) for name in other.runs}
    for pair in pairs(here, other, shared_seeds=True):
        variants[pair.name] = _variant(pair, held[pair.name], len(here.runs[pair.name]))
    cells = [*answers.values(), *variants.values()]
    return {
        "processors": _processors(other),
        "configuration": settings_apart(here.config, other.config),
        "answers": answers,
        "variants": variants,
        "n": {verdict: sum(cell.verdict == verdict for cell in cells) for verdict in COUNTED},
    }


def _variant(pair, runs, n_seeds):
    """What the seeds that both have come to."""
    settings = dict.fromkeys(key for run in runs for key in run.settings)
    if settings:
        return Cell(OTHER_SETTINGS, ", ".join(settings))
    if all(run.verdict in (SAME_BITS, SAME_NUMBERS) for run in runs):
        every = all(run.verdict == SAME_BITS for run in runs)
        of = f"{len(runs)} of {n_seeds} seeds" if len(runs) < n_seeds else ""
        return Cell(SAME_BYTES if every else SAME_NUMBERS, of)
    if pair.difference is None:
        return Cell(DIFFERENT, "diverged")
    # Without the sign of a zero.
    points = round(-pair.difference.mean, 2) + 0.0
    return Cell(JUDGED.get(pair.verdict, DIFFERENT), f"{points:+.2f}".replace("-", "−"))


def _processors(results):
    """Who made its runs, as far as anybody wrote it down."""
    found = {str(origin.get("processor") or "not known") for origin in results.origins.values()}
    return sorted(found)
