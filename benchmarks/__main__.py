"""Measure, print tables, write results/benchmarks: what `make bench` runs.

In: dataset.npz of 60,000 images. Out: epoch.json, epoch.svg, variants.json, growth.json,
growth.svg, pipeline.json, planning.json.
"""

import argparse
import platform
import sys
from pathlib import Path

import numpy as np

from benchmarks import charts, epoch, growth, pipeline, planning, variants
from benchmarks.process import AVX2_ONLY, ONE_THREAD
from workflow.files import write_json
from workflow.origin import processor, simd


def main():
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; without one, all")
    parser.add_argument("--dataset", type=Path, default=Path("results/mnist/data/dataset.npz"))
    parser.add_argument("--folder", type=Path, default=Path("results/benchmarks"))
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--cores", type=int, default=2, help="for the pipeline")
    args = parser.parse_args()
    for part in args.parts:
        if part not in PARTS:
            parser.error(f"found {part!r}, expected some of {', '.join(PARTS)}")
    parts = args.parts or list(PARTS)
    if not args.dataset.exists() and not set(parts) <= WITHOUT_IMAGES:
        sys.exit(
            f"{args.dataset}: no such file, expected the prepared MNIST images; "
            f"make them first: snakemake --cores 1 {args.dataset}"
        )
    say(f"{processor()}, Python {platform.python_version()}, numpy {np.__version__}")
    for part in parts:
        say(f"\n── {part}")
        PARTS[part](args)


def measure_epoch(args):
    result = epoch.compare(args.dataset, ONE_THREAD, args.repeats, say)
    show(epoch.table(result))
    if wider_than_avx2():
        say("\nThe same with AVX2 for all")
        result["avx2"] = epoch.compare(args.dataset, AVX2_ONLY, args.repeats, say)
        show(epoch.table(result["avx2"]))
    write_json(args.folder / "epoch.json", {"machine": processor()} | result)
    charts.epoch(result, args.folder / "epoch.svg")


def measure_variants(args):
    result = variants.measure(args.dataset, args.repeats, say)
    show(variants.table(result))
    write_json(args.folder / "variants.json", {"machine": processor(), "variants": result})


def measure_growth(args):
    result = growth.measure(args.dataset, args.repeats, say)
    show(growth.table(result))
    write_json(args.folder / "growth.json", {"machine": processor()} | result)
    charts.growth(result, args.folder / "growth.svg")


def measure_pipeline(args):
    result = pipeline.measure(args.cores, say)
    show(pipeline.table(result))
    write_json(args.folder / "pipeline.json", {"machine": processor()} | result)


def measure_planning(args):
    result = planning.measure(say)
    show(planning.table(result))
    write_json(args.folder / "planning.json", {"machine": processor(), "rows": result})


def wider_than_avx2():
    """Whether numpy finds AVX-512 here: without it, a table with AVX2 for all says nothing new."""
    return any("512" in name or name == "X86_V4" for name in simd())


def show(lines):
    say("\n" + "\n".join(lines))


def say(line):
    print(line, flush=True)


PARTS = {
    "epoch": measure_epoch,
    "variants": measure_variants,
    "growth": measure_growth,
    "pipeline": measure_pipeline,
    "planning": measure_planning,
}

WITHOUT_IMAGES = {"pipeline", "planning"}

if __name__ == "__main__":
    main()
