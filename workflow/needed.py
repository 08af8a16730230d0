"""What a bare machine lacks, all of it at once, before anything is installed.

In: this Python, which may be too old for all else here. Out: nothing where all is there; else one line that says what is
missing and what to type, or with --packages the names by which apt knows it. Used by the Makefile.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import sys

OLDEST = (3, 11)
# What WeasyPrint loads for the PDF.
LIBRARIES = {"pango-1.0": "libpango-1.0.so.0", "pangoft2-1.0": "libpangoft2-1.0.so.0"}
# Without it fonts are cut by slower means that tell the second of it; where it has no package of its own, it comes with Pango.
LIBRARIES_OF = {"apt": {"harfbuzz-subset": "libharfbuzz-subset.so.0"}}
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")
# Command → what it is asked for, for Python, its venv module, and Pango.
MANAGERS = {
    "apt": (
        "sudo apt install",
        "python3",
        "python3-venv",
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ),
    "dnf": ("sudo dnf install", "python3", "", "pango"),
    "brew": ("brew install", "python", "", "pango"),
}


def lacking():
    """Whether Python is too old, has no venv module, and whether there is no Pango."""
    return (
        sys.version_info[:2] < OLDEST,
        not all(map(importlib.util.find_spec, ("venv", "ensurepip"))),
        not all(_loads(name, file) for name, file in _libraries()),
    )


def _libraries():
    """(name, file) of each that should load."""
    return [*LIBRARIES.items(), *LIBRARIES_OF.get(_manager(), {}).items()]


def _manager():
    return next(filter(shutil.which, MANAGERS), None)


def _loads(name, file):
    if sys.platform == "darwin":
        files = (os.path.join(folder, f"lib{name}.dylib") for folder in HOMEBREW)
        return bool(ctypes.util.find_library(name)) or any(map(os.path.exists, files))
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def packages(manager, lacks):
    """What to ask a package manager for."""
    _, *names = MANAGERS[manager]
    return " ".join(name for name, lack in zip(names, lacks) if lack and name)  # noqa: B905


def line(lacks):
    """What is missing, and what to type."""
    version = ".".join(map(str, sys.version_info[:2]))
    words = (
        f"no Python {OLDEST[0]}.{OLDEST[1]} or newer (this one is {version})",
        "no venv module of Python",
        "no Pango, which the PDF needs",
    )
    said = ", ".join(word for word, lack in zip(words, lacks) if lack)  # noqa: B905
    manager = _manager()
    to_type = (
        f"{MANAGERS[manager][0]} {packages(manager, lacks)}"
        if manager
        else "install that with this system's package manager"
    )
    other = ", or name another Python: make PYTHON=python3.12" if lacks[0] else ""
    return f"found {said}; type: {to_type}{other}"


if __name__ == "__main__":
    missing = lacking()
    if sys.argv[1:] == ["--packages"]:
        print(packages("apt", missing))
    elif any(missing):
        sys.exit(line(missing))
