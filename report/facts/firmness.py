"""How firmly an answer holds: with every single seed left out, with every threshold halved and doubled.

In: a question's facts function, the evidence. Out: plain data: what was tried, and what the answer becomes
where it changes. Used by report/questions/__init__.py.
"""

from dataclasses import replace

from report.facts.evidence import Evidence

# Without one of two seeds one is left, which decides nothing: that is no test of an answer.
FEWEST_SEEDS = 3
# What makes two answers the same; ``highest`` is who is named where none is best, ``also`` what a grid
# decides besides.
DECIDED = ("outcome", "claim", "highest", "also")


def firmness(facts, evidence: Evidence, claimed):
    """Ask a question again and again.

    Parameters
    ----------
    facts : callable
        Evidence → facts with an ``outcome`` and a ``claim``, a grid's with what it ``also`` decides.
    evidence : Evidence
    claimed : dict
        The facts from the whole evidence.

    Returns
    -------
    dict
        ``seeds``: how many were left out, one at a time; ``seeds_that_change``, ``thresholds_that_change``: how
        many of these trials change the answer; ``holds``: whether nothing changed;
        ``becomes``: for each change, in the order tried, ``when`` (a list of trials that lead to
        the same), what is decided then (`DECIDED`), and ``same_highest``: whether all that changes is who
        is undecided beside it.
    """
    seeds = evidence.seeds if len(evidence.seeds) >= FEWEST_SEEDS else []
    trials = [({"seed": seed}, evidence.without(seed)) for seed in seeds]
    trials += [
        (
            {"threshold": name, "change": change, "value": getattr(thresholds, name)},
            replace(evidence, thresholds=thresholds),
        )
        for name, change, thresholds in evidence.thresholds.halved_and_doubled()
    ]
    becomes = []
    for trial, changed in trials:
        found = facts(changed)
        answer = {key: found[key] for key in DECIDED if key in found}
        if answer == {key: claimed[key] for key in answer}:
            continue
        known = next((b for b in becomes if {key: b[key] for key in answer} == answer), None)
        if known:
            known["when"].append(trial)
        else:
            same_highest = answer.get("highest") is not None and all(
                answer[key] == claimed[key] for key in answer if key != "claim"
            )
            becomes.append({"when": [trial], "same_highest": same_highest, **answer})
    changing = [trial for b in becomes for trial in b["when"]]
    return {
        "seeds": len(seeds),
        "seeds_that_change": sum("seed" in trial for trial in changing),
        "thresholds_that_change": sum("threshold" in trial for trial in changing),
        "holds": not becomes,
        "becomes": becomes,
    }
