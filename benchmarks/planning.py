"""What it costs to plan thousands of runs: a dry run of ours, beside one that is Snakemake's alone.

In: this checkout. Out: planning.json and a table on the screen.

Ours plans sweeps of learning rates on the digits, three seeds each. Beside each, in turn, a Snakefile of one rule for
each of our jobs of a run, with as many files and nothing else: what Snakemake itself needs for so many.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml

from benchmarks.pipeline import copy_of_the_checkout

VARIANTS = (100, 200, 400, 800)
SEEDS = 3
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
# Of a run: trained, looked into; of a variant: laid out, five pictures; and all of them read by one job.
BARE = """
N, SEEDS = {n}, {seeds}
RUNS = [f"r/{{v}}/{{s}}" for v in range(N) for s in range(SEEDS)]
PICTURES = [f"f/{{v}}/{{k}}.svg" for v in range(N) for k in range(5)]
rule all:
    input: lambda w: PICTURES + [f"{{r}}/{{f}}" for r in RUNS for f in ("h", "w", "j", "o", "i", "n")]
rule train:
    output: "r/{{v}}/{{s}}/h", "r/{{v}}/{{s}}/w", "r/{{v}}/{{s}}/j", "r/{{v}}/{{s}}/o"
    shell: "touch {{output}}"
rule look:
    input: "r/{{v}}/{{s}}/w", "r/{{v}}/{{s}}/j"
    output: "r/{{v}}/{{s}}/i", "r/{{v}}/{{s}}/n"
    shell: "touch {{output}}"
rule lay_out:
    input: "r/{{v}}/0/i"
    output: "r/{{v}}/0/e"
    shell: "touch {{output}}"
rule draw:
    input: "r/{{v}}/0/h", "r/{{v}}/0/w", "r/{{v}}/0/j", "r/{{v}}/0/i", "r/{{v}}/0/e"
    output: "f/{{v}}/{{k}}.svg", "f/{{v}}/{{k}}.csv"
    shell: "touch {{output}}"
"""


def measure(say):
    """Dry runs of growing sweeps, ours and the bare one in turn.

    Returns
    -------
    list of dict, ready for JSON
        ``runs``; ``seconds``, ``bare``: on the processor.
    """
    rows = []
    with TemporaryDirectory() as folder:
        checkout, bare = Path(folder) / "checkout", Path(folder) / "bare"
        copy_of_the_checkout(checkout)
        bare.mkdir()
        for n in VARIANTS:
            rates = [float(f"{rate:.6g}") for rate in np.geomspace(1e-7, 1, n)]
            sweep = {"learning_rate": {"vary": {"learning_rate": rates}}}
            overlay = {"dataset": "digits", "seeds": [0, 1, 2], "experiments": sweep}
            (checkout / "sweep.yaml").write_text(yaml.safe_dump(overlay))
            (bare / "Snakefile").write_text(BARE.format(n=n, seeds=SEEDS))
            row = {
                "runs": n * SEEDS,
                "seconds": _dry_run(checkout, "--configfile", "sweep.yaml"),
                "bare": _dry_run(bare),
            }
            say(f"{row['runs']} runs planned")
            rows.append(row)
    return rows


def _dry_run(folder, *options):
    """Seconds on the processor."""
    before = os.times()
    subprocess.run(
        [SNAKEMAKE, "--cores", "1", "--dry-run", "--quiet", "all", *options],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def table(rows):
    """The measurements as lines of text."""
    yield f"{'runs':>8}{'seconds':>12}{'a run':>12}{'Snakemake alone':>20}"
    for row in rows:
        each = 1000 * row["seconds"] / row["runs"]
        yield f"{row['runs']:>8}{row['seconds']:>12.1f}{each:>9.1f} ms{row['bare']:>20.1f}"
