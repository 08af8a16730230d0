"""Where it is called.

In: the Snakefile's folder. Out: nothing, or one line: programs, settings and results are found from the working folder.
Used by the Snakefile.
"""

from pathlib import Path


class PlaceError(ValueError):
    """A working folder that is not the Snakefile's own; the message is one line for the user."""


def check_place(basedir):
    """See to it that the working folder is that of the Snakefile, also of one that another takes in as a module."""
    here, expected = Path.cwd(), Path(basedir).resolve()
    if here != expected:
        raise PlaceError(
            f"working folder: found {here}, expected {expected}, that of the Snakefile; call it there, without "
            "--directory; where results go to is what the folder 'results' there is a link to"
        )
