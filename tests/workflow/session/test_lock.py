"""Two pipelines never work with the same results."""

import os

import pytest

from workflow.session.lock import hold_lock


def test_a_second_pipeline_is_told_of_the_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    hold_lock()
    with pytest.raises(
        SystemExit, match=rf"another pipeline is running .*process {os.getpid()} on "
    ):
        hold_lock()
