"""Appendix: ReLU by loss: which reading of an incomplete listing agrees with the printed figure?

In: the evidence. Out: a sweep, both readings beside the figure that the original printed, and silent images.
"""

from report.facts.original import printed
from report.facts.sweep import HOPELESS, sweep, verdict, with_value
from report.statistics import OPEN, SAME

ASSUMES = {"varied": ["loss"], "activation": ["relu"], "output_activation": ["relu"]}

OUTCOMES = HOPELESS | {
    "one agrees": "only the {} reading agrees",
    "both agree": "both readings agree with the printed figure",
    "neither agrees": "neither reading agrees with the printed figure",
    "one agrees, one open": "the {} reading agrees; seeds of the other are too far apart",
    "one open": "seeds too far apart to say of {}; the other reading does not agree",
    "both open": "seeds of both readings too far apart to say",
    "one seed": "one seed each, nearest: {}",
    "other data": "the printed figure is for other data",
    "not printed": "no figure was printed for these settings",
    "no pair": "only one of the two readings was run",
}
READINGS = {"plain": "binary_cross_entropy", "gated": "gated_cross_entropy"}


def facts(evidence):
    # Its answer names no highest.
    found = sweep(evidence) | {"highest": None}
    readings = {name: with_value(found, loss) for name, loss in READINGS.items()}
    squared = with_value(found, "squared_error")
    rows = {row["ours"]["name"]: row for row in printed(evidence)}
    held = {name: s and rows.get(s["name"]) for name, s in readings.items()}
    found |= {
        "squared_error": squared and squared["name"],
        "plain": readings["plain"] and readings["plain"]["name"],
        "gated": readings["gated"] and readings["gated"]["name"],
        "readings": held,
        "printed_squared": squared and rows.get(squared["name"]),
        "gated_is_squared": bool(
            squared and readings["gated"] and verdict(found, squared, readings["gated"]) == SAME
        ),
    }
    if not all(readings.values()):
        return found | {"outcome": "no pair", "claim": []}
    if found["outcome"] in HOPELESS:
        return found
    if not evidence.original_data:
        return found | {"outcome": "other data", "claim": []}
    if not all(held.values()):
        return found | {"outcome": "not printed", "claim": []}
    verdicts = {name: row["verdict"] for name, row in held.items()}
    if "one seed" in verdicts.values() and _named(verdicts, "agrees", "stuck") != list(held):
        near = [
            (abs(row["points"]), name) for name, row in held.items() if row["points"] is not None
        ]
        return found | {"outcome": "one seed", "claim": [min(near)[1]] if near else []}
    agreeing, open_ = _named(verdicts, "agrees", "stuck"), _named(verdicts, OPEN)
    outcome = {
        (2, 0): "both agree",
        (1, 1): "one agrees, one open",
        (1, 0): "one agrees",
        (0, 2): "both open",
        (0, 1): "one open",
        (0, 0): "neither agrees",
    }[len(agreeing), len(open_)]
    return found | {"outcome": outcome, "claim": agreeing or open_}


def _named(verdicts, *wanted):
    return [name for name, verdict in verdicts.items() if verdict in wanted]
