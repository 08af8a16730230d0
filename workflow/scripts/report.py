"""Render the report.

In: a results folder, its configuration, the run.json files that belong to it. Out: report.html or
report.pdf, after the target's ending. Rule: report.
"""

import argparse
import json
from pathlib import Path

from report.origins import origins
from report.pages import render
from report.pages.glyphs import what_to_install
from report.rounding import decided
from report.runs import read_variants
from workflow.files import digest, whole
from workflow.origin import source


def commit():
    """The commit of the source, and whether it was changed since, in words."""
    found = source()
    if not found:
        return "not a git checkout"
    changes = ", with changes that are not committed" if found["changed"] else ""
    return f"commit {found['commit'][:7]}{changes}"


def rounding(path):
    """What rounding decides, if it was tried on the runs that are published now."""
    verification = json.loads(path.read_text())
    published = digest(path.with_name("runs.csv"))
    return decided(verification) if verification["published_runs"] == published else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--configuration", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True, help="file that lists run.json files")
    parser.add_argument(
        "--attached", type=Path, nargs="+", required=True, help="the PDF carries them"
    )
    parser.add_argument("--stands-in-for", default="", help="title of the dataset asked for")
    parser.add_argument("--overlay", default="", help="what a command must add to remake a figure")
    parser.add_argument("--verification", type=Path, help="where something is published")
    parser.add_argument("--rounding", type=Path, help="the published runs with other rounding")
    parser.add_argument("--target", type=Path, required=True)
    args = parser.parse_args()
    folders = [Path(line).parent for line in args.runs.read_text().splitlines()]
    context = render.collect(args.results, args.configuration, args.overlay)
    context |= {
        "stands_in_for": args.stands_in_for,
        "origins": origins(folders),
        "commit": commit(),
        "verification": args.verification and json.loads(args.verification.read_text()),
        "rounding": args.rounding and rounding(args.rounding),
    }
    for_print = args.target.suffix == ".pdf"
    if not for_print:
        pocket = json.loads((args.results / "pocket.json").read_text())
        context |= render.for_the_page(context, read_variants(folders), pocket)
    html = render.render(context, for_print)
    if for_print and (hint := what_to_install(html)):
        # To the terminal: whoever looks for the cause of a box would not look in a log.
        print(f"{args.target}: {hint}", flush=True)
    with whole(args.target) as temporary:
        if for_print:
            attached = [*args.attached, args.configuration]
            render.write_pdf(html, temporary, args.results / "figures", attached)
        else:
            temporary.write_text(html)


if __name__ == "__main__":
    main()
