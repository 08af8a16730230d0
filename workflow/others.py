"""Other results, to compare these with.

In: the setting `other`. Out: the folder, if it holds what a comparison reads. Used by the Snakefile.
"""

from pathlib import Path

# What a comparison reads of each results.
COMPARED = ("answers.json", "config.yaml", "machine.json", "runs.csv")


class OthersError(ValueError):
    """Results that cannot be compared with; the message is one line for the user."""


def other_results(folder, asked):
    """The folder of other results to compare with, if it holds what that needs.

    Parameters
    ----------
    folder : str or None
        The setting `other`.
    asked : bool
        Whether a comparison is asked for, so that the setting cannot be missing.
    """
    expected = "expected a folder like path/to/results/mnist"
    if folder is None:
        if asked:
            raise OthersError(
                f"other: found nothing to compare with, {expected}; add --config other=…"
            )
        return None
    for name in COMPARED:
        if not (Path(str(folder)) / name).is_file():
            raise OthersError(
                f"other: found no {name} in {folder}, {expected} with a whole run in it"
            )
    return str(folder)
