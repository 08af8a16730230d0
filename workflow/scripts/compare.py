"""Say what differs between two sets of runs.

In: two results folders. Out: a short page. Rule: compare.
"""

import argparse
from pathlib import Path

from report.pages import compare
from report.results import opened
from workflow.files import whole


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", type=Path, required=True)
    parser.add_argument("--there", type=Path, required=True)
    parser.add_argument("--page", type=Path, required=True)
    args = parser.parse_args()
    page = compare.render(opened(args.here), opened(args.there))
    with whole(args.page) as temporary:
        temporary.write_text(page)


if __name__ == "__main__":
    main()
