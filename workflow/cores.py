"""How many cores this process may use: those of an allocation or a container, not of the machine.

In: this process. Out: a number on the screen. Used by the Makefile, before anything is installed.
"""

import os
from pathlib import Path

GROUP = Path("/sys/fs/cgroup")


def cores():
    """The processors that this process may run on, or those of them that it was lent, at least 1."""
    try:
        found = len(os.sched_getaffinity(0))
    except AttributeError:  # no Linux
        found = os.cpu_count() or 1
    # Some clusters lend cores without binding a job to them.
    lent = os.environ.get("SLURM_CPUS_PER_TASK", "")
    return max(1, min(found, int(lent) if lent.isdigit() else found, *_quotas()))


def _quotas():
    """Whole cores that a control group (version 2, then 1) allows, where it limits them."""
    try:
        quota, period = (GROUP / "cpu.max").read_text().split()
    except (OSError, ValueError):
        try:
            quota, period = (
                (GROUP / "cpu" / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period")
            )
        except OSError:
            return [float("inf")]
    return [int(quota) // int(period)] if quota.strip().isdigit() else [float("inf")]


if __name__ == "__main__":
    print(cores())
