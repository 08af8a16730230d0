"""What goes wrong in jobs, and in Snakemake around them → one line each, the last thing on the screen.

In: Snakemake's log records and exceptions, and the logs that jobs leave. Out: on the screen, in place of Snakemake's
command, log and traceback, a line for every different thing that went wrong; else where the report is. Used by the
Snakefile.
"""

import atexit
import logging
import os
import re
import signal
import sys
from functools import wraps
from pathlib import Path

import snakemake.api
import snakemake.cli
from snakemake.exceptions import (
    ImproperOutputException,
    InputFunctionException,
    MissingOutputException,
    MissingRuleException,
    ProtectedOutputException,
    print_exception,
)
from snakemake.logging import logger
from snakemake.scheduling import job_scheduler
from snakemake_interface_common.exceptions import WorkflowError
from snakemake_interface_logger_plugins.common import LogEvent

from workflow.errors import INTERRUPTED, line_of

# What Snakemake says besides of a job that failed, or of a call that was interrupted.
NOISE = re.compile(
    # And of what is as it should be: an environment that jobs share, a job that ended while it was being measured.
    r"Benchmark: unable to collect|Conda environments: ignored|Migrating \.snakemake|Migration complete"
    r"|RuleException:\s+CalledProcessError|(?:WorkflowError:\s+)?At least one job|Exiting because a job"
    r"|Terminating processes on user|Cancelling snakemake|Shutting down"
)
STOPPED = re.compile(r"Terminating processes on user|Will exit after finishing")
# Snakemake's exception → where it names a file, and what to say of that.
WORDS = {
    MissingRuleException: (
        r"No rule to produce (\S+)",
        "found no rule that makes it, expected a file of these results or a rule; snakemake --list names the rules",
    ),
    ProtectedOutputException: (
        r"affected files:\n\s+(\S+)",
        "found it write-protected, expected a file that may be written; chmod u+w, or mount it for writing, the same call goes on from there",
    ),
    MissingOutputException: (
        r"(results/\S+)",
        "found no such file after its job, expected the job to write it; mend its program",
    ),
    ImproperOutputException: (
        r"affected files:\n\s+(\S+)",
        "found a folder, expected a file; move it away, the same call goes on from there",
    ),
}
KILLED = re.compile(r"died with <Signals\.(\w+)|exit status 1(?:37|43)\b")


class Told(logging.Filter):
    """Keeps what goes wrong in jobs from the screen, and says it at the end."""

    def __init__(self):
        super().__init__()
        self.lines, self.interrupted, self.exceptions = {}, False, []
        # What to say where nothing went wrong: a function that gives lines.
        self.made = list
        # Folder of results that there are none of now → the one that stands in for it.
        self.instead = {}

    def filter(self, record):
        text = record.getMessage()
        if getattr(record, "event", None) == LogEvent.JOB_ERROR:
            line = self._of_job(record)
            # The same went wrong in several jobs: once is enough.
            self.lines.setdefault(line, record)
            return False
        self.interrupted |= bool(STOPPED.match(text))
        # Comes before the record of the job that it is about.
        if text.startswith("RuleException"):
            self.exceptions.append(text)
        return not NOISE.match(text)

    def _of_job(self, record):
        exception = next((e for e in self.exceptions if (record.shellcmd or "") in e), "")
        if KILLED.search(exception):
            return f"{record.rule_name}: was killed from outside, perhaps for want of memory"
        said = [line for log in record.log for line in _lines(log.split(" (")[0]) if line.strip()]
        if not said:
            return f"{record.rule_name}: failed without a word"
        # What a traceback ends with may go on over some lines, each further in than the first.
        first = max((i for i, line in enumerate(said) if line[0] not in " \t^"), default=0)
        return " ".join(line.strip() for line in said[first:])

    def say(self):
        # Python keeps what ended it: that has been told, and nothing was made.
        if getattr(sys, "last_value", None) is not None:
            return
        if self.interrupted:
            # The jobs that were running failed for no other reason.
            print(INTERRUPTED, file=sys.stderr)
        else:
            for line, record in self.lines.items():
                more = f" (more: {', '.join([record.rule_name, *record.log])})" if record else ""
                print(f"{line}{more}", file=sys.stderr)
            for line in [] if self.lines else self.made():
                print(line, file=sys.stderr)


def _lines(path):
    try:
        return Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []


def _of_snakemake(error):
    """What to tell of an exception that ends Snakemake, or None: it has more to say than a line."""
    # What a function of ours raised that Snakemake had called.
    if isinstance(error, InputFunctionException) and (line := line_of(error.__context__)):
        return line
    pattern, words = WORDS.get(type(error), ("", ""))
    text = str(error).strip()
    if file := pattern and re.search(pattern, text):
        return f"{file[1]}: {words}"
    if type(error) is WorkflowError and "\n" not in text and not NOISE.search(text):
        return text
    return line_of(error)


def where_it_is(workflow, reports, remarks):
    """Lines that end a call for everything, also one that had nothing left to do: where the report is."""
    dag = workflow.dag
    if dag is None or not workflow.is_main_process or workflow.dryrun:
        return []
    asked = {job.rule.name for job in dag.targetjobs}
    done = "all" in asked and all(map(dag.finished, dag.needrun_jobs()))
    done = done and all(map(os.path.exists, reports))
    return [*map(os.path.abspath, reports), *remarks] if done else []


def watch_the_screen(passes):
    """Let a filter see what would come to the screen, and keep it back; Snakemake's own log keeps all."""
    for handler in logger.handlers:
        if not isinstance(handler, logging.FileHandler):
            handler.addFilter(passes)


def tell_failures_last():
    """Let the screen end with what went wrong, in a line each, or with what was made; Snakemake's own log keeps all.

    Returns
    -------
    Told
        Whose ``made`` says what was made.
    """
    told = Told()
    # Where Snakemake's own log cannot be written, on a full disk, that is not what went wrong.
    logging.raiseExceptions = False

    @wraps(print_exception)
    def in_a_line(error, *linemaps):
        line = _of_snakemake(error)
        for wanted, there in told.instead.items():
            if line and line.startswith(wanted):
                line = f"{line}; {there} stands in for {wanted}"
        if line is None:
            print_exception(error, *linemaps)
        else:
            told.lines[line] = None

    for module in (snakemake.api, snakemake.cli, job_scheduler):
        module.print_exception = in_a_line
    watch_the_screen(told)
    atexit.register(told.say)
    # As Snakemake takes SIGTERM: what runs may end, nothing more begins.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    return told
