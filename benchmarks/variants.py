"""An epoch of every variant of the configuration, beside one of its baseline.

In: dataset.npz, config/config.yaml. Out: variants.json and a table on the screen.

Each variant takes turns with the baseline on the same core, from its own first weights and at its
own rate: saturated and dead networks make numbers that processors may be slow with. A run that
diverges is timed up to that epoch, as a training would end there.
"""

import math
from pathlib import Path
from statistics import median

from benchmarks.process import Worker
from nn.blocks import BLOCK_SIZE
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.settings import settle

CONFIGURATION = Path("config/config.yaml")


def measure(path, repeats, say):
    """Time every variant; see the module's first lines.

    Returns
    -------
    list of dict, ready for JSON: "run", "epoch_s", "baseline_s", "ratio"; the slowest first
    """
    planned = plan(settle(read(CONFIGURATION)))
    with Worker("ours", path, BLOCK_SIZE, planned.variants[planned.baseline]) as baseline:
        baseline.epoch()
        rows = []
        for name, choices in planned.variants.items():
            with Worker("ours", path, BLOCK_SIZE, choices) as variant:
                rows.append({"run": name} | in_turns(variant, baseline, repeats))
    say(f"All {len(rows)} variants are measured")
    return sorted(rows, key=lambda row: -row["ratio"])


def in_turns(variant, baseline, repeats):
    """Median seconds of both, the first epoch of the variant left out unless it is the only one."""
    seconds, beside = [], []
    for _ in range(repeats + 1):
        epoch = variant.epoch()
        seconds.append(epoch["seconds"])
        beside.append(baseline.epoch()["seconds"])
        if not math.isfinite(epoch["loss"]):
            break
    took, baseline_took = median(seconds[1:] or seconds), median(beside)
    return {"epoch_s": took, "baseline_s": baseline_took, "ratio": took / baseline_took}


def table(rows):
    """The measurements as lines of text."""
    yield f"{'epoch':>10}{'baseline':>10}{'ratio':>8}  run"
    for row in rows:
        yield (
            f"{row['epoch_s']:>8.3f} s{row['baseline_s']:>8.3f} s{row['ratio']:>7.2f}×  {row['run']}"
        )
