"""Draw one figure.

In: the kind of figure (a module of report.figures) and the files it shows. Out: an SVG whose
description is its text alternative. Rules: run_figure, experiment_figure, overall_figure.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path

from report.figures import style
from report.runs import read_experiment, read_run, read_variants
from workflow.files import whole


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", required=True)
    parser.add_argument("--scope", choices=["run", "experiment", "overall"], required=True)
    parser.add_argument("--summary", type=Path, required=True, help="the dataset's summary.json")
    parser.add_argument("--target", type=float, required=True, help="accuracy line, per cent")
    parser.add_argument("--runs", nargs="*", type=Path, default=[], help="run.json files")
    parser.add_argument("--experiments", nargs="*", type=Path, default=[])
    parser.add_argument("--figure", required=True)
    args = parser.parse_args()

    draw = import_module(f"report.figures.{args.kind}").draw
    summary = json.loads(args.summary.read_text())
    folders = [path.parent for path in args.runs]
    if args.scope == "run":
        (folder,) = folders
        fig, description = draw(read_run(folder), args.target, summary["classes"])
    else:
        variants = read_variants(folders)
        experiments = [read_experiment(path, variants) for path in args.experiments]
        if args.scope == "experiment":
            (experiment,) = experiments
            fig, description = draw(experiment, args.target, summary["classes"])
        else:
            fig, description = draw(summary, experiments, variants, args.target)
    with whole(args.figure) as temporary:
        style.save(fig, temporary, description)


if __name__ == "__main__":
    main()
