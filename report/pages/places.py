"""What goes wrong in a template → one line that names the place in it.

In: an exception that came while words were rendered. Out: a `WordsError`. Used by render.py.
"""

import os
import traceback
from contextlib import contextmanager

from jinja2 import TemplateSyntaxError


class WordsError(ValueError):
    """A template that cannot be read or filled in; the message is one line for who wrote it."""


@contextmanager
def named_places():
    """End with the line of the template at which words could not be rendered."""
    try:
        yield
    except WordsError:
        raise
    except Exception as error:
        place = _place(error)
        if place is None:
            raise
        raise WordsError(
            f"{place}: found {' '.join(str(error).split())}, expected words for facts that there are; "
            "docs/your-own-assignment.md says where these stand"
        ) from None


def _place(error):
    if isinstance(error, TemplateSyntaxError) and error.filename:
        file, line = error.filename, error.lineno
    else:
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")
        ]
        if not frames:
            return None
        file, line = frames[-1].filename, frames[-1].lineno
    return f"{os.path.relpath(file)}, line {line}"
