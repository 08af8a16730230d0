"""Paths of many runs from one pattern.

In: a path with the wildcards {variant} and {seed}, and runs. Out: a path for each. Used by the rules.
"""


def each(pattern, runs):
    """A run's path for every (name, seed)."""
    return [pattern.format(variant=name, seed=seed) for name, seed in runs]


def files(folder, runs, names):
    """The files of these names in every run's folder."""
    return [path for name in names for path in each(f"{folder}/{name}", runs)]
