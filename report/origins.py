"""What made the runs → the distinct origins, for the page on provenance and whoever compares.

In: run folders with their origin.json. Out: a record for each environment that made some of them. Used by
workflow/scripts/report.py and render.py.
"""

import json

PORTABLE = "portable"  # arithmetic: rounded as on every other such machine
# What may explain why the same run has other numbers elsewhere; not when it was made.
TOLD = ("arithmetic", "python", "numpy", "blas", "processor", "source", "fingerprint")


def origins(folders):
    """The distinct origins, those of most runs first.

    Parameters
    ----------
    folders : list of Path

    Returns
    -------
    list of dict
        The values of `TOLD`, ``n``: how many runs, and ``runs``: which, as "<variant>/seed<k>".
    """
    groups = {}
    for folder in folders:
        content = json.loads((folder / "origin.json").read_text())
        known = {key: content[key] for key in TOLD}
        group = groups.setdefault(json.dumps(known, sort_keys=True), known | {"runs": []})
        group["runs"].append("/".join(folder.parts[-2:]))
    found = [group | {"n": len(group["runs"])} for group in groups.values()]
    return sorted(found, key=lambda group: -group["n"])


def n_environments(found):
    """In how many environments runs were made, whatever the source that was run there.

    Parameters
    ----------
    found : list of dict
        What `origins` returns.
    """
    of = [key for key in TOLD if key not in ("source", "fingerprint")]
    return len({json.dumps({key: origin[key] for key in of}, sort_keys=True) for origin in found})


def n_native(found):
    """How many runs come from machines that round products of matrices in a way of their own.

    Parameters
    ----------
    found : list of dict
        What `origins` returns.
    """
    return sum(origin["n"] for origin in found if origin["arithmetic"] != PORTABLE)
