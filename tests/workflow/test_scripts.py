"""What all programs of the rules have in common."""

import subprocess
import sys

import pytest

from tests.workflow.tree import ROOT


@pytest.mark.parametrize(("first_argument", "looks"), [("-m", "False"), ("something else", "True")])
def test_a_program_does_not_look_for_garbage_and_whoever_imports_one_does(first_argument, looks):
    code = f"import gc, sys; sys.argv[0] = {first_argument!r}; import workflow.scripts; print(gc.isenabled())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == looks
