"""Paths of many runs from one pattern, and patterns that are one path.

In: a path with the wildcards {variant} and {seed}, and runs; or a path. Out: a path for each, or a function that
gives them; a pattern. Used by the Snakefile and the rules.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def each(pattern, runs):
    """A run's path for every (name, seed)."""
    return [pattern.format(variant=name, seed=seed) for name, seed in runs]


def files(folder, runs, names):
    """The files of these names in every run's folder."""
    return [path for name in names for path in each(f"{folder}/{name}", runs)]


def later(paths):
    """Paths as a function of a job, for an input of many with a name.

    Snakemake (9.27) hashes a list with a name as often as it has files: thousands of runs took minutes to plan.
    """
    return lambda wildcards: paths


def here(path):
    """A file of the repository as a pattern without wildcards: braces in its folder are its own."""
    return str(ROOT / path).replace("{", "{{").replace("}", "}}")
