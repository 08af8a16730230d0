"""A file from the first mirror that delivers the right bytes, in bounded time and bytes.

In: the file's name and SHA-256, the mirrors. Out: the file, whole, or one line that says what each mirror
did. Used by workflow/scripts/fetch.py.
"""

import hashlib
import sys
import time
from http.client import HTTPException

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from workflow.files import whole
from workflow.patience import within

CONNECT_SECONDS = 10
SILENT_SECONDS = 20  # between two pieces
ANSWER_SECONDS = 60  # with all redirects, until the first piece
PATIENT_SECONDS = 30  # before its speed counts
LEAST_BYTES_A_SECOND = 10_000
MOST_BYTES = 2**31
MOST_REDIRECTS = 5
PIECE = 2**16
ROUNDS = 2


class FetchError(OSError):
    """No source had the file; the message is one line for the user."""


class MirrorError(OSError):
    """What one mirror did instead of delivering the file."""

    def __init__(self, said, again=False):
        super().__init__(said)
        self.again = again  # whether another try may go better


def fetch(name, sha256, mirrors, target):
    """Download from the first mirror that delivers the right bytes; those that hung get another try.

    Raises
    ------
    FetchError
        Saying what each mirror did.
    """
    said, left = {}, list(mirrors)
    for _ in range(ROUNDS):
        for mirror in list(left):
            try:
                _download(mirror + name, sha256, target)
                return
            except MirrorError as error:
                said[mirror] = str(error)
                if not error.again:
                    left.remove(mirror)
    told = "; ".join(f"{mirror} {what}" for mirror, what in said.items()) or "there are none"
    raise FetchError(
        f"{name}: found no mirror that delivers it ({told}), expected SHA-256 {sha256}; "
        "try again later, or set a local folder (config/README.md)"
    )


def _download(url, sha256, target):
    session = requests.Session()
    session.max_redirects = MOST_REDIRECTS
    # The bytes as they are stored: they are what the SHA-256 is of.
    asked = {
        "stream": True,
        "headers": {"Accept-Encoding": "identity"},
        "timeout": (CONNECT_SECONDS, SILENT_SECONDS),
    }
    began = time.monotonic()
    try:
        with (
            within(ANSWER_SECONDS, lambda: session.get(url, **asked)) as response,
            whole(target) as temporary,
            temporary.open("wb") as file,
        ):
            _check_answer(response)
            digest, size = hashlib.sha256(), 0
            while piece := response.raw.read1(PIECE, decode_content=False):
                digest.update(piece)
                file.write(piece)
                size += len(piece)
                _check_progress(size, time.monotonic() - began)
            if digest.hexdigest() != sha256:
                raise MirrorError(f"sent another file (SHA-256 {digest.hexdigest()})")
    except requests.TooManyRedirects:
        raise MirrorError(f"redirects more than {MOST_REDIRECTS} times") from None
    except (TimeoutError, requests.ConnectTimeout, requests.ReadTimeout, ReadTimeoutError):
        raise MirrorError("hangs", again=True) from None
    except HTTPError:
        raise MirrorError("breaks off", again=True) from None
    # An address that is none is a ValueError.
    except (requests.RequestException, HTTPException, ValueError) as error:
        raise MirrorError(f"cannot be reached ({type(error).__name__})", again=True) from None
    elsewhere = f", redirected from {url}" if response.url != url else ""
    print(f"{response.url}: fetched {size:,} bytes{elsewhere}", file=sys.stderr)


def _check_answer(response):
    if response.status_code != requests.codes.ok:
        raise MirrorError(f"answers {response.status_code} {response.reason}")
    if "html" in response.headers.get("Content-Type", ""):
        raise MirrorError("sends a web page (HTML)")
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise MirrorError("sends too large a file")


def _check_progress(size, seconds):
    if size > MOST_BYTES:
        raise MirrorError("sends too large a file")
    if seconds > PATIENT_SECONDS and size < LEAST_BYTES_A_SECOND * seconds:
        raise MirrorError("is too slow")
