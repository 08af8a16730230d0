"""A results folder → the files that belong to its configuration.

In: results/<dataset> after a whole run. Out: paths, and their SHA-256 as text. Used by workflow/scripts/publish.py and
bundle.py. What lies there of experiments that were dropped since belongs to nothing.
"""

from pathlib import Path

import yaml

from report.questions import ABOUT_ALL
from report.results import DRAWN_ONLY, RUN_FILES
from workflow.files import digest
from workflow.origin import ROOT, tracked
from workflow.session.provenance import records_of
from workflow.session.sums import NAMES

# Which differ from machine to machine, because they tell of it, are not among them.
TOP = ("answers.json", "config.yaml", "pocket.json", "runs.csv", "runs.txt")
BESIDE = ("machine.json", "timings.csv", "report.pdf", "report.html")
SOURCE = (
    *("Snakefile", "Makefile", "README.md", "LICENSE", "CITATION.cff"),
    *("pyproject.toml", "requirements.lock", "environment.yml"),
    *("config", "expected", "nn", "profiles", "report", "workflow"),
)


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
    """The pictures of a folder, and their numbers."""
    found = sorted(
        path for suffix in ("svg", "csv") for path in (results / folder).glob(f"*.{suffix}")
    )
    return [path.relative_to(results) for path in found]


def packed(results):
    """What of results is not made again in seconds, and what is needed to make the rest: place in a bundle → file.

    Figures, maps and what is decided of runs are made again; the data are fetched again.
    """
    tables = [results / name for name in (*TOP, *BESIDE)]
    kept = [
        *tables,
        results / "data" / "summary.json",
        *(_measured(results, folder) for folder in runs(results)),
        *(
            results / folder / name
            for folder in runs(results)
            for name in (*RUN_FILES, "origin.json")
            if name not in DRAWN_ONLY
        ),
    ]
    kept = [path for path in kept if path.is_file()]
    folders = dict.fromkeys(path.parent for path in kept)
    # Those of what is left out, too: they tell that it would be the same again.
    records = records_of(results)
    sums = [folder / name for folder in folders for name in sorted(NAMES)]
    return {path: path for path in [*kept, *sums, *records] if path.is_file()}


def _measured(results, folder):
    """Time and memory of a run."""
    _, variant, seed = folder.parts
    return results / "benchmarks" / "train" / variant / f"{seed}.tsv"


def source_files():
    """The source that makes results: place in a bundle → file; of a repository what git knows, and nothing beside."""
    known = tracked()
    found = [path for name in SOURCE for path in [ROOT / name, *sorted((ROOT / name).rglob("*"))]]
    return {
        path.relative_to(ROOT): path
        for path in found
        if path.is_file()
        and "__pycache__" not in path.parts
        and (known is None or path.relative_to(ROOT) in known)
    }
