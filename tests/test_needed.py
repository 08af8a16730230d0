"""What a bare machine lacks is said at once, with one line to type."""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workflow import needed

ALL = (True, True, True)


@pytest.fixture
def bare(monkeypatch):
    """An old Python without venv, on a machine without Pango."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    def nothing_loads(name):
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", nothing_loads)


def on(monkeypatch, manager):
    monkeypatch.setattr(shutil, "which", lambda name: manager if name == manager else None)


@pytest.mark.parametrize(
    ("manager", "to_type"),
    [
        ("apt", "type: sudo apt install python3 python3-venv libpango-1.0-0 "),
        ("dnf", "type: sudo dnf install python3 pango"),
        ("brew", "type: brew install python pango"),
        (None, "type: install that with this system's package manager"),
    ],
)
def test_all_that_is_missing_is_one_line(bare, monkeypatch, manager, to_type):
    on(monkeypatch, manager)
    assert needed.lacking() == ALL
    said = needed.line(needed.lacking())
    assert "no Python 3.11 or newer (this one is 3.9), no venv module of Python, no Pango" in said
    assert to_type in said and "\n" not in said
    assert said.endswith("make PYTHON=python3.12")


def test_what_cuts_fonts_is_asked_for_where_it_has_a_package_of_its_own(monkeypatch):
    loads = lambda file: None if "subset" not in file else (_ for _ in ()).throw(OSError)  # noqa: E731
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", loads)
    for manager, lacks in (("apt", True), ("dnf", False), (None, False)):
        on(monkeypatch, manager)
        assert needed.lacking()[2] == lacks


def test_without_python_the_makefile_asks_for_the_same():
    makefile = (Path(needed.__file__).parents[1] / "Makefile").read_text()
    assert f"\nPACKAGES := {needed.packages('apt', ALL)}\n" in makefile


def test_only_what_is_missing_is_asked_for(monkeypatch):
    on(monkeypatch, "apt")
    assert needed.packages("apt", (False, True, False)) == "python3-venv"
    said = needed.line((False, False, True))
    assert "Python" not in said and "sudo apt install libpango-1.0-0" in said


def test_a_machine_that_runs_these_tests_lacks_nothing():
    done = subprocess.run(
        [sys.executable, needed.__file__], capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == ""
