"""Pictures of the benchmarks.

In: what epoch.py and growth.py measured. Out: epoch.svg and growth.svg.
"""

import matplotlib

from benchmarks.epoch import NAMES, seconds_by_name
from report.figures import style

# These pictures stand alone, where no page brings the fonts.
matplotlib.rcParams["svg.fonttype"] = "path"

OURS, OTHERS = "#0072B2", "#B0B7BE"


def epoch(result, path):
    """Seconds of an epoch as bars, the fastest at the top."""
    seconds = seconds_by_name(result)
    names = list(reversed(seconds))
    fig = style.figure(0.7 + 0.32 * len(names))
    ax = fig.subplots()
    bars = ax.barh(
        [NAMES[name] for name in names],
        [seconds[name] for name in names],
        color=[OURS if name == "ours" else OTHERS for name in names],
        height=0.7,
    )
    texts = [f"{seconds[name]:.3f} s   {result['peak_mb'][name]:.0f} MB" for name in names]
    ax.bar_label(bars, texts, padding=4)
    ax.set_xlim(0, 1.25 * max(seconds.values()))
    ax.set_xlabel("seconds an epoch on one core, and peak memory")
    ax.grid(False, axis="y")
    words = "; ".join(f"{NAMES[name]} {seconds[name]:.3f} s" for name in reversed(names))
    style.save(fig, path, f"Seconds of one epoch of the sigmoid baseline: {words}.")


def growth(result, path):
    """Time against images and hidden units, memory against images."""
    fig = style.figure(2.3)
    time, units, memory = fig.subplots(1, 3)
    images = [row["images"] / 1000 for row in result["images"]]
    time.plot(images, [row["epoch_s"] for row in result["images"]], marker="o")
    time.set(xlabel="images (thousand)", ylabel="seconds an epoch")
    widths = [row["hidden_units"][0] for row in result["hidden_units"]]
    units.plot(widths, [row["epoch_s"] for row in result["hidden_units"]], marker="o")
    units.set(xlabel="units of the first hidden layer", ylabel="seconds an epoch")
    memory.plot(images, [row["job_peak_mb"] for row in result["images"]], marker="o")
    memory.set(xlabel="images (thousand)", ylabel="peak memory of a job (MB)")
    for ax in (time, units, memory):
        ax.set_xlim(0)
        ax.set_ylim(0)
    first, last = result["images"][0], result["images"][-1]
    style.save(
        fig,
        path,
        f"From {first['images']:,} to {last['images']:,} images an epoch grows from "
        f"{first['epoch_s']:.3f} to {last['epoch_s']:.3f} s and a job's peak memory from "
        f"{first['job_peak_mb']:.0f} to {last['job_peak_mb']:.0f} MB.",
    )
