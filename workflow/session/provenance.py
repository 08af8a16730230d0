"""Snakemake's records of what made each result, kept with the results.

In: the working folder. Out: a link in it. Used by the Snakefile.
"""

import base64
import hashlib
import json
import os
from pathlib import Path

from pydantic import ValidationError
from snakemake.persistence import MetadataRecord


def keep_provenance_with_results(results="results"):
    """Let Snakemake store what made each result inside `results`, so that it is copied along.

    Snakemake compares inputs and parameters with records in .snakemake/metadata. Without them, a
    copy of `results` on another machine would have nothing but file dates to go by.
    """
    kept = Path(results) / ".provenance"
    metadata = Path(".snakemake") / "metadata"
    kept.mkdir(parents=True, exist_ok=True)
    metadata.parent.mkdir(exist_ok=True)
    if metadata.is_dir() and not metadata.is_symlink():
        for record in metadata.iterdir():
            record.replace(kept / record.name)
        metadata.rmdir()
    if not metadata.exists():
        metadata.unlink(missing_ok=True)
        metadata.symlink_to(os.path.relpath(kept, metadata.parent))


def drop_damaged_records(metadata=".snakemake/metadata"):
    """Remove records that are none: Snakemake stumbles over them, or takes them for leave to do nothing."""
    for path in Path(metadata).rglob("*"):
        if path.is_file() and not _record(path):
            path.unlink()


def recorded(metadata=".snakemake/metadata"):
    """Path of each result of which there is a record of what made it → the `mark` of that."""
    return {
        _output(path.relative_to(metadata)): mark(record)
        for path in Path(metadata).rglob("*")
        if path.is_file() and (record := _record(path))
    }


def records_of(results):
    """The files that hold the records of what lies in a results folder."""
    kept = Path(results).parent / ".provenance"
    return [
        path
        for path in sorted(kept.rglob("*"))
        if path.is_file() and Path(_output(path.relative_to(kept))).is_relative_to(results)
    ]


def mark(record):
    """What tells a result from one of the same name that other inputs, settings or code have made."""
    told = json.dumps([record.rule, record.input, record.params])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _record(path):
    """The record in a file, if it is one."""
    try:
        record = MetadataRecord.model_validate_json(path.read_bytes())
    except ValidationError:
        return None
    # All that Snakemake compares with; each may be missing, and then nothing is ever stale.
    return None if None in (record.rule, record.input, record.params) else record


def _output(record):
    """The output that a record is about: its name in base64, in pieces of which all but the last begin with @."""
    encoded = "".join(part.removeprefix("@") for part in record.parts)
    try:
        return base64.urlsafe_b64decode(encoded).decode()
    except ValueError:
        return ""
