"""What every result was when it was made: SHA-256 sums, in a file of each folder.

In: results that a job is about to make, or has made. Out: SHA256SUMS beside them, as `sha256sum -c` reads
it, and which results are no longer what they were. What may differ between two equal builds has its sums in a file
of its own, so that those of all else can be compared. Used by keeping.py and repair.py.
"""

import os
import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from workflow.files import digest, whole

NAME = "SHA256SUMS"
NAME_VARYING = "SHA256SUMS.varying"
NAMES = (NAME, NAME_VARYING)  # in this order, whatever goes wrong with them
# Results that may differ between two equal builds, and what Snakemake measures of jobs.
VARYING = {
    "origin.json",
    "machine.json",
    "timings.csv",
    "compared.html",
    "verification.json",
    "verification.html",
    "certificate.json",
    "certificate.pdf",
    "bundle.zip",
}
MEASURED = ".tsv"
MADE_BY = "# made by "
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Sum(NamedTuple):
    """What a result was when it was made: its SHA-256, and the mark of what made it (provenance.py)."""

    sha256: str
    mark: str


def record(paths, mark):
    """Write down what some files are now, and what made them."""
    for folder, names in _by_folder(paths).items():
        _write(folder, read(folder) | {name: Sum(digest(folder / name), mark) for name in names})


def forget(paths):
    """Write down nothing of some files, which are about to change."""
    for folder, names in _by_folder(paths).items():
        known = read(folder)
        kept = {name: found for name, found in known.items() if name not in names}
        if kept != known:
            _write(folder, kept)


def read(folder):
    """Name → `Sum` of a folder's files; a line that is damaged says nothing."""
    known, mark = {}, ""
    for line in _lines(folder):
        if line.startswith(MADE_BY):
            mark = line.removeprefix(MADE_BY)
        elif match := LINE.fullmatch(line):
            known[match[2]] = Sum(match[1], mark)
    return known


def _lines(folder):
    for name in NAMES:
        with suppress(OSError):
            if (folder / name).is_file():
                first, *others = (folder / name).read_text(errors="replace").splitlines() or [""]
                # Sums that came with a folder that was swapped for another say nothing of what belongs here.
                yield from others if first == _head(folder) else []


def changed(folders):
    """Those files in some folders, ordered, that are no longer what they were; not what is gone."""
    known = [
        (folder / name, made.sha256)
        for folder in folders
        for name, made in sorted(read(folder).items())
        if os.path.lexists(folder / name)
    ]
    with ThreadPoolExecutor() as pool:
        now = pool.map(_now, [path for path, _ in known])
    return [path for (path, sha256), found in zip(known, now, strict=True) if found != sha256]


def _now(path):
    """The SHA-256 of a file, None of what cannot be read as one: it may be a pipe, on which reading waits."""
    try:
        return digest(path) if path.is_file() else None
    except OSError:
        return None


def _by_folder(paths):
    found = defaultdict(set)
    for path in map(Path, paths):
        found[path.parent].add(path.name)
    return found


def _write(folder, known):
    for file in NAMES:
        names = [name for name in sorted(known) if _file(name) == file]
        if names or (folder / file).exists():
            with whole(folder / file) as temporary:
                lines = [
                    f"{MADE_BY}{known[name].mark}\n{known[name].sha256}  {name}" for name in names
                ]
                temporary.write_text("\n".join([_head(folder), *lines, ""]))


def _head(folder):
    """A line that `sha256sum -c` passes over: whose sums these are."""
    return f"# of {'/'.join(Path(folder).absolute().parts[-2:])}"


def _file(name):
    """Where the sum of a file of this name is kept."""
    return NAME_VARYING if name in VARYING or name.endswith(MEASURED) else NAME
