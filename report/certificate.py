"""A few runs of other results, trained anew → whether they are what these results say.

In: two `Results`: the runs as they came out here, and those that are checked. Out: the certificate, as plain data. Used
by workflow/scripts/certify.py; pages/templates/certificate.html.j2 chooses words by it.
"""

from dataclasses import asdict
from math import comb
from statistics import fmean

from report import labels, statistics
from report.agreement import (
    DRIFTED,
    EXPLAINED,
    SAME_BITS,
    SAME_NUMBERS,
    UNDECIDED,
    VERDICTS,
    agreements,
)
from report.results import accuracy_in

# What a run that was trained anew says of the one that is checked.
SAID = {
    SAME_BITS: "same bytes",
    SAME_NUMBERS: "same numbers",
    EXPLAINED: "within seeds and rounding",
    UNDECIDED: "their seeds cannot say",
    DRIFTED: "contradicted",
}
FALSE_SHARE = 0.1
WITHIN = 1e-9  # per cent: accuracies are read from text


def certify(here, there, draw, data, planned):
    """Hold runs that were trained anew against those that are checked.

    Parameters
    ----------
    here, there : Results
        Of here only runs are read.
    draw : int
        The number that decided which.
    data : str
        SHA-256 of what the runs here were trained on.
    planned : list of (str, int)
        The runs that the configuration which is checked makes.

    Returns
    -------
    dict
        ``outcome``: the worst verdict; ``runs``: for each its `Agreement`, accuracies of both, in per cent;
        ``answers``: heading of each answer that hangs on drawn runs → these; ``untrusted``: those of them that hang on a
        contradicted one; ``tables``: SHA-256 of what was checked; ``same_data``;
        ``answers_rest_on_table``: whether the accuracies that the answers rest on are those of the table of runs;
        ``n_claimed``, ``n_left_out``: runs in the table, and runs of its configuration that are not; ``missed``: the
        chance that as many runs, drawn so, all come out well although ``n_false`` of all are false.
    """
    runs = [
        asdict(agreement)
        | {
            "said": SAID[agreement.verdict],
            "here": _accuracies(here, agreement),
            "there": _accuracies(there, agreement),
            "made": here.origin(agreement.run, agreement.seed),
        }
        for agreement in agreements(here, there)
    ]
    answers = _resting_on(there, [run["run"] for run in runs])
    drifted = {run["run"] for run in runs if run["verdict"] == DRIFTED}
    claimed = {(run, seed) for run, rows in there.runs.items() for seed in rows}
    n_claimed = len(claimed)
    n_false = max(1, round(FALSE_SHARE * n_claimed))
    return {
        "there": there.name,
        "dataset": there.config["dataset"],
        "tables": there.tables,
        "draw": draw,
        "outcome": max((run["verdict"] for run in runs), key=VERDICTS.index),
        "runs": runs,
        "answers": answers,
        "untrusted": [heading for heading, on in answers.items() if drifted & set(on)],
        "same_data": there.data.get("dataset.npz") in (None, data),
        "data_known": "dataset.npz" in there.data,
        "answers_rest_on_table": _answers_rest_on_table(there),
        "n_claimed": n_claimed,
        "n_left_out": sum(run not in claimed for run in planned),
        "n_false": n_false,
        "missed": comb(n_claimed - n_false, len(runs)) / comb(n_claimed, len(runs)),
    }


def line(certificate):
    """The certificate in one line."""
    c = certificate
    counts = {said: sum(run["said"] == said for run in c["runs"]) for said in SAID.values()}
    told = ", ".join(f"{count} {said}" for said, count in counts.items() if count)
    faults = [f"{run['run']}/seed{run['seed']}" for run in c["runs"] if run["verdict"] == DRIFTED]
    named = f" ({', '.join(faults)})" if faults else ""
    data = (
        "" if c["same_data"] else "; trained on other data than theirs, which contradicts nothing"
    )
    agree = (
        "" if c["answers_rest_on_table"] else "; answers.json has other accuracies than runs.csv"
    )
    return f"of {c['n_claimed']} runs of {c['there']} {len(c['runs'])} trained anew: {told}{named}{data}{agree}"


def is_fault(certificate):
    """Whether something in it contradicts the results that are checked, or nothing could be checked."""
    return (
        certificate["outcome"] == DRIFTED
        or not certificate["same_data"]
        or not certificate["answers_rest_on_table"]
    )


def _accuracies(results, agreement):
    row = results.runs[agreement.run][agreement.seed]
    return {part: accuracy_in(row, f"{part}_accuracy") for part in ("train", "test")}


def _resting_on(results, runs):
    found = {
        labels.heading(record): [run for run in runs if run in record["variants"]]
        for record in results.answers.values()
    }
    return {heading: on for heading, on in found.items() if on}


def _answers_rest_on_table(results):
    """Whether every answer rests on runs of runs.csv, with the accuracies that they have there."""
    return all(
        record["variants"]
        and all(
            own["seed"] in results.runs.get(run, {})
            and _same(own, results.runs[run][own["seed"]])
            and _is_mean(variant)
            for run, variant in record["variants"].items()
            for own in variant["by_seed"]
        )
        for record in results.answers.values()
    )


def _same(own, row):
    """Whether what an answer says of a seed is what the table says."""
    told = {part: accuracy_in(row, f"{part}_accuracy") for part in ("train", "test")}
    return all(_near(own.get(part), accuracy) for part, accuracy in told.items())


def _is_mean(variant):
    """Whether the means that an answer quotes are those of its seeds."""
    for part in ("train", "test"):
        seeds = [own[part] for own in variant["by_seed"] if own.get(part) is not None]
        quoted = variant.get(part)
        if seeds and quoted and not _near(quoted["mean"], fmean(seeds)):
            return False
    return True


def _near(one, other):
    return one == other or statistics.within(one, other, WITHIN)
