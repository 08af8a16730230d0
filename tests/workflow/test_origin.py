"""Where numbers come from is written down, and what decides their bits makes a run stale."""

import json
import re
import subprocess

import numpy as np
import pytest

from workflow import origin as origins


def test_an_origin_tells_what_made_the_numbers():
    told = json.loads(json.dumps(origins.origin("0123456789abcdef")))
    assert told["numpy"] == np.__version__
    assert told["fingerprint"] == "0123456789abcdef"
    assert told["blas"]["name"] and told["blas"]["version"]
    assert told["processor"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", told["date"])
    assert set(told) == {
        "arithmetic", "python", "numpy", "blas", "processor", "simd", "source", "fingerprint", "date",
    }  # fmt: skip


def test_outside_of_git_the_source_is_unknown(tmp_path, monkeypatch):
    monkeypatch.setattr(origins, "ROOT", tmp_path)
    assert origins.source() is None


def test_what_is_published_is_no_change_of_the_source(tmp_path, monkeypatch):
    git = lambda *command: subprocess.run(  # noqa: E731
        ["git", "-C", tmp_path, "-c", "user.name=A", "-c", "user.email=a@b.c", *command],
        check=True, capture_output=True,
    )  # fmt: skip
    git("init")
    for name in ("expected/mnist/runs.csv", "docs/report.pdf", "nn/network.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one\n")
    git("add", ".")
    git("commit", "-m", "All")
    monkeypatch.setattr(origins, "ROOT", tmp_path)
    (tmp_path / "expected/mnist/runs.csv").write_text("two\n")
    (tmp_path / "docs/report.pdf").write_text("two\n")
    assert origins.source()["changed"] is False
    (tmp_path / "nn/network.py").write_text("two\n")
    assert origins.source()["changed"] is True


@pytest.fixture
def elsewhere(monkeypatch):
    """A function: package versions and a BLAS → what results there are made with."""

    def made_with(numpy="2.4.6", sklearn="1.9.0", blas="0.3.31", kernels="Haswell"):
        versions = {"numpy": numpy, "scikit-learn": sklearn}
        library = {"name": "openblas", "version": blas, "architecture": kernels}
        monkeypatch.setattr(origins, "version", versions.get)
        monkeypatch.setattr(origins, "blas", lambda: [library])
        origins.made_with.cache_clear()
        return origins.made_with("numpy", "scikit-learn")

    yield made_with
    origins.made_with.cache_clear()


@pytest.mark.parametrize("other", [{"numpy": "2.5.0"}, {"sklearn": "1.10.0"}, {"blas": "0.3.32"}])
def test_another_library_makes_other_numbers(elsewhere, other):
    assert elsewhere(**other) != elsewhere()


@pytest.mark.parametrize("other", [{"numpy": "2.4.7"}, {"kernels": "SkylakeX"}])
def test_a_patch_and_a_processor_leave_copied_results_alone(elsewhere, other):
    assert elsewhere(**other) == elsewhere()


def test_a_library_that_nobody_knows_is_called_as_numpy_was_built(monkeypatch):
    monkeypatch.setattr(origins, "threadpool_info", list)
    built = np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
    assert [library["name"] for library in origins.blas()] == [built]
