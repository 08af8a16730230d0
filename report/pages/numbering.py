"""Figures and tables are numbered as they are shown, and the text refers to them by number.

In: keys, in the order of the report. Out: numbers, and references that may come before. Used by
pictures.py and render.py.
"""

import re

from markupsafe import Markup


class Numbers:
    """The numbers of one kind of thing.

    Parameters
    ----------
    kind : str
        What the text calls it, "Figure" or "Table"; its n-th has the id "figure-n" or "table-n".
    """

    def __init__(self, kind):
        self._kind = kind
        self._shown = []

    def take(self, key):
        """The number of the next thing, which the text may refer to by this key."""
        self._shown.append(key)
        return len(self._shown)

    def see(self, key):
        """A reference, whose number `put_in` puts in: the thing itself may come later."""
        number = f"<!-- number of {self._kind} {key} -->"
        return Markup(f'<a href="#{self._kind.lower()}-{number}">{self._kind}\u00a0{number}</a>')

    def put_in(self, page):
        """The page with the number in every reference."""
        reference = re.compile(rf"<!-- number of {self._kind} (.*?) -->")
        return reference.sub(lambda match: str(self._shown.index(match[1]) + 1), page)
