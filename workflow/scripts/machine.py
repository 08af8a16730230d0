"""Describe the machine.

In: the machine. Out: machine.json: system, processor, cores, versions, and the BLAS that numpy uses.
Rule: machine.
"""

import argparse
import os
import platform

from report.versions import versions
from workflow.files import write_json
from workflow.origin import blas, processor


def description():
    """System, processor, cores, versions, and the BLAS of numpy."""
    return {
        "system": platform.platform(),
        "architecture": platform.machine(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "versions": versions(),
        "blas": blas(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--description", required=True)
    args = parser.parse_args()
    write_json(args.description, description())


if __name__ == "__main__":
    main()
