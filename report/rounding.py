"""The published runs made again with other rounding → what rounding alone decides.

In: a verification of those runs (verification.py), kept as expected/<dataset>/rounding.json. Out: plain data for the
report's section on seeds. Used by workflow/scripts/report.py.
"""

from report import statistics
from report.agreement import SAME_BITS
from report.facts.thresholds import Thresholds


def decided(verification):
    """What other rounding changed.

    Parameters
    ----------
    verification : dict
        Of the published runs, made again with products that the BLAS rounds.

    Returns
    -------
    dict
        ``n_runs``; ``n_other_bits``: how many end with other bits; ``n_moved``: with a training accuracy further off than
        what is the same for every purpose here; ``furthest``: the run that moved most, or None;
        ``n_answers``, ``turned``: headings of the answers with another outcome.
    """
    runs = verification["runs"]
    points = Thresholds().same_points
    finished = [run for run in runs if run["points"] is not None]
    furthest = max(finished, key=lambda run: abs(run["points"]), default=None)
    return {
        "n_runs": len(runs),
        "n_other_bits": sum(run["verdict"] != SAME_BITS for run in runs),
        # Where only one of the two diverged, it could not move further.
        "n_moved": sum(not statistics.within(run["points"], 0.0, points) for run in finished)
        + sum(
            column == "diverged_at"
            for run in runs
            if run["points"] is None
            for column, *sides in run["columns"]
            if not all(sides)
        ),
        "furthest": furthest,
        "n_answers": len(verification["answers"]),
        "turned": [
            answer["heading"]
            for answer in verification["answers"]
            if answer["changed"] and answer["changed"]["outcome"]
        ],
    }
