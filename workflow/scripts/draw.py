"""Draw one picture of a subject: a run, a question, or all runs together.

In: the subject's files. Out: <kind>.svg (kind: a module of report.figures), whose description is its
text alternative, and <kind>.csv, the numbers that it shows. Rules: run_figure, experiment_figure, overall_figure.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path

from report.figures import style
from report.labels import STANDARD
from report.runs import read_experiment, read_run, read_variants
from workflow.files import whole


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scope", choices=["run", "experiment", "overall"], required=True)
    parser.add_argument("--summary", type=Path, required=True, help="the dataset's summary.json")
    parser.add_argument("--target", type=float, required=True, help="accuracy line, per cent")
    parser.add_argument("--runs", nargs="+", type=Path, required=True, help="run.json files")
    parser.add_argument("--experiment", type=Path, help="which of the runs a question shows")
    parser.add_argument("--usual", type=json.loads, default=STANDARD, help="as in labels.py")
    parser.add_argument("--figure", type=Path, required=True)
    args = parser.parse_args()

    summary = json.loads(args.summary.read_text())
    folders = [path.parent for path in args.runs]
    if args.scope == "run":
        subject = read_run(*folders)
    elif args.scope == "experiment":
        subject = read_experiment(args.experiment, read_variants(folders))
    else:
        subject = read_variants(folders, args.usual)
    kind = import_module(f"report.figures.{args.figure.stem}")
    fig, description = kind.draw(subject, args.target, summary)
    with whole(args.figure) as temporary:
        style.save(fig, temporary, description)
    with whole(args.figure.with_suffix(".csv")) as temporary:
        numbers = kind.numbers(subject, summary)
        numbers.to_csv(
            temporary, index=False, float_format="%.7g", na_rep="nan", lineterminator="\n"
        )


if __name__ == "__main__":
    main()
