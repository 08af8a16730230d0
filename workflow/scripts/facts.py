"""Decide everything that the report says.

In: every run, experiments/<experiment>.json, summary.json. Out: facts/<key>.json, one a question, and
facts/whole.json. Rule: facts.
"""

import argparse
import json
from pathlib import Path

from nn import Hyperparameters
from report.facts.evidence import Evidence
from report.facts.whole import whole
from report.questions import ABOUT_ALL, ask, serving
from report.runs import read_experiment, read_variants
from workflow.configuration.names import slug
from workflow.files import write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--summary", type=Path, required=True, help="the dataset's summary.json")
    parser.add_argument("--listed", type=Path, required=True, help="file that lists run.json files")
    parser.add_argument("--experiments", nargs="+", type=Path, required=True)
    parser.add_argument("--target", type=float, required=True, help="aimed at, per cent")
    parser.add_argument("--baseline", type=json.loads, required=True, help="its choices, as JSON")
    parser.add_argument("--original-data", action="store_true", help="data of the printed figures")
    parser.add_argument("--inside", required=True, help="number of the question about the inside")
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()

    folders = (Path(line).parent for line in args.listed.read_text().splitlines())
    variants = read_variants(folders, args.baseline)
    experiments = [read_experiment(path, variants) for path in args.experiments]
    evidence = Evidence(
        variants=variants,
        experiments={experiment.key: experiment for experiment in experiments},
        summary=json.loads(args.summary.read_text()),
        target=args.target,
        baseline=slug(Hyperparameters(**args.baseline)),
        original_data=args.original_data,
        inside=args.inside,
    )
    for key in evidence.experiments:
        about = evidence.about(key)
        write_json(args.folder / f"{key}.json", ask(serving(about), about))
    for key in ABOUT_ALL:
        write_json(args.folder / f"{key}.json", ask(key, evidence))
    write_json(args.folder / "whole.json", whole(evidence))


if __name__ == "__main__":
    main()
