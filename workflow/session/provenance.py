"""Snakemake's records of what made each result, kept with the results.

In: the working folder. Out: a link in it. Used by the Snakefile.
"""

import os
from pathlib import Path


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
