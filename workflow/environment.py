"""The environment of every job.

In: this process. Out: its environment variables, which jobs inherit. Used by the Snakefile, before
anything loads numpy.
"""

import os
import sys
from pathlib import Path


def prepare():
    """One thread a job, because jobs run side by side; this very Python, activated or not; no date in any file."""
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # Where HarfBuzz's subsetter is not installed, WeasyPrint's fonts would tell the second of their making.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
