"""Versions of what the results were made with.

In: the environment. Out: package → version. Used by render.py and workflow/scripts/machine.py.
"""

import platform
from importlib.metadata import version

PACKAGES = ("numpy", "snakemake", "matplotlib", "seaborn", "scikit-learn", "jinja2", "weasyprint")


def versions():
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
