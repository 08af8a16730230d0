"""What may differ between two equal runs: times, memory, the machine.

In: the benchmark files of the training jobs. Out: timings.csv, machine.json. Used by report.smk.
"""

import csv
import os
import platform
from importlib.metadata import version
from pathlib import Path

from threadpoolctl import threadpool_info

from workflow.files import write_csv, write_json


def collect(benchmarks, table):
    """A row for each run and seed: seconds, and peak memory in MB."""
    rows = []
    for path in map(Path, benchmarks):
        with path.open() as stream:
            measured = next(csv.DictReader(stream, delimiter="\t"))
        seed = path.stem.removeprefix("seed")
        rows.append((path.parent.name, seed, measured["s"], measured["max_rss"]))
    write_csv(table, ("run", "seed", "seconds", "peak_mb"), rows)


def describe_machine(path):
    """Processor, cores, Python, and the BLAS that numpy uses."""
    import numpy as np  # noqa: F401 — loads the BLAS that is described

    blas = [
        {key: library.get(key) for key in ("internal_api", "version", "architecture")}
        for library in threadpool_info()
        if library["user_api"] == "blas"
    ]
    write_json(
        path,
        {
            "system": platform.platform(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "numpy": version("numpy"),
            "blas": blas,
        },
    )
