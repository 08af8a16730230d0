"""Other results, to compare these with.

In: the setting `other`. Out: the folder, if it holds what a comparison reads. Used by the Snakefile.
"""

import csv
import json
import re
from pathlib import Path

import yaml

from workflow.session import sums

# What a comparison reads of each results.
COMPARED = ("answers.json", "config.yaml", "machine.json", "runs.csv")

SAID = {  # of each answer
    "key": str,
    "question": str,
    "title": str,
    "outcome": str,
    "claim": list,
    "answer": str,
    "variants": dict,
}
SEED = re.compile(r"[0-9]{1,10}")
NEEDED = ("run", "seed", "diverged_at", "train_accuracy", "test_accuracy")  # columns of runs.csv


class OthersError(ValueError):
    """Results that cannot be compared with; the message is one line for the user."""


def other_results(folder, asked, dataset):
    """The folder of other results to compare with, if it holds what that needs.

    Parameters
    ----------
    folder : str or None
        The setting `other`.
    asked : bool
        Whether a comparison is asked for, so that the setting cannot be missing.
    dataset : str
        What ours are results of.
    """
    expected = "expected a folder like path/to/results/mnist"
    if folder is None:
        if asked:
            raise OthersError(
                f"other: found nothing to compare with, {expected}; add --config other=…"
            )
        return None
    folder = Path(str(folder))
    for name in COMPARED:
        if not (folder / name).is_file():
            raise OthersError(
                f"other: found no {name} in {folder}, {expected} with a whole run in it"
            )
    edited = [path for path in sums.changed([folder]) if path.name in COMPARED]
    if edited:
        raise OthersError(
            f"other: found {edited[0]} damaged or edited, expected what {sums.NAME} beside it says; make it anew"
        )
    answers = _content(folder / "answers.json", json.loads, list)
    if not all(map(_is_answer, answers)):
        raise OthersError(
            f"other: found no answers in {folder / 'answers.json'}, expected what the pipeline wrote, with "
            f"{', '.join(SAID)}; it is damaged, or of another version: make it anew"
        )
    _content(folder / "machine.json", json.loads, dict)
    theirs = _content(folder / "config.yaml", yaml.safe_load, dict).get("dataset")
    if theirs != dataset:
        raise OthersError(
            f"other: found results of {theirs!r} in {folder}, expected some of {dataset!r}; compare "
            "results of one dataset"
        )
    _check_table(folder / "runs.csv")
    return str(folder)


def _is_answer(answer):
    return isinstance(answer, dict) and all(
        isinstance(answer.get(key), kind) for key, kind in SAID.items()
    )


def _content(path, parse, kind):
    """The content of a file that holds a list or keys and values, and not nothing."""
    try:
        content = parse(path.read_text())
    except (ValueError, yaml.YAMLError, RecursionError):
        content = None
    if not isinstance(content, kind) or not content:
        raise OthersError(
            f"other: found no {'list' if kind is list else 'keys and values'} in {path}, expected what "
            "the pipeline wrote; it is damaged: make it anew, or compare with another"
        )
    return content


def _check_table(path):
    with path.open(newline="", errors="replace") as stream:
        table = csv.DictReader(stream)
        try:
            rows, header = list(table), table.fieldnames or []
        except csv.Error:
            rows, header = [], []
    missing = [name for name in NEEDED if name not in header]
    if missing or not rows:
        found = f"no column {missing[0]!r}" if missing else "a header and no run"
        raise OthersError(
            f"other: found {found} in {path}, expected a row for each run, with {', '.join(NEEDED)}; "
            "it is damaged, or of another version: make it anew"
        )
    for line, row in enumerate(rows, start=2):
        if not (SEED.fullmatch(row["seed"] or "") and (row["diverged_at"] or _measured(row))):
            raise OthersError(
                f"other: found {','.join(row[name] or '' for name in NEEDED)!r} in line {line} of {path}, expected "
                f"a seed and accuracies in per cent; it is damaged: make it anew"
            )


def _measured(row):
    try:
        return all(0 <= float(row[name]) <= 100 for name in ("train_accuracy", "test_accuracy"))
    except (TypeError, ValueError):
        return False
