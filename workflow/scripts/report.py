"""Render the report.

In: a results folder, its configuration, the run.json files that belong to it. Out: report.html or
report.pdf, after the target's ending. Rule: report.
"""

import argparse
from pathlib import Path

from report import render
from workflow.files import whole
from workflow.origin import source


def commit():
    """The commit of the source, and whether it was changed since, in words."""
    found = source()
    if not found:
        return "not a git checkout"
    changes = ", with changes that are not committed" if found["changed"] else ""
    return f"commit {found['commit'][:7]}{changes}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--configuration", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True, help="file that lists run.json files")
    parser.add_argument("--table", type=Path, required=True, help="runs.csv, for the PDF to carry")
    parser.add_argument("--baseline", required=True, help="name of the baseline's run")
    parser.add_argument("--stands-in-for", default="", help="title of the dataset asked for")
    parser.add_argument("--overlay", default="", help="what a command must add to remake a figure")
    parser.add_argument("--target", type=Path, required=True)
    args = parser.parse_args()
    runs = [Path(line) for line in args.runs.read_text().split()]
    context = render.collect(args.results, args.configuration, runs, args.baseline)
    context |= {"stands_in_for": args.stands_in_for, "overlay": args.overlay, "commit": commit()}
    for_print = args.target.suffix == ".pdf"
    html = render.render(context, for_print)
    with whole(args.target) as temporary:
        if for_print:
            render.write_pdf(html, temporary, [args.table, args.configuration])
        else:
            temporary.write_text(html)


if __name__ == "__main__":
    main()
