"""Collect seconds and peak memory of every run.

In: the benchmark files of the training jobs. Out: timings.csv, a row for each run and seed. Rule:
timings. Together with machine.json it holds all that may differ between two equal runs.
"""

import argparse
import csv
from pathlib import Path

from workflow.files import write_csv


def rows(benchmarks):
    """(run, seed, seconds, peak memory in MB) of each benchmark file."""
    for path in benchmarks:
        measured = read_benchmark(path)
        seed = path.stem.removeprefix("seed")
        yield path.parent.name, seed, measured["s"], measured["max_rss"]


def read_benchmark(path):
    """Column name → text, of a job that ran once."""
    with path.open(newline="") as stream:
        return next(csv.DictReader(stream, delimiter="\t"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmarks", nargs="*", type=Path, required=True)
    parser.add_argument("--table", required=True)
    args = parser.parse_args()
    write_csv(args.table, ("run", "seed", "seconds", "peak_mb"), rows(args.benchmarks))


if __name__ == "__main__":
    main()
