"""Errors that fit on one line.

In: the kinds of error that are expected. Out: their message on the screen and exit code 1, no traceback. Used by
the Snakefile and workflow/scripts.
"""

import sys
from contextlib import contextmanager


@contextmanager
def one_line(*expected):
    """Turn expected errors into one line on the screen and exit code 1."""
    try:
        yield
    except expected as error:
        sys.exit(str(error))
