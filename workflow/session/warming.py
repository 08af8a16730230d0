"""The warm process, for as long as a call lasts.

In: the jobs of a call. Out: a process that forks for them (workflow/warm.py), and in the environment where to ask it.
Used by the Snakefile.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from tempfile import mkdtemp

from workflow.environment import WARM
from workflow.warm import SOCKET

FEWEST = 4  # jobs that it is worth starting for


def warm_up(workflow):
    """Start it for jobs that ask for it, some at least, where forks are safe and nobody else has decided.

    On macOS they are not, once a framework of the system is loaded. Empty, the environment variable says that there is
    to be none.
    """
    asked = sum(WARM in (job.rule.shellcmd or "") for job in workflow.dag.needrun_jobs())
    if SOCKET in os.environ or sys.platform != "linux" or asked < FEWEST:
        return
    # A disk that is full is no reason to do nothing.
    with suppress(OSError):
        path = os.path.join(mkdtemp(prefix="warm"), "socket")
        # Its input stays open for as long as this process lives, however that ends.
        server = subprocess.Popen(
            [sys.executable, "-m", "workflow.warm", "--serve", path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(_end, server)
        if server.stdout.readline():
            os.environ[SOCKET] = path


def _end(server):
    server.stdin.close()
    server.wait()
