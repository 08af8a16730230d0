"""The environment of every job.

In: this process. Out: its environment variables, which jobs inherit. Used by the Snakefile.
"""

import os
import sys
from pathlib import Path

# What tells matrix libraries and numpy how to compute: nothing that stands outside may decide about results.
SETTINGS = ("OPENBLAS_", "GOTO_", "OMP_", "KMP_", "MKL_", "BLIS_", "VECLIB_", "NPY_")
ONE_THREAD = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
# One way to compute that every x86-64-v3 processor has: OpenBLAS's kernels for AVX2 and FMA, with matrices cut for a
# cache of so many KiB, and none of numpy's loops for more.
PLAIN = {
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_L2_SIZE": "256",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}
# How a program begins that computes as fast as its processor can, because its results do not hang on that.
FREE = " ".join(["env", *(f"-u {name}" for name in PLAIN)])

# How one begins that a warm process may run.
WARM = "python -S -m workflow.warm"


def prepare():
    """The same for every job, whatever stands outside: this very Python, one thread, one way to compute.

    Jobs run side by side, so that more threads would only be in each other's way. What this process has loaded
    already is as it was.
    """
    for name in list(os.environ):
        if name.startswith(SETTINGS):
            del os.environ[name]
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    if _x86_64_v3():
        os.environ.update(PLAIN)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # Where HarfBuzz's subsetter is not installed, WeasyPrint's fonts would tell the second of their making.
    os.environ["SOURCE_DATE_EPOCH"] = "0"


def _x86_64_v3():
    """Whether this processor has AVX2 and FMA, as far as Linux tells: numpy is loaded, and may have been told less."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return False
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return {"avx2", "fma"} <= set(flags)
