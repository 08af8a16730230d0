"""Where data come from: decided once, before anything runs.

In: the configuration and the environment. Out: a `Source`: the dataset to use, the local folder it is in (if
any) and, when another was asked for, why this one stands in. Used by the Snakefile.
"""

import json
import os
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from http.client import HTTPException
from pathlib import Path

from workflow.files import digest
from workflow.patience import within

PATIENCE_SECONDS = 4
# The environment variable in which jobs find what was decided.
DECIDED = "DATASET_SOURCE"


class SourceError(ValueError):
    """Data that is missing or damaged; the message is one line for the user."""


@dataclass(frozen=True)
class Source:
    """The dataset that this run of the pipeline uses.

    Attributes
    ----------
    dataset : str
        A key of the configuration's `datasets`.
    folder : str or None
        The local folder that holds its checked files; None: bundled, or to be fetched from mirrors.
    stands_in_for : str or None
        The dataset that was asked for and could not be had.
    """

    dataset: str
    folder: str | None = None
    stands_in_for: str | None = None


def choose(config, fetched):
    """Find the dataset.

    Parameters
    ----------
    config : dict
        The checked configuration.
    fetched : callable
        Dataset name → the folder that earlier downloads of it are in.
    """
    name = config["dataset"]
    entry = config["datasets"][name]
    if "bundled" in entry:
        return Source(name)
    setting = variable(name)
    if os.environ.get(setting):
        return Source(name, _checked(entry, os.environ[setting], setting))
    if entry.get("folder"):
        return Source(name, _checked(entry, entry["folder"], f"datasets.{name}.folder"))
    if all((Path(fetched(name)) / file["name"]).exists() for file in entry["files"].values()):
        return Source(name)
    mirrors = entry.get("mirrors", [])
    if _any_answers(mirrors, entry["files"]["test_labels"]["name"]):
        return Source(name)
    fallback = config["offline_fallback"]
    if fallback is None:
        tried = ", ".join([f"environment variable {setting} (not set)", *mirrors])
        raise SourceError(
            f"dataset {name}: found no source that answers, tried {tried}; connect to the network, "
            f"or put the four files into a folder and set {setting} to it"
        )
    return Source(fallback, stands_in_for=name)


def variable(name):
    """The environment variable that names the folder of a dataset's files; a shell's names have no hyphens."""
    return f"{name.upper().replace('-', '_')}_DIR"


def chosen_at_the_head():
    """What the process decided that sent this job."""
    said = json.loads(os.environ[DECIDED])
    return Source(**{field.name: said[field.name] for field in fields(Source)})


def stand_in(config, source):
    """The line that says which dataset stands in for the one that could not be had."""
    titles = {name: entry["title"] for name, entry in config["datasets"].items()}
    wanted = source.stands_in_for
    return (
        f"{titles[wanted]} could not be had from anywhere: going on with {titles[source.dataset]}. "
        f"Later, with a network or the four files in a folder: {variable(wanted)}=/path/to/it make"
    )


def _checked(entry, folder, setting):
    """The folder, if it holds the four files as they should be."""
    for file in entry["files"].values():
        path = Path(os.path.expanduser(folder)) / file["name"]
        if not path.is_file():
            found, mend = "no such file", "put it there"
            if os.path.lexists(path):
                found, mend = "found no file under this name", "move it away and put the file there"
            elif path.with_suffix("").is_file():
                found, mend = "found it unpacked", "put the packed one there, as it is published"
            raise SourceError(
                f"{path}: {found}, expected the four files of {entry['title']} in {setting}; "
                f"{mend}, or unset it to download"
            )
        found = digest(path)
        if found != file["sha256"]:
            raise SourceError(
                f"{path}: found SHA-256 {found}, expected {file['sha256']}; the file is "
                f"damaged or another one; replace it, or unset {setting} to download"
            )
    return os.path.expanduser(folder)


def _any_answers(mirrors, file):
    """Whether any mirror has the file, asked all at once so that being offline costs seconds."""

    def ask(mirror):
        # Not HEAD, which some refuse; what is not read of the answer is not sent either.
        with urllib.request.urlopen(mirror + file, timeout=PATIENCE_SECONDS):
            return True

    def answers(mirror):
        try:
            return within(PATIENCE_SECONDS, lambda: ask(mirror))
        # An address that is none is a ValueError.
        except (OSError, HTTPException, ValueError):
            return False

    with ThreadPoolExecutor(max(len(mirrors), 1)) as pool:
        return any(pool.map(answers, mirrors))
