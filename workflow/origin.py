"""Where numbers come from: the source, the packages and the processor that made them.

In: this process, its machine, git. Out: plain data, for origin.json beside each run, for machine.json,
and for the parameters of rules whose numbers hang on packages.
"""

import platform
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info

from nn.products import keeps_to_definition
from workflow import environment

# What publishing renews is made by the source, and no part of it.
PUBLISHED = (":!expected", ":!docs/report.pdf")
ROUNDS_ITS_OWN_WAY = "This machine rounds products of matrices in its own way: with the same seed, other machines may end elsewhere."
ROOT = Path(__file__).parent.parent


def origin(code):
    """Everything that may explain why the same run has other numbers elsewhere.

    Parameters
    ----------
    code : str or None
        The fingerprint of the program that asks.
    """
    return {
        "arithmetic": arithmetic(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": blas()[0],
        "processor": processor(),
        "simd": simd(),
        "source": source(),
        "fingerprint": code,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@cache
def made_with(*packages):
    """Versions that decide how numbers are rounded: of packages, and of the BLAS under numpy.

    Without what a patch of a package mends, and without the processor and the kernel for it: results
    that are copied to another machine are to stand.
    """
    minors = [f"{name} {'.'.join(version(name).split('.')[:2])}" for name in packages]
    return ", ".join([*minors, "{name} {version}".format_map(blas()[0])])


def blas():
    """The matrix libraries that are loaded, numpy's first: name, version, the kernels they chose.

    Returns
    -------
    list of dict
        With "name", "version" and "architecture", the processor that each takes this one for. Of one
        that threadpoolctl does not know, such as Apple's, what numpy was built with: no architecture.
    """
    found = [
        (library["internal_api"], library["version"], library.get("architecture"))
        for library in threadpool_info()
        if library["user_api"] == "blas"
    ]
    built = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    libraries = found or [(built["name"], built.get("version"), None)]
    return [
        dict(zip(("name", "version", "architecture"), library, strict=True))
        for library in libraries
    ]


def simd():
    """The instruction sets beyond the plainest that numpy uses here."""
    extensions = np.show_config(mode="dicts")["SIMD Extensions"]
    return [*extensions.get("baseline", ()), *extensions.get("found", ())]


def arithmetic():
    """ "portable" where training rounds as on every x86-64-v3 processor (AVX2 and FMA), "native" elsewhere."""
    return "portable" if "X86_V3" in simd() and keeps_to_definition() else "native"


def arithmetic_of_jobs():
    """As `arithmetic` is in a training to come: this process may have loaded numpy under other settings."""
    program = "from workflow.origin import arithmetic; print(arithmetic())"
    return _said(*environment.FREE.split(), sys.executable, "-c", program)


def processor():
    """The processor's name, as far as the system tells it."""
    try:
        if sys.platform == "darwin":
            return _said("sysctl", "-n", "machdep.cpu.brand_string")
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, subprocess.CalledProcessError):
        return platform.processor() or platform.machine()


def source():
    """The commit of the source, and whether it was changed since, but for what it publishes; None outside of git."""
    commit = _git("rev-parse", "HEAD")
    changes = _git("status", "--porcelain", "--untracked-files=no", "--", ".", *PUBLISHED)
    return commit and {"commit": commit, "changed": bool(changes)}


def tracked():
    """The files of the source that git knows, relative to it; None outside of git."""
    listed = _git("ls-files", "-z")
    return listed and {Path(name) for name in listed.split("\0") if name}


def _git(*command):
    """What git says of the source; None where that is no repository of its own."""
    try:
        # Unpacked inside of some other repository, it is none.
        if Path(_said("git", "-C", ROOT, "rev-parse", "--show-toplevel")) == ROOT.resolve():
            return _said("git", "-C", ROOT, *command)
    except (OSError, subprocess.CalledProcessError):
        pass
    return None


def _said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
