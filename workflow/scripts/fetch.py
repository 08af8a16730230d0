"""Fetch one file of a dataset: from a local folder, else from the mirrors in turn, checked.

In: its name and SHA-256; where from, as JSON in the environment variable DATASET_SOURCE. Out: the file.
Rule: fetch.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from workflow.files import digest, whole
from workflow.mirrors import FetchError, fetch
from workflow.sources import DECIDED


def copy(source, sha256, target):
    """Copy a file that is what its SHA-256 says."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise FetchError(
            f"{source}: found no file to read ({error.strerror}), expected it"
        ) from None
    with whole(target) as temporary:
        temporary.write_bytes(content)
        found = digest(temporary)
        if found != sha256:
            raise FetchError(
                f"{source}: found SHA-256 {found}, expected {sha256}; the file changed since "
                "the call began; put the right one there"
            )
    print(f"{source}: copied", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--target", required=True)
    args = parser.parse_args()
    source = json.loads(os.environ[DECIDED])
    if source["folder"]:
        copy(Path(source["folder"]) / args.name, args.sha256, args.target)
    else:
        fetch(args.name, args.sha256, source["mirrors"], args.target)


if __name__ == "__main__":
    main()
