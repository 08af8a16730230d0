"""Results of others, to hold these against.

In: the setting `other`: a folder of results, a bundle, a folder of several, or a list of such. Out: those that hold what
is read of them. Used by the Snakefile.
"""

import csv
import json
import re
import zipfile
from pathlib import Path

import yaml

from report.results import ORIGINS, SUMS, TABLES, inside, opened
from workflow.session import sums

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
LARGEST = 100_000_000  # bytes of a table
DEEPEST = 3  # folders below one that holds several results
EXPECTED = "expected a folder like path/to/results/mnist, or a bundle"


class OthersError(ValueError):
    """Results that cannot be compared with; the message is one line for the user."""


def other_results(other, asked, dataset):
    """The paths of other results, each of which holds what is read of it.

    Parameters
    ----------
    other : str, list of str or None
        The setting `other`.
    asked : bool
        Whether something is asked for that needs it, so that it cannot be missing.
    dataset : str
        What ours are results of.

    Returns
    -------
    list of str
    """
    if other is None or other == []:
        if asked:
            raise OthersError(
                f"other: found nothing to compare with, {EXPECTED}; add --config other=…"
            )
        return []
    found = []
    for named in other if isinstance(other, list) else [other]:
        found += _several(Path(str(named)), dataset)
    return [_sound(path, "other", dataset) for path in dict.fromkeys(found)]


def published_results(dataset, asked):
    """The folder of what this repository has published of a dataset; None where it has nothing.

    Parameters
    ----------
    dataset : str
    asked : bool
        Whether something is asked for that needs it, so that it cannot be missing.
    """
    folder = f"expected/{dataset}"
    if not Path(folder).is_dir():
        if asked:
            raise OthersError(
                f"{folder}: found no published results of {dataset}, expected some; verify another dataset, or "
                "publish these (snakemake publish)"
            )
        return None
    return _sound(folder, folder, dataset, [*TABLES, SUMS, ORIGINS])


def _sound(path, key, dataset, names=TABLES):
    """A path of results, if they hold what is read of them; `key` is what an error begins with."""
    try:
        _check(opened(path), dataset, names)
    except OthersError as error:
        raise OthersError(f"{key}: {error}") from None
    return path


def _several(path, dataset):
    """The results in a folder: itself, or those below it that are of the dataset."""
    if path.is_file() or not path.is_dir() or (path / TABLES[0]).is_file():
        return [path.as_posix()]
    below = [
        found
        for depth in range(1, DEEPEST + 1)
        for found in sorted(path.glob("/".join("*" * depth)))
        if found.name[0] != "." and _is_results(found)
    ]
    ours = [found for found in below if _dataset(found) == dataset]
    return [found.as_posix() for found in ours or below or [path]]


def _is_results(path):
    if path.is_file():
        return path.suffix == ".zip" and inside(path) is not None
    return all((path / name).is_file() for name in TABLES)


def _dataset(path):
    try:
        return opened(path).config["dataset"]
    except Exception:  # what is wrong with it is said when it is looked at
        return None


def _check(results, dataset, names):
    folder = results.folder
    if folder is None:
        raise OthersError(f"found no results in {results.name}, {EXPECTED} with a whole run in it")
    for name in names:
        if not (folder / name).is_file():
            raise OthersError(
                f"found no {name} in {results.name}, {EXPECTED} with a whole run in it"
            )
    if isinstance(folder, Path):
        edited = [path for path in sums.changed([folder]) if path.name in TABLES]
        if edited:
            raise OthersError(
                f"found {edited[0]} damaged or edited, expected what {sums.NAME} beside it says; make it anew"
            )
    answers = _content(results, "answers.json", json.loads, list)
    if not all(map(_is_answer, answers)):
        raise OthersError(
            f"found no answers in {results.name}/answers.json, expected what the pipeline wrote, with "
            f"{', '.join(SAID)}; it is damaged, or of another version: make it anew"
        )
    _content(results, "machine.json", json.loads, dict)
    theirs = _content(results, "config.yaml", yaml.safe_load, dict).get("dataset")
    if theirs != dataset:
        raise OthersError(
            f"found results of {theirs!r} in {results.name}, expected some of {dataset!r}; compare "
            f"results of one dataset, ours is chosen by --config dataset=…"
        )
    if (folder / ORIGINS).is_file():
        _content(results, ORIGINS, json.loads, list)
    _check_table(results)


def _is_answer(answer):
    return isinstance(answer, dict) and all(
        isinstance(answer.get(key), kind) for key, kind in SAID.items()
    )


def _content(results, name, parse, kind):
    """The content of a file that holds a list or keys and values, and not nothing."""
    text = _text(results, name)
    try:
        content = parse(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        content = None
    if not isinstance(content, kind) or not content:
        raise OthersError(
            f"found no {'list' if kind is list else 'keys and values'} in {results.name}/{name}, expected what "
            "the pipeline wrote; it is damaged: make it anew, or compare with another"
        )
    return content


def _text(results, name):
    """The text of a file, which may come from anybody."""
    path = results.folder / name
    size = (
        path.root.getinfo(path.at).file_size
        if isinstance(path, zipfile.Path)
        else path.stat().st_size
    )
    if size > LARGEST:
        raise OthersError(
            f"found {size} bytes in {results.name}/{name}, expected at most {LARGEST}; it is none of ours"
        )
    try:
        return path.read_text(errors="replace", encoding="utf-8")
    except zipfile.BadZipFile:
        return ""


def _check_table(results):
    table = csv.DictReader(_text(results, "runs.csv").splitlines())
    where = f"{results.name}/runs.csv"
    try:
        rows, header = list(table), table.fieldnames or []
    except csv.Error:
        rows, header = [], []
    missing = [name for name in NEEDED if name not in header]
    if missing or not rows:
        found = f"no column {missing[0]!r}" if missing else "a header and no run"
        raise OthersError(
            f"found {found} in {where}, expected a row for each run, with {', '.join(NEEDED)}; "
            "it is damaged, or of another version: make it anew"
        )
    for line, row in enumerate(rows, start=2):
        if not (SEED.fullmatch(row["seed"] or "") and (row["diverged_at"] or _measured(row))):
            raise OthersError(
                f"found {','.join(row[name] or '' for name in NEEDED)!r} in line {line} of {where}, expected "
                f"a seed and accuracies in per cent; it is damaged: make it anew"
            )


def _measured(row):
    try:
        return all(0 <= float(row[name]) <= 100 for name in ("train_accuracy", "test_accuracy"))
    except (TypeError, ValueError):
        return False
