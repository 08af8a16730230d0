"""Whatever else is installed, the pipeline's programs are this tree's; what cites it names it as it is packed."""

import subprocess
import sys
import tomllib

import yaml

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


def test_it_is_cited_under_the_name_version_and_licence_that_it_has():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert cited["title"] == project["name"]
    assert cited["abstract"] == project["description"]
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
