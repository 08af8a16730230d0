"""A copy of the repository to run Snakemake in: what the tests of the pipeline share."""

import base64
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

from workflow import environment
from workflow import fingerprint as fingerprints
from workflow.files import digest
from workflow.warm import SOCKET

ROOT = Path(__file__).parents[2]
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
WATCH = ROOT / "tests" / "workflow" / "watch"
SMALL = ["--configfile", "tests/workflow/small.yaml"]
# What nobody thinks of, each other than where the shared tree was built.
ELSEWHERE = {
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "1",
    "OPENBLAS_NUM_THREADS": "2",
    "OPENBLAS_BLOCK_FACTOR": "50",
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_L2_SIZE": "1024",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OMP_NUM_THREADS": "2",
    "MKL_NUM_THREADS": "2",
}
NOT_COPIED = shutil.ignore_patterns(
    ".venv", ".git", ".snakemake", "results", "__pycache__", ".pytest_cache", ".ruff_cache"
)


# Rules that hold results against others: they run only when they are asked for, or where something is published.
CHECKS = set(
    re.findall(r"^rule (\w+):", (ROOT / "workflow/rules/checks.smk").read_text(), re.MULTILINE)
)


def fingerprint(root, *modules, **options):
    """The fingerprint of modules as they stand in a tree now."""
    caches = (fingerprints.fingerprint, fingerprints._look_up, fingerprints._module)
    with patch.object(fingerprints, "ROOT", root):
        for cached in caches:
            cached.cache_clear()
        digest = fingerprints.fingerprint(*modules, **options)
    for cached in caches:
        cached.cache_clear()
    return digest


def heed_interrupts():
    """As `preexec_fn`: what a shell puts into the background ignores SIGINT, and so does all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def rules():
    """(name, text) of every rule, as if no program were run by a warm process."""
    for file in [ROOT / "Snakefile", *sorted(ROOT.glob("workflow/rules/*.smk"))]:
        text = re.sub(r'f"\{environment\.WARM\} "\s+"', '"python -m ', file.read_text())
        _, *found = re.split(r"^rule (\w+):$", text, flags=re.MULTILINE)
        yield from zip(found[::2], found[1::2], strict=True)


class Tree:
    """A copy of the repository in which Snakemake can be called; one that is there is taken as it is."""

    def __init__(self, folder):
        self.folder = folder
        self.opened = folder.with_name("opened")
        if not folder.exists():
            self.opened.mkdir(parents=True)
            shutil.copytree(ROOT, folder, ignore=NOT_COPIED)

    def call(self, *arguments, env=None):
        # What a program opens is noted where Python starts anew for it.
        noted = {
            "MNIST_DIR": None, SOCKET: "", "PYTHONPATH": str(WATCH), "OPENED": str(self.opened),
        }  # fmt: skip
        return subprocess.run(
            [SNAKEMAKE, "--cores", "2", *arguments],
            cwd=self.folder,
            env={
                key: value
                for key, value in (os.environ | noted | (env or {})).items()
                if value is not None
            },
            capture_output=True,
            text=True,
        )

    def snapshot(self):
        """Path → SHA-256 of every result."""
        return {
            path: digest(path)
            for path in (self.folder / "results" / "digits").rglob("*")
            if path.is_file() and not {"logs", "benchmarks"} & set(path.parts)
        }

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

    def undeclared(self):
        """Rule → files of the tree that its programs opened and that it does not declare."""
        records = self.folder / "results" / ".provenance"
        rules, declared = {}, defaultdict(set)
        for path in filter(Path.is_file, records.rglob("*")):
            record = json.loads(path.read_text())
            if re.search(r"python (-S )?-m", record["shellcmd"] or ""):
                # Snakemake names a record after its output, in pieces where that is long.
                encoded = path.relative_to(records).as_posix().replace("/@", "").replace("@", "")
                output = base64.b64decode(encoded).decode()
                command = _program(record["shellcmd"])
                rules[command] = record["rule"]
                declared[command] |= {output, *record["input"], *record["log"]}
        found = defaultdict(set)
        for path in self.opened.iterdir():
            record = json.loads(path.read_text())
            command = tuple(record["command"])
            if command in rules:
                opened = set(filter(None, map(self._data_file, record["opened"])))
                found[rules[command]] |= opened - declared[command]
        return found

    def _data_file(self, path):
        """A file of the tree, unless it is code; what becomes a file under its later name."""
        path = Path(path)
        if not path.is_relative_to(self.folder) or path.suffix in {".py", ".pyc"}:
            return None
        name = re.sub(r"^\.(.+)\.\d+$", r"\1", path.name)
        return path.relative_to(self.folder).with_name(name).as_posix()


def _program(shell_command):
    """The arguments of Python in a rule's command, without where its words go."""
    words = shlex.split(shell_command.replace(environment.WARM, "python -m"))
    return tuple(words[words.index("python") + 1 : words.index("2>")])
