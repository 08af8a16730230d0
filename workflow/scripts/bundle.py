"""Pack results with what made them, for an archive, a reviewer or an instructor.

In: a results folder after a whole run, the repository. Out: a zip that is a Workflow Run RO-Crate. Unpacked, it is a
working folder in which nothing is trained anew. Rule: bundle.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from report.origins import origins
from report.results import ORIGINS, SUMS
from workflow import inventory
from workflow.crate import codecheck, crate
from workflow.files import whole, write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    args = parser.parse_args()
    with TemporaryDirectory() as folder, whole(args.bundle) as temporary:
        contents = inventory.source_files() | inventory.packed(args.results)
        contents |= _written(args.results, Path(folder))
        # Else it takes a name without that ending for another.
        zipped = temporary.with_suffix(".zip")
        crate(contents, args.results).write_zip(zipped)
        zipped.replace(temporary)


def _written(results, folder):
    """What is written down for the bundle alone: its place in it → where it lies."""
    folders = [results / run for run in inventory.runs(results)]
    write_json(folder / ORIGINS, origins(folders))
    (folder / SUMS).write_text(inventory.sums_of(results, inventory.equal_files(results)))
    (folder / "codecheck.yml").write_text(codecheck(results))
    return {
        results / ORIGINS: folder / ORIGINS,
        results / SUMS: folder / SUMS,
        Path("codecheck.yml"): folder / "codecheck.yml",
    }


if __name__ == "__main__":
    main()
