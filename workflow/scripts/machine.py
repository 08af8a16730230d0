"""Describe the machine.

In: the machine. Out: machine.json: system, cores, versions, and the BLAS that numpy uses. Rule: machine.
"""

import argparse
import os
import platform

import numpy  # noqa: F401 (its BLAS is described)
from threadpoolctl import threadpool_info

from report.versions import versions
from workflow.files import write_json


def description():
    """System, cores, versions, and the BLAS of numpy."""
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "versions": versions(),
        "blas": blas(),
    }


def blas():
    """The matrix libraries that numpy has loaded, and the processor each takes this one for."""
    return [
        {key: library.get(key) for key in ("internal_api", "version", "architecture")}
        for library in threadpool_info()
        if library["user_api"] == "blas"
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--description", required=True)
    args = parser.parse_args()
    write_json(args.description, description())


if __name__ == "__main__":
    main()
