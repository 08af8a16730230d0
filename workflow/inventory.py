"""A results folder → the files that belong to its configuration.

In: results/<dataset> after a whole run. Out: paths, and their SHA-256 as text. Used by workflow/scripts/publish.py and
bundle.py. What lies there of experiments that were dropped since belongs to nothing.
"""

from pathlib import Path

import yaml

from report.questions import ABOUT_ALL
from report.results import RUN_FILES
from workflow.files import digest

# Which differ from machine to machine, because they tell of it, are not among them.
TOP = ("answers.json", "config.yaml", "pocket.json", "runs.csv", "runs.txt")


def runs(results):
    """The run folders, relative to the results, in their order."""
    listed = (Path(results) / "runs.txt").read_text().splitlines()
    return [Path(*Path(line).parts[-4:-1]) for line in listed]


def equal_files(results):
    """Every file that any equal run has with the same bytes, relative to the results.

    Parameters
    ----------
    results : Path
        results/<dataset>

    Returns
    -------
    list of Path
    """
    config = yaml.safe_load((results / "config.yaml").read_text())
    folders = runs(results)
    variants = dict.fromkeys(folder.parts[1] for folder in folders)
    keys = [*config["experiments"], *ABOUT_ALL, "whole"]
    found = [
        *(Path(name) for name in TOP),
        *(path.relative_to(results) for path in sorted((results / "data").iterdir())),
        *(folder / name for folder in folders for name in RUN_FILES),
        *(Path(f"{kind}/{key}.json") for kind in ("experiments", "facts") for key in keys),
        *_pictures(results, "figures"),
        *(path for key in keys for path in _pictures(results, f"figures/experiments/{key}")),
        *(path for name in variants for path in _pictures(results, f"figures/runs/{name}")),
    ]
    return [path for path in found if path.suffix and (results / path).is_file()]


def sums_of(results, paths):
    """SHA-256 of files as `sha256sum -c` reads it in the results folder."""
    return "".join(f"{digest(results / path)}  {path.as_posix()}\n" for path in paths)


def _pictures(results, folder):
    return [path.relative_to(results) for path in sorted((results / folder).glob("*.svg"))]
