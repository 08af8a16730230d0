"""Results held against published ones → which runs have the same bits, which drifted, which answers changed.

In: two `Results`. Out: the verification, as plain data. Used by workflow/scripts/verify.py; the report and a page of
its own choose words by it.
"""

from dataclasses import asdict

from report import labels
from report.agreement import DRIFTED, VERDICTS, agreements, changed_answers, settings_apart

NOTHING = "nothing in common"


def verify(here, published):
    """Hold results against published ones.

    Parameters
    ----------
    here, published : Results

    Returns
    -------
    dict
        ``outcome``: the worst verdict of a run, or `NOTHING`; ``runs``: an `Agreement` for each run that both have, as a
        dict; ``n``: how many of each verdict; ``data``: files of the data that differ; ``missing``: published
        variants that a question rests on there and, though it is asked here too, not here;
        ``edited``: keys of answers that say something else of the same numbers;
        ``n_published``, ``n_not_made``, ``n_unpublished``: runs there, there only, here only; ``answers``: for each
        published one its heading and, where it is not the same, what `Changed` says; ``n_turned``: how many have
        another outcome; ``n_unasked``: how many are not asked here; ``configuration``: settings that differ; ``sources``: commits that the published runs
        come from.
    """
    runs = agreements(here, published)
    n = {verdict: sum(run.verdict == verdict for run in runs) for verdict in VERDICTS}
    data = [name for name, sha256 in published.data.items() if here.data.get(name) != sha256]
    missing = _missing(here, published)
    outcome = max((run.verdict for run in runs), key=VERDICTS.index, default=NOTHING)
    changed = {
        answer.key: asdict(answer)
        for answer in changed_answers(here.answers, published.answers)
        if answer.there is not None
    }
    edited = [key for key, answer in changed.items() if answer["why"] == ["judgement"]]
    if runs and (data or missing or edited):
        outcome = DRIFTED
    return {
        "here": here.name,
        "published": published.name,
        "published_runs": published.tables["runs.csv"],
        "outcome": outcome,
        "runs": [asdict(run) for run in runs],
        "n": n,
        "data": data,
        "missing": missing,
        "edited": edited,
        "n_published": _count(published),
        "n_not_made": _count(published) - len(runs),
        "n_unpublished": _count(here) - len(runs),
        "answers": [
            {
                "key": key,
                "heading": labels.heading(record),
                "changed": changed.get(key),
            }
            for key, record in published.answers.items()
        ],
        "n_turned": sum(answer["outcome"] for answer in changed.values()),
        "n_unasked": sum(answer["here"] is None for answer in changed.values()),
        "configuration": settings_apart(here.config, published.config),
        "sources": _sources(published),
    }


def line(verification):
    """The verification in one line."""
    v = verification
    n_runs, n_answers = len(v["runs"]), len(v["answers"])
    if v["outcome"] == NOTHING:
        return (
            f"found no run that {v['published']} has too, of {v['n_published']} there, expected some; verify results of "
            "the same configuration"
        )
    n_same = sum(answer["changed"] is None for answer in v["answers"])
    counts = ", ".join(f"{count} {verdict}" for verdict, count in v["n"].items() if count)
    said = [f"of {v['n_published']} published runs {n_runs} here: {counts}"]
    said.append(f"of {n_answers} answers {n_same} the same, {v['n_turned']} with another outcome")
    if v["configuration"]:
        said.append(f"settings that differ: {_few([key for key, _, _ in v['configuration']])}")
    faults = [
        *v["data"],
        *_drifted(v),
        *(f"{name} (not here)" for name in v["missing"]),
        *(f"the answer {key} (another for the same numbers)" for key in v["edited"]),
    ]
    return "; ".join([*said, *([f"drifted: {_few(faults)}"] if faults else [])])


def is_fault(verification):
    """Whether something drifted, or nothing could be held against anything."""
    return verification["outcome"] in (DRIFTED, NOTHING)


def _drifted(verification):
    """Each run that drifted, with what of it differs, and by how much."""
    for run in verification["runs"]:
        if run["verdict"] == DRIFTED:
            told = [*run["files"], *(f"runs.csv: {column}" for column, _, _ in run["columns"])]
            by = "" if run["points"] is None else f"{run['points']:+.2f} points, "
            yield f"{run['run']}/seed{run['seed']} ({by}{', '.join(told)})"


def _few(texts, most=3):
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return "; ".join(texts[:most]) + more


def _missing(here, published):
    """Published variants without which a question that is asked here too rests on others than there."""
    return sorted(
        {
            name
            for key in published.config.get("experiments", {})
            if key in here.answers and key in published.answers
            for name in published.answers[key]["variants"]
            if name not in here.answers[key]["variants"]
        }
    )


def _count(results):
    return sum(map(len, results.runs.values()))


def _sources(results):
    """The commits that its runs come from."""
    found = (origin.get("source") for origin in results.origins.values())
    return sorted({source["commit"] for source in found if source})
