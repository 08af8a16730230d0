"""Results of others, to hold these against.

In: the setting `other`: a folder of results, a bundle, a folder of several, or a list of such. Out: those that hold what
is read of them. Used by the Snakefile.
"""

import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from report.results import ORIGINS, PUBLISHED, SUMS, TABLES, ResultsError, opened
from workflow.configuration.reading import parsed
from workflow.configuration.schema import ConfigurationError
from workflow.session import sums

MEANS = {
    "type": ["object", "null"],
    "required": ["mean"],
    "properties": {"mean": {"type": "number"}},
}
SEEDS = {
    "type": "array",
    "items": {"type": "object", "required": ["seed"], "properties": {"seed": {"type": "integer"}}},
}
VARIANT = {
    "type": "object",
    "required": ["by_seed"],
    "properties": {"by_seed": SEEDS, "train": MEANS, "test": MEANS},
}
ANSWER = {  # what is read of each
    "key": {"type": "string"},
    "question": {"type": "string"},
    "title": {"type": "string"},
    "outcome": {"type": "string"},
    "claim": {"type": "array"},
    "answer": {"type": "string"},
    "variants": {"type": "object", "additionalProperties": VARIANT},
}
ANSWERS = {"items": {"type": "object", "required": [*ANSWER], "properties": ANSWER}}
RUNS = {"type": "array", "items": {"type": "string"}}
MADE_BY = {"items": {"type": "object", "required": ["runs"], "properties": {"runs": RUNS}}}
SEED = re.compile(r"[0-9]{1,10}")
NEEDED = ("run", "seed", "diverged_at", "train_accuracy", "test_accuracy")  # columns of runs.csv
DEEPEST = 4  # folders below one that holds several results
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
    return [*dict.fromkeys(found)]


def published_results(dataset, asked):
    """The folder of what this repository has published of a dataset; None where it has nothing.

    Parameters
    ----------
    dataset : str
    asked : bool
        Whether something is asked for that needs it, so that it cannot be missing.
    """
    folder = f"{PUBLISHED}/{dataset}"
    if not Path(folder).is_dir():
        if asked:
            raise OthersError(
                f"{folder}: found no published results of {dataset}, expected some; published are those of "
                f"{_published()}; publish your own with snakemake publish"
            )
        return None
    return _sound(folder, folder, dataset, [*TABLES, SUMS, ORIGINS])


def _published():
    found = sorted(path.name for path in Path(PUBLISHED).glob("*/"))
    return " and ".join(found) or "nothing"


def _sound(path, key, dataset, names=TABLES):
    """A path of results, if they hold what is read of them; `key` is what an error begins with."""
    try:
        _check(opened(path), dataset, names)
    except (OthersError, ResultsError) as error:
        raise OthersError(f"{key}: {error}") from None
    return path


def _several(path, dataset):
    """The results in a folder: itself, or those below it that are whole and of the dataset."""
    if path.is_file() or not path.is_dir() or (path / TABLES[0]).is_file():
        return [_sound(path.as_posix(), "other", dataset)]
    below = [
        found
        for depth in range(1, DEEPEST + 1)
        for found in sorted(path.glob("/".join("*" * depth)))
        if _may_be_results(found)
    ]
    taken = []
    for found in map(Path.as_posix, below):
        try:
            taken.append(_sound(found, "other", dataset))
        except OthersError as error:
            print(f"{error}; left out", file=sys.stderr)
    return taken or [_sound(path.as_posix(), "other", dataset)]


def _may_be_results(path):
    """Whether a path below a folder of several looks like results of somebody: what a repository has published are not."""
    if path.name[0] == "." or PUBLISHED in path.parts[-2:]:
        return False
    if path.is_file():
        return path.suffix == ".zip" and not (path.parent / TABLES[0]).is_file()
    return (path / TABLES[0]).is_file()


def _check(results, dataset, names):
    folder = results.folder
    if folder is None:
        raise OthersError(
            f"found no results in {results.name}, or several, {EXPECTED} of one whole run"
        )
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
    if not _fits(_content(results, "answers.json", json.loads, list), ANSWERS):
        raise OthersError(
            f"found no answers in {results.name}/answers.json, expected what the pipeline wrote, with "
            f"{', '.join(ANSWER)}; it is damaged, or of another version: make it anew"
        )
    _content(results, "machine.json", json.loads, dict)
    theirs = _content(results, "config.yaml", _configuration, dict).get("dataset")
    if theirs != dataset:
        raise OthersError(
            f"found results of {theirs!r} in {results.name}, expected some of {dataset!r}; compare "
            f"results of one dataset, ours is chosen by --config dataset=…"
        )
    if (folder / ORIGINS).is_file() and not _fits(
        _content(results, ORIGINS, json.loads, list), MADE_BY
    ):
        raise OthersError(
            f"found no origins with their runs in {results.name}/{ORIGINS}, expected what the pipeline wrote; make it anew"
        )
    _check_table(results)


def _fits(content, schema):
    return Draft202012Validator(schema).is_valid(content)


def _configuration(text):
    """Held to be no more than it seems by our own reading first."""
    try:
        return parsed(text, "config.yaml")
    except ConfigurationError as error:
        raise ValueError(error) from None


def _content(results, name, parse, kind):
    """The content of a file that holds a list or keys and values, and not nothing."""
    text = results.text(name)
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


def _check_table(results):
    table = csv.DictReader(results.text("runs.csv").splitlines())
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
        whole = None not in row and None not in row.values()
        if not (whole and SEED.fullmatch(row["seed"]) and (row["diverged_at"] or _measured(row))):
            raise OthersError(
                f"found {','.join(row[name] or '' for name in NEEDED)!r} in line {line} of {where}, expected "
                f"a seed and accuracies in per cent; it is damaged: make it anew"
            )
    names = Counter((row["run"], int(row["seed"])) for row in rows)
    ((run, seed), times), *_ = names.most_common(1)
    if times > 1:
        raise OthersError(
            f"found {times} rows of {run}/seed{seed} in {where}, expected one; it was edited: make it anew"
        )


def _measured(row):
    try:
        return all(0 <= float(row[name]) <= 100 for name in ("train_accuracy", "test_accuracy"))
    except (TypeError, ValueError):
        return False
