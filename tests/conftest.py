"""Tests mirror the folders; those under workflow/ run the real pipeline in a copy of the tree."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
# Tests run side by side, a core each.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# A worker that came to one of these last would keep the others waiting.
LONGEST = ("test_kept.py", "test_checks.py")


def pytest_collection_modifyitems(items):
    """Start with the pipeline, which takes longest; end with what looks at its results, longest first."""
    waiting = {item.path for item in items if "built" in item.fixturenames}
    items.sort(
        key=lambda item: (
            item.path.name != "test_pipeline.py",
            item.path in waiting,
            item.path.name not in LONGEST,
        )
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The tree after a whole run of every question with few epochs, for tests that only look at it.

    The first worker that needs it makes it, the others wait.
    """
    from tests.workflow.tree import SMALL, Tree

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    said = shared / "built.txt"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tree = Tree(shared / "built" / "tree")
        if not said.exists():
            done = tree.call(*SMALL)
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Traceback" not in done.stderr
            said.write_text(done.stdout + done.stderr)
    tree.said = said.read_text()
    return tree


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, driven by Playwright; without either, the tests of the page skip."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()
