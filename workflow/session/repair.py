"""Results that are damaged, data of other code → made anew, before anything is made of them.

In: Snakemake's workflow, a results folder, the configuration that is meant. Out: a line for every result that
is no longer what it was when it was made, and for data that other code or settings made; and these again. Used by the
Snakefile.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import yaml
from snakemake.io import IOFile
from snakemake.settings.types import RerunTrigger

from workflow.files import whole
from workflow.session import sums
from workflow.session.provenance import drop_damaged_records, recorded

# Set for the call that makes damaged results anew, which must not start another one.
REPAIRING = "REPAIRING_RESULTS"
# Folders of results whose files others are made from; what a training measured comes with its run.
ORDER = {"data": 0, "runs": 1, "benchmarks": 1}
DATA = "prepare"  # the rule that makes what every training hangs on
# What is in there tells of results, and is none.
LOGS = "logs"


def keep_sound(workflow, results, plan, config, as_it_is=False, afresh=()):
    """Before Snakemake decides what to do, see to it that what is there is what it was.

    Damaged results are made anew by calls of their own, first things first: in one call, Snakemake
    (9.27) makes anew all that comes after them too, though they are the same again in the end. So are data that other
    code has made, because every training comes after them.

    Parameters
    ----------
    workflow : snakemake.workflow.Workflow
    results : str
        results/<dataset>
    plan : Plan
        What of the results belongs to the configuration.
    config : dict
    as_it_is : bool
        Whether all stays as it is, whatever it is, because it is to be looked at: where a result is not what it was, only
        `afresh` is made.
    afresh : collection of str
        Rules whose jobs run in any case.
    """
    build = workflow._build_dag

    def on_sound_results():
        workflow.dag.forcerules |= {rule for rule in workflow.rules if rule.name in afresh}
        if workflow.execution_settings and REPAIRING not in os.environ:
            folders = [folder for folder in _folders(results) if plan.in_use(folder)]
            made = partial(_made_by_a_rule, workflow, plan.variants)
            # What no rule makes any longer, such as a picture of an experiment that was dropped, nobody reads.
            damaged = list(filter(made, sums.changed(folders)))
            for path in damaged:
                print(_line(path, workflow.dryrun, as_it_is), file=sys.stderr)
            if as_it_is:
                unknown = _told_unknown(folders, made, "left as it is")
                outdated = _told_outdated(workflow, "left as it is", unknown)
                if damaged or unknown or outdated:
                    # Else Snakemake makes anew, of what is damaged, all that comes after it.
                    workflow.dag.rules_allowed_for_needrun = set(afresh)
            elif workflow.dryrun:
                unknown = _told_unknown(folders, made)
                _told_outdated(
                    workflow,
                    "made anew first, and of what is listed only what changes with it",
                    unknown,
                )
                workflow.dag.forcefiles |= set(map(str, [*damaged, *unknown]))
            else:
                drop_damaged_records()
                _date_back(folders)
                outdated = _told_outdated(
                    workflow,
                    "made anew first, and what is made of it only where it comes out different",
                )
                first = dict.fromkeys([*damaged, *outdated])
                for part in _first_things_first(first, results):
                    _make_anew(part, workflow, config)
                # Snakemake takes them for those of jobs that did not end, and forgets what it has read of records
                # that those calls have written since.
                unknown = [IOFile(str(path)) for path in _told_unknown(folders, made)]
                workflow.persistence.started(SimpleNamespace(output=unknown))
        build()

    workflow._build_dag = on_sound_results


def _folders(results):
    """All folders that hold results of rules, wherever a link to one leads."""
    seen = set()
    for folder, inner, _ in os.walk(results, onerror=_fail, followlinks=True):
        place = os.path.realpath(folder)
        inner[:] = [] if place in seen else sorted(name for name in inner if name != LOGS)
        if place not in seen:
            yield Path(folder)
        seen.add(place)


def _date_back(folders):
    """Give today's date to results of the future, such as of a machine whose clock was ahead.

    Snakemake takes what is made of them for older than they are, and fails.
    """
    now = time.time()
    for folder in folders:
        for path in folder.iterdir():
            if path.is_file() and path.stat().st_mtime > now:
                os.utime(path)


def _fail(error):
    if not isinstance(error, FileNotFoundError):
        raise error


def _made_by_a_rule(workflow, variants, path):
    """Whether some rule makes it, and if of a variant, of one that there is."""
    path = str(path)
    found = [rule.get_wildcards(path) for rule in workflow.rules if rule.is_producer(path)]
    return any("variant" not in named or named["variant"] in variants for named in found)


def _line(path, dryrun, as_it_is):
    done = (
        "left as it is"
        if as_it_is
        else "it would be made anew first"
        if dryrun
        else "it is made anew first"
    )
    return f"{path}: found it damaged or edited, expected what {sums.NAME} beside it says; {done}"


def _told_outdated(workflow, done, unknown=()):
    """Data that are known and that other code or settings made, said in a line, where Snakemake would make them anew."""
    if workflow.touch or RerunTrigger.PARAMS not in workflow.rerun_triggers:
        return []
    job = workflow.async_run(workflow.dag.new_job(workflow.get_rule(DATA), wildcards_dict={}))
    paths = [Path(file) for file in job.output if os.path.exists(file)]
    if set(paths) & set(unknown) or not workflow.persistence.params_changed(job):
        return []
    for path in paths:
        print(f"{path}: was made by other code or settings; {done}", file=sys.stderr)
    return paths


def _unknown(folders):
    """Results that no job is known to have ended with, or that something else made than what is recorded."""
    told = recorded()
    for folder in folders:
        known = sums.read(folder)
        for path in sorted(folder.iterdir()):
            result = path.is_file() and path.name not in sums.NAMES and path.name[0] != "."
            measured = path.name.endswith(sums.MEASURED)
            if not result or measured:
                continue
            if path.name not in known or told.get(str(path)) != known[path.name].mark:
                yield path


def _told_unknown(folders, made, done="made anew where it is needed"):
    """Those that are not known, said in one line."""
    paths = list(filter(made, _unknown(folders)))
    if paths:
        others = f" and {len(paths) - 1} more" if paths[1:] else ""
        print(
            f"{paths[0]}{others}: found no sum or no record of how it was made, or those of another, expected its own (an interruption or a copy leaves that); {done}",
            file=sys.stderr,
        )
    return paths


def _first_things_first(damaged, results):
    """Damaged results in parts of which each is made from those before: data, runs, all else."""
    parts = defaultdict(list)
    for path in damaged:
        parts[ORDER.get(path.relative_to(results).parts[0], len(ORDER))].append(path)
    return [parts[key] for key in sorted(parts)]


def _make_anew(damaged, workflow, config):
    with whole(Path(".snakemake") / "meant.yaml") as temporary:
        temporary.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True))
    targets, given = list(map(str, damaged)), workflow.resource_settings
    for path in damaged:
        if path.is_dir():
            sys.exit(
                f"{path}: found a folder, expected a file; move it away, the same call goes on from there"
            )
        # A pipe, or a link that leads nowhere, would be waited for; what was measured is no output to be forced.
        if path.name.endswith(sums.MEASURED) or not path.is_file():
            path.unlink()
    call = subprocess.Popen(
        [
            *(sys.executable, "-m", "snakemake", *targets, "--forcerun", *targets),
            # Where jobs are submitted none are named: those for what runs where Snakemake does.
            *("--cores", str(given.cores or given.local_cores or 1), "--replace-workflow-config"),
            *("--configfile", ".snakemake/meant.yaml"),
        ],
        env=os.environ | {REPAIRING: "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _, said = call.communicate()
    except KeyboardInterrupt:
        # What it runs may end, and no job stays behind.
        call.terminate()
        call.communicate()
        raise
    if call.returncode:
        sys.exit(said.rstrip().splitlines()[-1])
