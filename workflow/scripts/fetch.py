"""Fetch one file of a dataset: from a local folder, else from the mirrors in turn, checked.

In: its name, SHA-256, folder or mirrors. Out: the file. Rule: fetch.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

import pooch

from workflow.errors import one_line
from workflow.files import whole


class FetchError(OSError):
    """No source had the file."""


def fetch(name, sha256, mirrors, target, attempts=3):
    """Download from the first mirror that delivers the right bytes."""
    said = []
    for _ in range(attempts):
        for mirror in mirrors:
            try:
                downloaded = pooch.retrieve(
                    mirror + name,
                    known_hash=f"sha256:{sha256}",
                    fname=f".{name}.{os.getpid()}",
                    path=Path(target).parent,
                    downloader=pooch.HTTPDownloader(progressbar=True, timeout=20),
                )
            except (OSError, ValueError) as error:
                said.append(f"{mirror}: {type(error).__name__}")
                continue
            os.replace(downloaded, target)
            return
    raise FetchError(
        f"{name}: found no mirror that delivers it ({', '.join(dict.fromkeys(said))}), expected SHA-256 "
        f"{sha256[:12]}…; try again later, or set a local folder (config/README.md)"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--folder", default="")
    parser.add_argument("--mirrors", nargs="*", default=[])
    parser.add_argument("--target", required=True)
    args = parser.parse_args()
    if args.folder:
        # The folder's files were checked before the workflow began.
        with whole(args.target) as temporary:
            shutil.copyfile(Path(args.folder) / args.name, temporary)
        print(f"{args.name}: copied from {args.folder}", file=sys.stderr)
        return
    with one_line(FetchError):
        fetch(args.name, args.sha256, args.mirrors, args.target)


if __name__ == "__main__":
    main()
