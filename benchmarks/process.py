"""Start contenders as processes that a user's machine would run, and ask them for epochs.

In: a contender's name, block size and choices. Out: seconds, results, peak memory. Used by
epoch.py, variants.py and growth.py.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from tempfile import TemporaryFile

from nn import Hyperparameters

# Settings that hold a library back, or push it: none reaches a measured process.
PREFIXES = ("OPENBLAS_", "GOTO_", "BLIS_", "NVPL_", "MKL_", "KMP_", "OMP_", "VECLIB_", "NPY_")
PREFIXES += ("ATEN_", "ONEDNN_", "DNNL_", "TORCH", "XLA_", "JAX_")

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}

# The same for every library: no wider instructions than AVX2.
AVX2_ONLY = ONE_THREAD | {
    "OPENBLAS_CORETYPE": "Haswell",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "XLA_FLAGS": f"{ONE_THREAD['XLA_FLAGS']} --xla_cpu_max_isa=AVX2",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
}


BASELINE = Hyperparameters()


class Unavailable(Exception):
    """A contender that cannot run here; the message is the reason in one line."""


class Worker:
    """A contender that waits in a process of its own, stopped when its context ends."""

    def __init__(
        self, contender, dataset, block_size=None, choices=BASELINE, settings=ONE_THREAD, core=0
    ):
        # A file, because nobody empties a pipe while an epoch is waited for.
        self._complaints = TemporaryFile("w+")  # noqa: SIM115 - closed at the end
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "benchmarks.worker", "--contender", contender,
                "--dataset", dataset, "--choices", json.dumps(asdict(choices)),
                *(["--block-size", str(block_size)] if block_size else []),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            env=environment(settings),
        )  # fmt: skip
        if hasattr(os, "sched_setaffinity"):
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(self._process.pid, {cores[core % len(cores)]})
        try:
            # Its kernels, and the floating-point operations of an epoch's products: those that it
            # does, and those that whole images would take.
            self.facts = self._hear()
        except Unavailable:
            self.__exit__()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        with self._process, self._complaints:
            pass

    def start_epoch(self):
        self._process.stdin.write("epoch\n")
        self._process.stdin.flush()

    def end_epoch(self):
        """Seconds, loss, n_right and updates of the epoch that was started."""
        return self._hear()

    def epoch(self):
        self.start_epoch()
        return self.end_epoch()

    def finish(self):
        """End the epochs; the process's peak memory in megabytes."""
        self._process.stdin.close()
        return self._hear()["peak_mb"]

    def _hear(self):
        line = self._process.stdout.readline()
        if not line:
            self._complaints.seek(0)
            said = self._complaints.read().strip().splitlines()
            raise Unavailable(said[-1] if said else "ended without a word")
        return json.loads(line)


def environment(settings):
    """This process's environment without anything that steers a library, and `settings`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIXES)}
    return kept | settings


def megabytes(usage):
    """Peak memory in a process's resource usage, which counts bytes on macOS and KiB elsewhere."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
