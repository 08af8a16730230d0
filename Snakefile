"""The whole pipeline: a dataset, every run, the figures, the report.

In: config/config.yaml (and --config, --configfile over it). Out: results/<dataset>/report.pdf and
report.html, and the files behind them. `snakemake --list` describes every rule.
"""

import json
import os
import re
import sys
from dataclasses import asdict
from pathlib import Path

import yaml

sys.path.insert(0, workflow.basedir)

from workflow import environment
from workflow.session.telling import tell_failures_last

environment.prepare()
tell_failures_last()

from report.questions import ABOUT_ALL, folders
from report.versions import versions
from workflow.configuration.names import entries
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.settings import in_order, published, settle
from workflow.errors import one_line
from workflow.files import digest
from workflow.fingerprint import fingerprint
from workflow.origin import ROUNDS_ITS_OWN_WAY, arithmetic_of_jobs, made_with
from workflow.others import COMPARED, other_results
from workflow.patterns import each, files, here
from workflow.session.forecast import check_cores, forecast
from workflow.session.keeping import keep_results, sweep
from workflow.session.lock import hold_lock
from workflow.session.provenance import keep_provenance_with_results
from workflow.session.repair import keep_sound
from workflow.session.scheduler import spare_the_scheduler
from workflow.sources import Source, choose, stand_in

with one_line():
    COMMITTED = read("config/config.yaml")


configfile: "config/config.yaml"


ASKS_TO_COMPARE = any(re.fullmatch(r"compare|.*/compared\.html", word) for word in sys.argv)
# Rules are only looked at: neither network nor disk is needed for that.
LOOKS_ONLY = bool({"-l", "--list", "--list-target-rules", "--lt", "--lint"} & set(sys.argv))

with one_line():
    # Not part of what results are made of: another set of them, for `snakemake compare`.
    other = config.pop("other", None)
    config = in_order(settle(config, COMMITTED), COMMITTED)
    PLAN = plan(config)
    AS_COMMITTED = config == settle(COMMITTED)
    SOURCE = (
        Source(config["dataset"])
        if LOOKS_ONLY
        else choose(config, fetched=lambda name: f"results/{name}/data")
    )
    OTHER = other_results(other, ASKS_TO_COMPARE, SOURCE.dataset)

# Said at once: a target of the dataset that was asked for has no rule now.
if SOURCE.stands_in_for:
    print(stand_in(config, SOURCE), file=sys.stderr)

DATASET = SOURCE.dataset
ENTRY = config["datasets"][DATASET]
RESULTS = f"results/{DATASET}"
# How a command leaves what it says: whole, or as it was.
WRITTEN = "> {output}.part 2> {log} && mv {output}.part {output}"
ENVIRONMENT = here("environment.yml")

if not LOOKS_ONLY:
    with one_line():
        check_cores(workflow)
        keep_provenance_with_results()
    keep_results()
    keep_sound(workflow, RESULTS, PLAN.in_use, config)


wildcard_constraints:
    variant="|".join(map(re.escape, PLAN.variants)),
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
            file=[
                "report.pdf",
                "report.html",
                "answers.json",
                "runs.csv",
                "timings.csv",
                "machine.json",
            ],
        ),


onstart:
    hold_lock()
    sweep(RESULTS)
    spare_the_scheduler(workflow)
    missing = [
        PLAN.variants[job.wildcards.variant]
        for job in workflow.dag.needrun_jobs()
        if job.rule.name == "train"
    ]
    summary = Path(rules.describe.output.summary)
    bundled = "bundled" in ENTRY
    with one_line():
        print(forecast(missing, workflow.cores, summary, bundled), file=sys.stderr)
    if missing and arithmetic_of_jobs() == "native":
        print(ROUNDS_ITS_OWN_WAY, file=sys.stderr)
