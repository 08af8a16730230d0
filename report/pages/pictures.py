"""The figures of a report: numbered, described, referred to.

In: SVG files, and CSV files beside them. Out: HTML, a file's name for print, the picture itself for the page. Used by render.py.
"""

import re

from markupsafe import Markup, escape

from report.packed import squeezed
from report.pages.numbering import Numbers

MOST_ROWS = 1000
FILE_ATTRIBUTE = re.compile(r' (?:xmlns(?::\w+)?|version|width|height)="[^"]*"')
REFERENCE = re.compile(r'(?:id="|url\(#|href="#)')
DESCRIPTION = re.compile(r"<desc>(.*?)</desc>", re.DOTALL)


class Pictures:
    """The figures of a report, numbered in the order in which they are shown (`numbers`).

    Parameters
    ----------
    folder : Path
        Where the SVG files are.
    for_print : bool
        Whether figures stay files or become part of the page.
    """

    def __init__(self, folder, for_print):
        self._folder, self._for_print = folder, for_print
        self.numbers = Numbers("Figure")

    def show(self, path):
        """A figure as HTML, its number, the file that a command remakes, and the file of its numbers."""
        number = self.numbers.take(path)
        file = self._folder / path
        return {
            "shown": self.put(path, f"figure{number}-"),
            "number": number,
            "target": file.as_posix(),
            "numbers": file.with_suffix(".csv").as_posix(),
        }

    def put(self, path, name):
        """A figure as HTML, without a number; no other of the page has that name."""
        file = self._folder / path
        svg = file.read_text()
        if self._for_print:
            image = '<img src="{}" alt="{}">'
            return Markup(image).format(file.resolve().as_uri(), description(svg))
        return inlined(svg, name)

    def table(self, path):
        """The numbers behind a figure, packed for the page; of a long table every so many-th row.

        Returns
        -------
        dict
            ``packed``: CSV; ``n_rows`` of the whole table; ``every``: 1 where all of them are there.
        """
        head, *rows = (self._folder / path).with_suffix(".csv").read_text().splitlines()
        every = -(-len(rows) // MOST_ROWS)
        return {
            "packed": squeezed("\n".join([head, *rows[::every]])),
            "n_rows": len(rows),
            "every": every,
        }


def description(svg):
    """The text alternative that a figure carries."""
    found = DESCRIPTION.search(svg)
    return Markup(found[1]).unescape() if found else ""


def inlined(svg, name):
    """A figure as part of a page, with the page's fonts.

    Parameters
    ----------
    svg : str
        A file that `report.figures.style.save` wrote.
    name : str
        What no other figure of the page is called: ids begin with it.
    """
    alternative = escape(description(svg))
    svg = DESCRIPTION.sub("", svg)
    svg = REFERENCE.sub(rf"\g<0>{name}", svg)
    opening, rest = svg.split(">", 1)
    opening = FILE_ATTRIBUTE.sub("", opening)
    return Markup(f'{opening} role="img" aria-label="{alternative}">{rest}')
