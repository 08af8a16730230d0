"""What goes wrong in jobs → one line each, the last thing on the screen.

In: Snakemake's log records, and the logs that jobs leave. Out: on the screen, in place of Snakemake's command,
log and exception, a line for every different thing that went wrong. Used by the Snakefile.
"""

import atexit
import logging
import os
import re
import signal
import sys
from pathlib import Path

from snakemake.logging import logger
from snakemake_interface_logger_plugins.common import LogEvent

# What Snakemake says besides of a job that failed, or of a call that was interrupted.
NOISE = re.compile(
    r"RuleException:\s+CalledProcessError|WorkflowError:\s+At least one job|Exiting because a job"
    r"|Terminating processes on user|Cancelling snakemake|Shutting down"
)
INTERRUPTED = re.compile(r"Terminating processes on user|Will exit after finishing")
NO_RULE = re.compile(r"No rule to produce (\S+)")
KILLED = re.compile(r"died with <Signals\.(\w+)|exit status 1(?:37|43)\b")


class Told(logging.Filter):
    """Keeps what goes wrong in jobs from the screen, and says it at the end."""

    def __init__(self):
        super().__init__()
        self.lines, self.interrupted, self.exceptions = {}, False, []

    def filter(self, record):
        text = record.getMessage()
        if getattr(record, "event", None) == LogEvent.JOB_ERROR:
            line = self._of_job(record)
            # The same went wrong in several jobs: once is enough.
            self.lines.setdefault(line, record)
            return False
        if getattr(record, "exception", None) == "MissingRuleException" and NO_RULE.search(text):
            self.lines[
                f"{NO_RULE.search(text)[1]}: found no rule that makes it, expected a file of these results "
                "or a rule; snakemake --list names the rules"
            ] = None
            return False
        self.interrupted |= bool(INTERRUPTED.match(text))
        # Comes before the record of the job that it is about.
        if text.startswith("RuleException"):
            self.exceptions.append(text)
        return not NOISE.match(text)

    def _of_job(self, record):
        exception = next((e for e in self.exceptions if (record.shellcmd or "") in e), "")
        if KILLED.search(exception):
            return f"{record.rule_name}: was killed from outside, perhaps for want of memory"
        said = [line for log in record.log for line in _lines(log.split(" (")[0]) if line.strip()]
        return said[-1] if said else f"{record.rule_name}: failed without a word"

    def say(self):
        if self.interrupted:
            # The jobs that were running failed for no other reason.
            print(
                "interrupted: what is finished is kept, and the same call goes on from there",
                file=sys.stderr,
            )
        else:
            for line, record in self.lines.items():
                more = f" (more: {', '.join([record.rule_name, *record.log])})" if record else ""
                print(f"{line}{more}", file=sys.stderr)


def _lines(path):
    try:
        return Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []


def tell_failures_last():
    """Let the screen end with what went wrong, in a line each; Snakemake's own log keeps all."""
    told = Told()
    for handler in logger.handlers:
        if not isinstance(handler, logging.FileHandler):
            handler.addFilter(told)
    atexit.register(told.say)
    # As Snakemake takes SIGTERM: what runs may end, nothing more begins.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
