"""Certify whether runs of other results, trained anew, come out as they say.

In: a folder of runs that were trained here, other results. Out: the certificate as JSON, and as a page in print.
Rule: certificate.
"""

import argparse
from pathlib import Path

from report import certificate
from report.pages.render import page_of, write_pdf
from report.results import opened
from workflow.files import digest, whole, write_json
from workflow.origin import source
from workflow.spot_check import planned


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", type=Path, required=True)
    parser.add_argument("--there", required=True)
    parser.add_argument("--draw", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--page", type=Path, required=True)
    args = parser.parse_args()
    there = opened(args.there)
    found = certificate.certify(
        opened(args.here), there, args.draw, digest(args.data), planned(there).runs
    )
    page = page_of("certificate.html.j2", {"c": found, "source": source()}, for_print=True)
    write_json(args.certificate, found)
    with whole(args.page) as temporary:
        write_pdf(page, temporary, args.here / "figures", [])


if __name__ == "__main__":
    main()
