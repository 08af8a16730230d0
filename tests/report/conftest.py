"""What the tests of the finished report share."""

import pytest


@pytest.fixture(scope="session")
def results(built):
    """The results of the small run, only to be looked at."""
    return built.folder / "results" / "digits"
