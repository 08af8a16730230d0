"""Hold results against published ones.

In: two results folders. Out: the verification as JSON, and as a page. Rule: verification.
"""

import argparse
from pathlib import Path

from report import verification
from report.pages.render import page_of
from report.results import opened
from workflow.files import whole, write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", required=True)
    parser.add_argument("--published", required=True)
    parser.add_argument("--verification", type=Path, required=True)
    parser.add_argument("--page", type=Path, required=True)
    args = parser.parse_args()
    found = verification.verify(opened(args.here), opened(args.published))
    page = page_of("verification.html.j2", {"v": found})
    write_json(args.verification, found)
    with whole(args.page) as temporary:
        temporary.write_text(page)


if __name__ == "__main__":
    main()
