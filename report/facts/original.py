"""What the original's author printed, beside ours of the very same settings.

In: original.yaml, the evidence. Out: plain data: a record for each printed figure that some variant of ours
answers. Used by the section beside the original and by the questions that ask about a printed figure.
"""

from functools import cache
from pathlib import Path

import yaml

from report import statistics
from report.facts.evidence import Evidence
from report.facts.standing import standing
from report.statistics import OPEN

PRINTED = Path(__file__).parent / "original.yaml"


def printed(evidence: Evidence):
    """Every printed figure beside ours.

    Returns
    -------
    list of dict
        ``question``, ``printed``, ``rounded``, ``note``; ``ours``: a standing, of several variants
        the one with the highest mean; ``points``: ours (mean) minus theirs; ``low``, ``high``: the
        prediction interval of one more run of ours; ``verdict``: "agrees", "open" (inside, but of too
        wide an interval), "differs", "one seed", "diverged", or "stuck": ours and theirs are the
        share of one class, which is no agreement of two networks that learn.
    """
    rows = []
    for entry in _entries():
        variants = [evidence.variants[name] for name in entry["runs"] if name in evidence.variants]
        standings = [standing(variant, evidence) for variant in variants]
        alive = [s for s in standings if s["train"]]
        if standings:
            ours = max(alive, key=lambda s: s["train"]["mean"], default=standings[0])
            rows.append(_row(entry, ours, evidence))
    return rows


@cache
def _entries():
    return yaml.safe_load(PRINTED.read_text())


def _row(entry, ours, evidence):
    row = {
        "question": entry["question"],
        "printed": entry["printed"],
        "rounded": entry.get("rounded", False),
        "note": entry.get("note"),
        "ours": ours,
        "points": None,
        "low": None,
        "high": None,
        "verdict": "diverged",
    }
    accuracies = [seed["train"] for seed in ours["seeds"] if seed["train"] is not None]
    if not accuracies:
        return row
    limits = evidence.thresholds
    found = statistics.predicts(
        accuracies, entry["printed"], limits.same_points, limits.wide_points
    )
    stuck = ours["failure"]["kind"] == "one class" and found.verdict in ("agrees", OPEN)
    return row | {
        "points": ours["train"]["mean"] - entry["printed"],
        "low": found.low,
        "high": found.high,
        "verdict": "stuck" if stuck else found.verdict,
    }
