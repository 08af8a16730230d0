"""Mirrors, good and bad: the first that delivers the right bytes, in bounded time, and what the others did."""

import hashlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from workflow import mirrors
from workflow.mirrors import FetchError, fetch
from workflow.sources import _any_answers

CONTENT = b"the right bytes"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Mirrors(BaseHTTPRequestHandler):
    """A folder for each way that a mirror can behave."""

    def do_GET(self):
        folder = self.path.split("/")[1]
        getattr(self, folder, self.missing)()

    def right(self):
        self.answer(CONTENT)

    def wrong(self):
        self.answer(b"damaged")

    def page(self):
        self.answer(b"<html>", kind="text/html; charset=utf-8")

    def missing(self):
        self.answer(b"", status=404)

    def moved(self):
        self.answer(b"", status=302, location="/right/a.gz")

    def circle(self):
        self.answer(b"", status=302, location="/circle/a.gz")

    def huge(self):
        self.answer(b"", length=2**40)

    def encoded(self):
        self.answer(CONTENT, encoding="gzip")

    def hangs(self):
        self.answer(b"", length=10)
        time.sleep(1)

    def drips(self):
        """A header that never ends, a byte now and then."""
        for _ in range(40):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def trickles(self):
        self.answer(b"", length=10_000)
        for _ in range(20):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def endless(self):
        self.answer(b"", length=None)
        for _ in range(100):
            self.wfile.write(bytes(2**16))

    def answer(self, content, status=200, kind="application/gzip", length=0, **headers):
        self.send_response(status)
        headers |= {"Content-Type": kind}
        names = {"location": "Location", "encoding": "Content-Encoding"}
        if length is not None:
            headers["Content-Length"] = length or len(content)
        for name, value in headers.items():
            self.send_header(names.get(name, name), str(value))
        self.end_headers()
        self.wfile.write(content)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            """Given up by the other side, as it should."""

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture(scope="module")
def base():
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirrors) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """The same bounds, sooner reached."""
    for name, value in {
        "ANSWER_SECONDS": 0.6, "CONNECT_SECONDS": 0.3, "SILENT_SECONDS": 0.3, "PATIENT_SECONDS": 0.3, "MOST_BYTES": 2**20,
    }.items():  # fmt: skip
        monkeypatch.setattr(mirrors, name, value)


@pytest.mark.parametrize("good", ["right", "moved", "encoded"])
def test_a_mirror_that_delivers_the_right_bytes_is_as_good_as_any(base, tmp_path, good):
    fetch("a.gz", SHA256, [f"{base}/{good}/"], tmp_path / "a.gz")
    assert (tmp_path / "a.gz").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("missing", "answers 404 Not Found"),
        ("page", "sends a web page (HTML)"),
        ("wrong", "sent another file (SHA-256 "),
        ("circle", "redirects more than 5 times"),
        ("huge", "sends too large a file"),
        ("endless", "sends too large a file"),
        ("hangs", "hangs"),
        ("trickles", "is too slow"),
        ("drips", "hangs"),
    ],
)
def test_what_a_bad_mirror_does_is_said_and_the_next_one_tried(base, tmp_path, bad, said):
    with pytest.raises(FetchError) as error:
        fetch("a.gz", SHA256, [f"{base}/{bad}/"], tmp_path / "a.gz")
    assert f"a.gz: found no mirror that delivers it ({base}/{bad}/ {said}" in str(error.value)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []
    fetch("a.gz", SHA256, [f"{base}/{bad}/", f"{base}/right/"], tmp_path / "a.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.gz"]


def test_what_each_mirror_did_is_said_in_turn(base, tmp_path):
    asked = [f"{base}/missing/", "http://127.0.0.1:1/", f"{base}/wrong/"]
    with pytest.raises(FetchError) as error:
        fetch("a.gz", SHA256, asked, tmp_path / "a.gz")
    said = str(error.value)
    assert said.index("404") < said.index("cannot be reached") < said.index("sent another file")


@pytest.mark.parametrize(
    "address",
    ["http://[::1/", "http://x y/", "http://:99999/", "http://ü\u2028.invalid/", "http://x:abc/"],
)
def test_an_address_that_is_none_cannot_be_reached(tmp_path, address):
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("a.gz", SHA256, [address], tmp_path / "a.gz")
    assert not _any_answers([address], "a.gz")


def test_without_mirrors_it_says_so(tmp_path):
    with pytest.raises(FetchError, match="there are none"):
        fetch("a.gz", SHA256, [], tmp_path / "a.gz")
