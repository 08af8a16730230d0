"""A copy of the repository to run Snakemake in: what the tests of the pipeline share."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from workflow import fingerprint as fingerprints

ROOT = Path(__file__).parents[2]
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
SMALL = ["--configfile", "tests/workflow/small.yaml"]
NOT_COPIED = shutil.ignore_patterns(
    ".venv", ".git", ".snakemake", "results", "__pycache__", ".pytest_cache", ".ruff_cache"
)


def fingerprint(root, *modules):
    """The fingerprint of modules as they stand in a tree now."""
    caches = (fingerprints.fingerprint, fingerprints._module)
    with patch.object(fingerprints, "ROOT", root):
        for cached in caches:
            cached.cache_clear()
        digest = fingerprints.fingerprint(*modules)
    for cached in caches:
        cached.cache_clear()
    return digest


class Tree:
    """A copy of the repository in which Snakemake can be called."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)

    def call(self, *arguments, env=None):
        return subprocess.run(
            [SNAKEMAKE, "--cores", "2", *arguments],
            cwd=self.folder,
            env={key: value for key, value in os.environ.items() if key != "MNIST_DIR"}
            | (env or {}),
            capture_output=True,
            text=True,
        )

    def would_run(self, *arguments):
        """Rule → number of jobs that a call would run; empty if nothing is left to do."""
        done = self.call(*(arguments or SMALL), "--dry-run")
        assert done.returncode == 0, done.stdout + done.stderr
        counts = re.findall(r"^ (\w+(?: \w+)*) +(\d+) *$", done.stdout + done.stderr, re.MULTILINE)
        return {name.replace(" ", "_"): int(count) for name, count in counts if name != "total"}

    def edit(self, path, old, new):
        """Replace text in a file; returns what puts it back."""
        file = self.folder / path
        before = file.read_text()
        assert old in before
        file.write_text(before.replace(old, new, 1))
        return lambda: file.write_text(before)
