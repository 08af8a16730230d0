"""A few runs of other results, trained anew → whether they are what these results say.

In: two `Results`: the runs as they came out here, and those that are checked. Out: the certificate, as plain data. Used
by workflow/scripts/certify.py; pages/templates/certificate.html.j2 chooses words by it.
"""

from dataclasses import asdict
from math import comb

from report.agreement import (
    DRIFTED,
    EXPLAINED,
    SAME_BITS,
    SAME_NUMBERS,
    UNJUDGED,
    agreements,
)
from report.results import accuracy_in

# What a run that was trained anew says of the one that is checked.
SAID = {
    SAME_BITS: "same bytes",
    SAME_NUMBERS: "same numbers",
    EXPLAINED: "within seeds and rounding",
    UNJUDGED: "one seed cannot say",
    DRIFTED: "contradicted",
}
FALSE_SHARE = 0.1


def certify(here, there, draw, data):
    """Hold runs that were trained anew against those that are checked.

    Parameters
    ----------
    here, there : Results
        Of here only runs are read.
    draw : int
        The number that decided which.
    data : str
        SHA-256 of what the runs here were trained on.

    Returns
    -------
    dict
        ``runs``: for each its `Agreement`, both accuracies, in per cent, and ``answers``: headings of the answers that hang
        on it; ``contradicted``: how many; ``same_data``; ``table_and_answers_agree``: whether the accuracies that the answers rest on are those
        of the table of runs; ``n_claimed``; ``missed``: the chance that as many runs, drawn so, all come
        out well although a tenth of all is false.
    """
    runs = [
        asdict(agreement)
        | {
            "said": SAID[agreement.verdict],
            "here": accuracy_in(here.runs[agreement.run][agreement.seed]),
            "there": accuracy_in(there.runs[agreement.run][agreement.seed]),
            "answers": _resting_on(there, agreement.run),
            "made": here.origin(agreement.run, agreement.seed),
        }
        for agreement in agreements(here, there)
    ]
    n_claimed = sum(map(len, there.runs.values()))
    n_false = round(FALSE_SHARE * n_claimed)
    return {
        "there": there.name,
        "sha256": there.table_sha256,
        "draw": draw,
        "runs": runs,
        "contradicted": sum(run["verdict"] == DRIFTED for run in runs),
        "same_data": there.data.get("dataset.npz") in (None, data),
        "data_known": "dataset.npz" in there.data,
        "table_and_answers_agree": _answers_rest_on_table(there),
        "n_claimed": n_claimed,
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
    data = "" if c["same_data"] else "; other data than here"
    agree = (
        "" if c["table_and_answers_agree"] else "; answers.json has other accuracies than runs.csv"
    )
    return f"of {c['n_claimed']} runs of {c['there']} {len(c['runs'])} trained anew: {told}{named}{data}{agree}"


def is_fault(certificate):
    """Whether something in it contradicts the results that are checked."""
    return bool(certificate["contradicted"]) or not (
        certificate["same_data"] and certificate["table_and_answers_agree"]
    )


def _resting_on(results, run):
    return [
        f"{record['question']} {record['title']}".strip()
        for record in results.answers.values()
        if run in record["variants"]
    ]


def _answers_rest_on_table(results):
    """Whether every accuracy in answers.json is the one in runs.csv."""
    return all(
        own["seed"] in results.runs.get(run, {})
        and own["train"] == accuracy_in(results.runs[run][own["seed"]])
        for record in results.answers.values()
        for run, variant in record["variants"].items()
        for own in variant["by_seed"]
    )
