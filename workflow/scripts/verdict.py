"""Tell what a check came to.

In: a verification, or a certificate, as JSON. Out: a line on the screen; one that tells of a fault ends with exit
code 1. Rules: verify, spot_check.
"""

import argparse
import json
import sys
from pathlib import Path

from report import certificate, verification

# After the file's name: what says it in a line, and the page that says more.
KINDS = {"verification": (verification, ".html"), "certificate": (certificate, ".pdf")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path, required=True)
    args = parser.parse_args()
    found = json.loads(args.check.read_text())
    kind, suffix = KINDS[args.check.stem]
    said = f"{args.check.stem}: {kind.line(found)}; see {args.check.with_suffix(suffix)}"
    if kind.is_fault(found):
        sys.exit(said)
    print(said)


if __name__ == "__main__":
    main()
