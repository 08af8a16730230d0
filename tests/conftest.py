"""Tests mirror the folders; those under workflow/ run the real pipeline in a copy of the tree."""

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
# Tests run side by side, a core each.
os.environ["OPENBLAS_NUM_THREADS"] = "1"


def pytest_collection_modifyitems(items):
    """Start with the pipeline, which takes longest, so that the rest runs beside it."""
    items.sort(key=lambda item: item.path.name != "test_pipeline.py")


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
