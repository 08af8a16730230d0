"""Collect runs into one table.

In: the run.json of every run and seed. Out: runs.csv, a row for each. Rule: table.
"""

import argparse
import json
from pathlib import Path

from report.results import MEASURED
from workflow.files import write_csv


def row(run):
    """One run.json as a flat row."""
    return {
        "run": run["run"],
        "seed": run["seed"],
        **{key: _cell(value) for key, value in run["hyperparameters"].items()},
        **{key: run[key] for key in MEASURED},
    }


def _cell(value):
    """A choice as text: a named one as name(parameter=value), several numbers as 256-128."""
    if isinstance(value, dict):
        parameters = ", ".join(
            f"{key}={inner:g}" if isinstance(inner, float) else f"{key}={inner}"
            for key, inner in value.items()
            if key != "name"
        )
        return f"{value['name']}({parameters})" if parameters else value["name"]
    if isinstance(value, list):
        return "-".join(map(str, value))
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", nargs="+", type=Path, required=True)
    parser.add_argument("--table", required=True)
    args = parser.parse_args()
    rows = [row(json.loads(path.read_text())) for path in args.runs]
    write_csv(args.table, rows[0], ([*row.values()] for row in rows))


if __name__ == "__main__":
    main()
