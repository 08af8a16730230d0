"""What the pipeline costs around training: start, jobs, figures, report, and small changes.

In: this checkout. Out: pipeline.json and a table on the screen.

The whole pipeline runs on the bundled digits in a copy of the checkout, with every variant and very
few epochs, so that nearly everything measured is not training. Seconds of jobs are those of
Snakemake's own benchmark files.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from workflow.scripts.timings import read_benchmark

ROOT = Path(__file__).parents[1]
RESULTS = Path("results/digits")
TEMPLATE = Path("report/pages/templates/references.html.j2")


def measure(cores, say):
    """Run, run again, change a template, run again.

    Returns
    -------
    dict, ready for JSON
    """
    with TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        copy_of_the_checkout(checkout)
        total, start = run(checkout, cores, watched=RESULTS / "logs" / "train")
        say("The whole pipeline is done")
        seconds = job_seconds(checkout / RESULTS / "benchmarks")
        nothing, _ = run(checkout, cores)
        template = checkout / TEMPLATE
        template.write_text(template.read_text().replace("<h2>", "<h2>The "))
        changed, _ = run(checkout, cores)
    n_jobs = sum(len(values) for values in seconds.values())
    in_jobs = sum(map(sum, seconds.values()))
    return {
        "cores": cores,
        "total_s": total,
        "first_training_after_s": start,
        "jobs": n_jobs,
        "around_each_job_s": (cores * total - in_jobs) / n_jobs,
        "kinds": {
            kind: {"jobs": len(values), "mean_s": sum(values) / len(values)}
            for kind, values in seconds.items()
        },
        "nothing_to_do_s": nothing,
        "changed_template_s": changed,
    }


def copy_of_the_checkout(folder):
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, tracked.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def run(checkout, cores, watched=None):
    """Seconds that the pipeline took, and after which the first log appeared in `watched`."""
    command = [
        Path(sys.executable).parent / "snakemake", "--cores", str(cores), "--quiet",
        "--config", "dataset=digits", "seeds=[0]", "epochs=5",
    ]  # fmt: skip
    appeared = None
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        if watched and not appeared and any((checkout / watched).glob("**/*.log")):
            appeared = time.perf_counter() - began
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{checkout}: the pipeline ended with status {process.returncode}")
    return time.perf_counter() - began, appeared


def job_seconds(folder):
    """Kind of job → seconds of each; figures by what they are of."""
    seconds = {}
    for path in sorted(folder.glob("**/*.tsv")):
        kind, *rest = path.relative_to(folder).with_suffix("").parts
        if kind == "figures":
            kind += f" ({rest[0]})"
        seconds.setdefault(kind, []).append(float(read_benchmark(path)["s"]))
    return seconds


def table(result):
    """The measurements as lines of text."""
    yield f"{result['jobs']} jobs on {result['cores']} core(s): {result['total_s']:.0f} s"
    yield f"{'start to first training':32}{result['first_training_after_s']:>8.1f} s"
    yield f"{'around each job':32}{result['around_each_job_s']:>8.2f} s"
    yield f"{'nothing to do':32}{result['nothing_to_do_s']:>8.1f} s"
    yield f"{'changed template':32}{result['changed_template_s']:>8.1f} s"
    for kind, row in sorted(result["kinds"].items(), key=lambda item: -item[1]["mean_s"]):
        yield f"{kind:32}{row['mean_s']:>8.2f} s × {row['jobs']}"
