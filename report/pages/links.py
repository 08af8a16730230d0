"""What the links of the printed report are called, for who hears them read.

In: the report as HTML; WeasyPrint's PDF. Out: the same, its links with the words of what they lead to. Used by
render.py.
"""

import re

import pydyf

from report.pages.answers import words

TARGET = re.compile(r'<\w+[^>]*\bid="([^"]+)"[^>]*>')
# Where the first words of a row, a table, a section or a figure end.
END = re.compile(r"</(?:th|h1|h2|h3|caption|figcaption|p|li)>")
LONGEST = 100


def names(page):
    """Id → the first words of what bears it."""
    found = {}
    for target in TARGET.finditer(page):
        end = END.search(page, target.end())
        content = page[target.end() : end.start() if end else None]
        name = words(content)
        if name:
            found[target[1]] = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return found


def name_links(page):
    """A function for WeasyPrint to call at the end: document, PDF → each link called by what it leads to."""
    called = names(page)

    def finish(document, pdf):
        for link in pdf.objects:
            if isinstance(link, pydyf.Dictionary) and link.get("Subtype") == "/Link":
                target = link.get("Dest")
                name = called.get(target.string if isinstance(target, pydyf.String) else None)
                if name:
                    link["Contents"] = pydyf.String(name)

    return finish
