"""What the tests of the configuration start from."""

import pytest

from tests.workflow.tree import ROOT
from workflow.configuration.reading import read


@pytest.fixture
def config():
    """The committed configuration, as YAML gives it, for a test to change."""
    return read(ROOT / "config" / "config.yaml")
