"""What the original's author printed, beside ours of the very same settings.

In: original.yaml, the evidence. Out: plain data: a record for each printed figure that some variant of ours
answers. Used by the section beside the original and by the questions that ask about a printed figure.
"""

from functools import cache
from pathlib import Path

import numpy as np
import yaml

from report import statistics
from report.facts.evidence import Evidence
from report.facts.standing import standing
from report.statistics import OPEN

PRINTED = Path(__file__).parent / "original.yaml"


def printed(evidence: Evidence):
    """Every printed figure beside ours; none where the data are others.

    Returns
    -------
    list of dict
        ``question``, ``printed``, ``figure``, ``rounded``, ``note``; ``ours``: a standing, of several variants
        the one with the highest mean; ``points``: ours (mean) minus theirs; ``low``, ``high``: the
        prediction interval of one more run of ours; ``verdict``: "agrees", "open" (inside, but of too
        wide an interval), "differs", "one seed", "diverged", or "stuck": ours and theirs are the
        share of one class, which is no agreement of two networks that learn; ``as_if_lost``: see
        `as_if_lost`; ``as_if_none_lost``: the accuracies of those seeds of ours that answer every class and end where the
        printed figure is, if others lose some.
    """
    rows = []
    for entry in _entries() if evidence.original_data else []:
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
        # What two readings of a listing are held against is one figure.
        "figure": f"{entry['question']} {entry['printed']}",
        "rounded": entry.get("rounded", False),
        "note": entry.get("note"),
        "ours": ours,
        "points": None,
        "low": None,
        "high": None,
        "as_if_lost": None,
        "as_if_none_lost": [],
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
        "as_if_lost": as_if_lost(
            entry["printed"],
            ours,
            evidence.summary["train_counts"],
            limits.answers_badly_percent,
        ),
        "as_if_none_lost": [
            own["train"]
            for own in ours["seeds"]
            if ours["failure"]["lost"]
            and own["train"] is not None
            and not own["never"]
            and statistics.within(own["train"], entry["printed"], limits.same_points)
        ],
        "low": found.low,
        "high": found.high,
        "verdict": "stuck" if stuck else found.verdict,
    }


def as_if_lost(printed, ours, counts, at_least):
    """How many classes a network had to lose to end at a printed accuracy, were the rest as ours.

    Parameters
    ----------
    printed : float
        Per cent.
    ours : dict
        A standing; what its seeds get right of the classes that they still answer counts where these are most classes.
    counts : list of int
        Training images of each class.
    at_least : float
        How much of the classes that it still answers every seed of ours must get right, per cent.

    Returns
    -------
    dict or None
        ``n``, and between which accuracies (``low``, ``high``) such a network ends, whichever classes
        they are; ``n_seeds`` of ours that lost some; None where no number of classes, or none at all, fits, or no seed of ours lost any.
    """
    # Of few classes it is easy to be right.
    rests = [
        own["rest"]
        for own in ours["seeds"]
        if own["never"] and own["rest"] is not None and 2 * len(own["never"]) < len(counts)
    ]
    if not (ours["failure"]["lost"] and rests and min(rests) >= at_least):
        return None
    shares = np.sort(counts) / sum(counts)
    for n in range(1, len(shares)):
        low = min(rests) * float(shares[: len(shares) - n].sum())
        high = max(rests) * float(shares[n:].sum())
        if low <= printed <= high:
            return {"n": n, "low": low, "high": high, "n_seeds": len(rests)}
    return None
