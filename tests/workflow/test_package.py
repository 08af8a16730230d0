"""Whatever else is installed, the pipeline's programs are this tree's."""

import subprocess
import sys

from tests.workflow.tree import ROOT


def test_an_installed_package_of_the_same_name_takes_no_place(tmp_path):
    (tmp_path / "workflow").mkdir()
    (tmp_path / "workflow" / "__init__.py").write_text("raise ImportError('another one')")
    done = subprocess.run(
        [sys.executable, "-m", "workflow.scripts.timings", "--help"],
        cwd=ROOT, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--benchmarks" in done.stdout
