"""The whole pipeline: a dataset, every run, the figures, the report.

In: config/config.yaml (and --config, --configfile over it). Out: results/<dataset>/report.pdf and
report.html, and the files behind them. `snakemake --list` describes every rule.
"""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

import yaml

sys.path.insert(0, workflow.basedir)

from workflow import environment

environment.prepare()

from workflow import session
from report.versions import versions
from workflow.experiments import ConfigurationError, in_order, numbers, plan, read
from workflow.files import one_line
from workflow.fingerprint import fingerprint
from workflow.origin import made_with
from workflow.sources import COMPARED, SourceError, choose, other_results

with one_line(ConfigurationError):
    COMMITTED = read("config/config.yaml")


configfile: "config/config.yaml"


with one_line(ConfigurationError, SourceError):
    # Not part of what results are made of: another set of them, for `snakemake compare`.
    OTHER = other_results(config.pop("other", None), asked="compare" in sys.argv)
    PLAN = plan(config)
    config = numbers(config)
    # Snakemake puts what an overlay names first.
    config["experiments"] = in_order(config["experiments"], COMMITTED["experiments"])
    SOURCE = choose(config, fetched=lambda name: f"results/{name}/data")

# Said at once: a target of the dataset that was asked for has no rule now.
if SOURCE.stands_in_for:
    print(session.stand_in(config, SOURCE), file=sys.stderr)

AS_COMMITTED = config == numbers(COMMITTED)
DATASET = SOURCE.dataset
ENTRY = config["datasets"][DATASET]
RESULTS = f"results/{DATASET}"
SEEDS = config["seeds"]

session.keep_provenance_with_results()


wildcard_constraints:
    run="|".join(map(re.escape, PLAN.runs)),
    seed=r"\d+",
    experiment="|".join(PLAN.experiments),


include: "workflow/rules/data.smk"
include: "workflow/rules/runs.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"


rule all:
    """Everything: the report as PDF and page, and the tables behind it."""
    default_target: True
    input:
        expand(
            f"{RESULTS}/{{file}}",
            file=["report.pdf", "report.html", "runs.csv", "timings.csv", "machine.json"],
        ),


onstart:
    session.hold_lock()
    session.spare_the_scheduler(workflow)
    n_missing = sum(job.rule.name == "train" for job in workflow.dag.needrun_jobs())
    summary = Path(rules.describe.output.summary)
    bundled = "bundled" in ENTRY
    print(
        session.forecast(n_missing, workflow.cores, PLAN.runs, summary, bundled),
        file=sys.stderr,
    )
