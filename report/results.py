"""A whole set of results, as one hands it to another: a folder, or a zip that holds one.

In: results/<dataset>, expected/<dataset>, or a bundle. Out: `Results`: settings, runs, answers, and for each run what
its files are and what made it. Used by agreement.py and pages/; workflow/others.py looks first whether all is there.
"""

import csv
import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

# What all that is said of results is read from.
TABLES = ("answers.json", "config.yaml", "machine.json", "runs.csv")
# SHA-256 of every file that must be equal, as `sha256sum -c` reads it, and what made the runs: where these are not there
# themselves.
SUMS = "results.sha256"
PUBLISHED = "expected"  # the folder of what the repository has published
ORIGINS = "origins.json"
# What a run leaves that must be equal, and what only those leave whose pictures are drawn.
DRAWN_ONLY = ("embedding.npz",)
OF_EVERY_RUN = ("history.csv", "weights.npz", "run.json", "inside.json", "inside.npz")
RUN_FILES = (*OF_EVERY_RUN, *DRAWN_ONLY)
# Columns of runs.csv that tell not what a run was set to, but what came of it.
MEASURED = ("diverged_at", "unchanged_since", "final_loss", "train_accuracy", "test_accuracy")
LINE = re.compile(r"([0-9a-f]{64})  (.+)")
LARGEST = 100_000_000  # bytes of a table


# What the contents of a zip may raise: damaged, encrypted, packed as nobody does here.
UNZIPPING = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


class ResultsError(ValueError):
    """Results that cannot be read; the message is one line for the user."""


@dataclass(frozen=True)
class Results:
    """Results with their tables, and their runs or at least the sums of these.

    Attributes
    ----------
    name : str
        What they are called where they are spoken of.
    folder : Path or zipfile.Path
    """

    name: str
    folder: Path | zipfile.Path

    @cached_property
    def config(self):
        return yaml.safe_load(self.text("config.yaml"))

    @cached_property
    def machine(self):
        return json.loads(self.text("machine.json"))

    @cached_property
    def answers(self):
        """Key of each question → its record in answers.json."""
        return {record["key"]: record for record in json.loads(self.text("answers.json"))}

    @cached_property
    def runs(self):
        """Name of a variant → seed → its row of runs.csv, all as text."""
        found = {}
        for row in csv.DictReader(self.text("runs.csv").splitlines()):
            found.setdefault(row["run"], {})[int(row["seed"])] = row
        return found

    def sums(self, run, seed):
        """Name of each file of a run that must be equal → its SHA-256, as far as known.

        Of a file that is there, what it is now; of others what was written down.
        """
        return self._sums(run_folder(run, seed), RUN_FILES)

    @property
    def tables(self):
        """Name of each of `TABLES` → its SHA-256."""
        return {name: _sha256(self.folder / name) for name in TABLES}

    @property
    def data(self):
        """As `sums`, of what all runs were trained on."""
        return self._sums("data", ["dataset.npz"])

    def origin(self, run, seed):
        """What made a run, the content of its origin.json; empty where nobody wrote it down."""
        name = f"{run_folder(run, seed)}/origin.json"
        if (self.folder / name).is_file():
            try:
                return _origin(json.loads(self.text(name)))
            except (ValueError, RecursionError):
                return {}
        return self._origins.get(run_folder(run, seed), {})

    @cached_property
    def origins(self):
        """Name of a variant and seed → `origin`, of all runs."""
        return {
            (run, seed): self.origin(run, seed) for run, rows in self.runs.items() for seed in rows
        }

    @cached_property
    def _origins(self):
        if not (self.folder / ORIGINS).is_file():
            return {}
        return {
            f"runs/{run}": _origin(origin)
            for origin in json.loads(self.text(ORIGINS))
            for run in origin["runs"]
        }

    @cached_property
    def _written_down(self):
        if not (self.folder / SUMS).is_file():
            return {}
        lines = map(LINE.fullmatch, self.text(SUMS).splitlines())
        return {line[2]: line[1] for line in lines if line}

    def _sums(self, folder, names):
        found = {}
        for name in names:
            path = self.folder / folder / name
            if path.is_file():
                found[name] = _sha256(path)
            elif f"{folder}/{name}" in self._written_down:
                found[name] = self._written_down[f"{folder}/{name}"]
        return found

    def text(self, name):
        """The text of one of its files, which may come from anybody."""
        path = self.folder / name
        zipped = isinstance(path, zipfile.Path)
        try:
            size = path.root.getinfo(path.at).file_size if zipped else path.stat().st_size
            if size > LARGEST:
                raise ResultsError(
                    f"{self.name}/{name}: found {size} bytes, expected at most {LARGEST}; it is none of ours"
                )
            return path.read_bytes().decode()
        except UnicodeDecodeError:
            found = "no text in UTF-8"
        except (*UNZIPPING, OSError) as error:
            found = f"no file to read ({error})"
        raise ResultsError(
            f"{self.name}/{name}: found {found}, expected what the pipeline wrote; make it anew"
        )


def _origin(told):
    """An origin of the shape that is written down; what has another tells nothing."""
    shaped = isinstance(told, dict) and all(
        isinstance(told.get(key, {}), dict | None) for key in ("blas", "source")
    )
    return told if shaped else {}


def _sha256(path):
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except UNZIPPING as error:
        raise ResultsError(
            f"{path}: found no whole file in the bundle ({error}), expected one; make it anew"
        ) from None


def run_folder(run, seed):
    """Where a run lies in its results."""
    return f"runs/{run}/seed{seed}"


def accuracy_in(row, column="train_accuracy"):
    """The accuracy in a row of runs.csv, per cent; None where the run diverged."""
    return None if row["diverged_at"] else float(row[column])


def opened(path):
    """A folder of results, or a zip with one in it.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Results
    """
    path = Path(path)
    return Results(path.as_posix(), inside(path) if path.is_file() else path)


def inside(bundle):
    """The folder of results in a zip; None where there is none, or more than one.

    A bundle has what was published beside it, as the source does: that is not what it is a bundle of.
    """
    try:
        with zipfile.ZipFile(bundle) as archive:
            names = set(archive.namelist())
    except (*UNZIPPING, OSError):
        return None
    folders = {name.rpartition("/")[0] for name in names}
    found = [
        folder
        for folder in folders
        if folder.split("/")[-2:-1] != [PUBLISHED]
        and all(f"{folder}/{table}".lstrip("/") in names for table in TABLES)
    ]
    if len(found) != 1:
        return None
    return zipfile.Path(bundle, f"{found[0]}/" if found[0] else "")
