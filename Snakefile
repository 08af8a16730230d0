"""The whole pipeline: a dataset, every run, the figures, the report.

In: config/config.yaml (and --config, --configfile over it). Out: results/<dataset>/report.pdf and
report.html, and the files behind them. `snakemake --list` describes every rule.
"""

import json
import os
import re
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path

import yaml

sys.path.insert(0, str(workflow.current_basedir))

from workflow import environment
from workflow.session.telling import tell_failures_last, where_it_is

environment.prepare()
SCREEN = tell_failures_last()

from report.questions import ABOUT_ALL, folders
from report.results import OF_EVERY_RUN, ORIGINS, SUMS, TABLES
from report.versions import versions
from workflow.configuration.names import entries
from workflow.configuration.plan import Named, plan
from workflow.configuration.reading import read
from workflow.configuration.settings import in_order, published, settle
from workflow.demand import megabytes, minutes, size_of
from workflow.errors import one_line
from workflow.fingerprint import fingerprint
from workflow.origin import ROUNDS_ITS_OWN_WAY, arithmetic_of_jobs, made_with
from workflow.others import other_results, published_results
from workflow.patterns import each, files, here, later
from workflow.session.forecast import check_cores, forecast
from workflow.session.keeping import keep_results, sweep
from workflow.session.lock import hold_lock
from workflow.session.place import check_place
from workflow.session.provenance import keep_provenance_with_results
from workflow.session.remaining import tell_what_is_left
from workflow.session.repair import REPAIRING, keep_sound
from workflow.session.sparing import spare_the_collector, spare_the_scheduler
from workflow.session.warming import warm_up
from workflow.sources import DECIDED, Source, choose, chosen_at_the_head, stand_in
from workflow.spot_check import Drawn, drawn

spare_the_collector()
with one_line():
    check_place(str(workflow.current_basedir))
    COMMITTED = read("config/config.yaml")


configfile: "config/config.yaml"


# What hangs on more than the files that Snakemake knows of is made anew whenever it is asked for.
CHECKS = {
    "verify": r"verify",
    "verification": r"verify|verification|.*/verification\.(json|html)",
    "compare": r"compare|.*/compared\.html",
    "bundle": r"bundle|.*/bundle\.zip",
    "certificate": r"spot_check|certificate|.*/certificate\.(json|pdf)",
}
ASKED = {
    name for name, words in CHECKS.items() if any(re.fullmatch(words, word) for word in sys.argv)
}
# Rules are only looked at: neither network nor disk is needed for that.
LOOKS_ONLY = bool({"-l", "--list", "--list-target-rules", "--lt", "--lint"} & set(sys.argv))

with one_line():
    # Not part of what results are made of: others, and which of their runs to check.
    other, draw, n = (config.pop(key, None) for key in ("other", "draw", "n"))
    config = in_order(settle(config, COMMITTED), COMMITTED)
    PLAN = plan(config)
    AS_COMMITTED = config == settle(COMMITTED)
    SOURCE = (
        Source(config["dataset"])
        if LOOKS_ONLY
        # A node of a cluster, perhaps without a network, goes by what the head has found; so does a call for repairs.
        else (
            chosen_at_the_head()
            if workflow.remote_exec or REPAIRING in os.environ
            else choose(config, fetched=lambda name: f"results/{name}/data")
        )
    )
    OTHERS = other_results(other, ASKED & {"compare", "certificate"}, SOURCE.dataset)
    DRAWN = drawn(OTHERS, draw, n) if "certificate" in ASKED else Drawn()
    PUBLISHED = published_results(SOURCE.dataset, "verification" in ASKED)

# Said at once: a target of the dataset that was asked for has no rule now.
if SOURCE.stands_in_for:
    print(stand_in(config, SOURCE), file=sys.stderr)

DATASET = SOURCE.dataset
# Whatever a call may train.
VARIANTS = Named(PLAN.variants | DRAWN.variants)
ENTRY = config["datasets"][DATASET]
RESULTS = f"results/{DATASET}"
# How a command leaves what it says: whole, or as it was.
WRITTEN = "> {output}.part 2> {log} && mv {output}.part {output}"
ENVIRONMENT = here("environment.yml")

if not LOOKS_ONLY:
    with one_line():
        check_cores(workflow)
        keep_provenance_with_results()
    keep_results(on_a_node=workflow.remote_exec)
    # A job on a node finds sound what the head has looked at.
    if not workflow.remote_exec:
        # To verify is to look at what is there, not to mend it.
        keep_sound(workflow, RESULTS, PLAN, config, as_it_is="verification" in ASKED, afresh=ASKED)


wildcard_constraints:
    # Looked up, not matched: Snakemake (9.27) goes through a pattern, thousands of names long, for every file.
    variant="[^/]+",
    seed=r"\d+",
    experiment="|".join(PLAN.experiments),


EVERYTHING = expand(
    f"{RESULTS}/{{file}}",
    file=[
        "report.pdf",
        "report.html",
        "answers.json",
        "runs.csv",
        "timings.csv",
        "machine.json",
    ],
)


include: "workflow/rules/data.smk"
include: "workflow/rules/runs.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/checks.smk"


rule all:
    """Everything: the report as PDF and page, and the tables behind it."""
    default_target: True
    input:
        EVERYTHING,


if SOURCE.stands_in_for:
    SCREEN.instead[f"results/{SOURCE.stands_in_for}"] = RESULTS
SCREEN.made = lambda: where_it_is(
    workflow,
    [f"{RESULTS}/report.pdf", f"{RESULTS}/report.html"],
    [stand_in(config, SOURCE)] if SOURCE.stands_in_for else [],
)


onstart:
    hold_lock()
    sweep(RESULTS)
    spare_the_scheduler(workflow)
    warm_up(workflow)
    jobs = {job.jobid: job for job in workflow.dag.needrun_jobs()}
    trainings = {
        number: VARIANTS[job.wildcards.variant]
        for number, job in jobs.items()
        if job.rule.name in ("train", "train_again")
    }
    if workflow.local_exec:
        others = {
            number: job.rule.name for number, job in jobs.items() if number not in trainings
        }
        with one_line():
            line, expected = forecast(trainings, others, workflow.cores, SIZE())
        print(line, file=sys.stderr)
        tell_what_is_left(expected, workflow.cores)
    else:
        # How fast a cluster's nodes are, this machine does not know. To submit what takes a second would take longer.
        print(f"Training: {len(trainings)} missing, to be submitted.", file=sys.stderr)
        workflow.localrules(*({rule.name for rule in workflow.rules} - {"train"}))
    if trainings and arithmetic_of_jobs() == "native":
        print(ROUNDS_ITS_OWN_WAY, file=sys.stderr)
