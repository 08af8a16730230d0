"""Results stay until their successors stand.

In: Snakemake's jobs. Out: the same, changed. Used by the Snakefile.

Snakemake (9.27) deletes a job's outputs before it runs and again when it fails, so that an input that is
damaged costs everything made from it. Our programs write beside and swap: what is there may stay until then.
What a job has made is summed up last (sums.py), so that whole and half can be told apart.
"""

import os
from functools import wraps
from pathlib import Path

from snakemake.jobs import Job
from snakemake_interface_common.exceptions import WorkflowError

from workflow.files import HALF
from workflow.session import sums
from workflow.session.provenance import mark


def keep_results(on_a_node=False):
    """Let jobs leave what is there alone: before they run, and when they fail.

    On a node of a cluster sums are left to the head, which sees the end of all jobs: two would write one file.
    """
    if hasattr(Job.postprocess, "__wrapped__"):
        return
    postprocess = Job.postprocess

    async def remove_logs_only(job):
        if not on_a_node:
            sums.forget(_made(job))
        job.before = {str(path): _state(path) for path in job.output}
        for log in job.log:
            await log.remove()

    @wraps(postprocess)
    async def unless_it_failed(job, *arguments, error=False, **options):
        # After an error nothing is done: results and records are as before, and the mark that the job
        # has not ended lets the next call do it again.
        if not error:
            for path, state in getattr(job, "before", {}).items():
                if state is not None and _state(path) == state:
                    raise WorkflowError(
                        f"{path}: found it as it was before its job, expected {job.rule.name} to write it anew; mend "
                        "its program"
                    )
            await postprocess(job, *arguments, **options)
            if job.output and not on_a_node:
                sums.record(_made(job), _mark(job))

    Job.remove_existing_output = remove_logs_only
    Job.postprocess = unless_it_failed


def _mark(job):
    persistence = job.dag.workflow.persistence
    # Else it remembers that there was no record before the job.
    persistence.deactivate_cache()
    record = persistence.metadata(job.output[0])
    return mark(record) if record else ""


def _state(path):
    """What tells a file from its successor of the same name; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _made(job):
    """What a job makes, and what Snakemake measures of it: some measurements are inputs of others."""
    return list(map(str, [*job.output, *([job.benchmark] if job.benchmark else [])]))


def sweep(results):
    """Remove what programs that were killed have left half-written; no job may be running."""
    for path in Path(results).rglob("*"):
        if HALF.fullmatch(path.name) and path.is_file():
            path.unlink()
