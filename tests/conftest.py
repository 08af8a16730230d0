"""Tests mirror the folders; those under workflow/ run the real pipeline in a copy of the tree."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
# Tests run side by side, a core each.
os.environ["OPENBLAS_NUM_THREADS"] = "1"


def pytest_collection_modifyitems(items):
    """Start with the pipeline, which takes longest, so that the rest runs beside it."""
    items.sort(key=lambda item: item.path.name != "test_pipeline.py")
