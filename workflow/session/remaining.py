"""What is left to do, in minutes.

In: how long each job of a call is expected to take, Snakemake's log records. Out: a line a minute on the screen. Used by
the Snakefile.
"""

import logging
import sys
import time

from snakemake_interface_logger_plugins.common import LogEvent

from workflow.session.forecast import duration
from workflow.session.telling import watch_the_screen

EVERY_SECONDS = 60
# Work that is done before what it took is trusted more than what was expected.
TRUSTED_SECONDS = 20


class Remaining(logging.Filter):
    """Lets every record pass, and says now and then how long the jobs that are left will take."""

    def __init__(self, expected, n_cores, clock=time.monotonic):
        super().__init__()
        self._left, self._n_cores, self._clock = dict(expected), n_cores, clock
        self._n, self._work, self._began = len(expected), sum(expected.values()), clock()
        self._told = self._began

    def filter(self, record):
        if getattr(record, "event", None) == LogEvent.JOB_FINISHED:
            self._left.pop(record.job_id, None)
            if self._left and self._clock() - self._told >= EVERY_SECONDS:
                self._told = self._clock()
                print(self.line(), file=sys.stderr)
        return True

    def line(self):
        """What is left at the pace of what is done; no less than the longest job takes."""
        left = sum(self._left.values())
        done = self._work - left
        pace = (
            (self._clock() - self._began) / (done / self._n_cores) if done > TRUSTED_SECONDS else 1
        )
        seconds = pace * max(left / self._n_cores, *self._left.values())
        n_done = self._n - len(self._left)
        return f"About {duration(seconds)} left: {n_done} of {self._n} jobs are done."


def tell_what_is_left(expected, n_cores):
    """Let the screen say how long a call will still take."""
    watch_the_screen(Remaining(expected, n_cores))
