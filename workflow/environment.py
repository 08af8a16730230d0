"""The environment of every job.

In: this process. Out: its environment variables, which jobs inherit. Used by the Snakefile, before
anything loads numpy.
"""

import os
import sys
from pathlib import Path


def prepare():
    """One thread a job, because jobs run side by side; and this very Python, activated or not."""
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
