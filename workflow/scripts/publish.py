"""Publish results: let others hold theirs against these.

In: a results folder after a whole run. Out: expected/<dataset>: its tables, SHA-256 of every file that any equal
run has, what made its runs. Rule: publish.
"""

import argparse
import sys
from pathlib import Path

from report.origins import n_native, origins
from report.results import ORIGINS, SUMS, TABLES
from workflow.files import whole, write_json
from workflow.inventory import equal_files, runs, sums_of


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    made_by = origins([args.results / folder for folder in runs(args.results)])
    if native := n_native(made_by):
        sys.exit(
            f"{args.results}: found {native} of its runs with products that their machine rounded in its own way, expected none, so "
            "that others can have the same bits; train on an x86-64 processor with AVX2 and FMA"
        )
    for name in TABLES:
        with whole(args.folder / name) as temporary:
            temporary.write_bytes((args.results / name).read_bytes())
    write_json(args.folder / ORIGINS, made_by)
    with whole(args.folder / SUMS) as temporary:
        temporary.write_text(sums_of(args.results, equal_files(args.results)))


if __name__ == "__main__":
    main()
