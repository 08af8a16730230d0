"""What print may read of this machine: its figures and its fonts, nothing else that a text may name.

In: folders and files. Out: a fetcher for WeasyPrint. Used by render.py.
"""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher


class OnlyFrom(URLFetcher):
    """Fetches embedded data, and files that are some paths or lie in them.

    Parameters
    ----------
    paths : iterable of Path
    """

    def __init__(self, paths):
        super().__init__(allowed_protocols={"data", "file"}, fail_on_errors=True)
        self._paths = [path.resolve() for path in paths]

    def fetch(self, url, headers=None):
        """See WeasyPrint; it goes on without what it cannot fetch.

        Raises
        ------
        ValueError
            For all other files and protocols.
        """
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(url2pathname(parts.path)).resolve()
            if not any(path.is_relative_to(allowed) for allowed in self._paths):
                raise ValueError(f"found {path}, expected a figure or a font of this report")
        return super().fetch(url, headers)
