"""Say what differs between these results and others.

In: results folders, or bundles. Out: a short page: of one other what differs, of several a matrix. Rule: compare.
"""

import argparse
from pathlib import Path

from report.pages import compare, matrix
from report.results import opened
from workflow.files import whole


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", type=Path, required=True)
    parser.add_argument("--there", nargs="+", required=True)
    parser.add_argument("--page", type=Path, required=True)
    args = parser.parse_args()
    here, others = opened(args.here), [opened(path) for path in args.there]
    page = compare.render(here, *others) if len(others) == 1 else matrix.render(here, others)
    with whole(args.page) as temporary:
        temporary.write_text(page)


if __name__ == "__main__":
    main()
