"""Parts of a page that are packed until a reader opens them, for tests that read all of it."""

import base64
import gzip
import re

PACKED = re.compile(r'<script type="text/plain" class="packed">(.*?)</script>')


def unpacked(page):
    """A page with every packed part in its place."""
    return PACKED.sub(lambda part: gzip.decompress(base64.b64decode(part[1])).decode(), page)
