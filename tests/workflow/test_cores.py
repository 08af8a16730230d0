"""`make` takes the cores that it may use."""

import os

import pytest

from workflow import cores


@pytest.fixture
def group(tmp_path, monkeypatch):
    monkeypatch.setattr(cores, "GROUP", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: range(8), raising=False)
    monkeypatch.delenv("SLURM_CPUS_PER_TASK", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("max 100000\n", 8), ("300000 100000\n", 3), ("50000 100000\n", 1), ("999900000 100000\n", 8)],
)
def test_a_container_has_its_share(group, limit, expected):
    (group / "cpu.max").write_text(limit)
    assert cores.cores() == expected


@pytest.mark.parametrize(("quota", "expected"), [("-1\n", 8), ("250000\n", 2)])
def test_so_has_one_of_the_older_kind(group, quota, expected):
    (group / "cpu").mkdir()
    (group / "cpu" / "cpu.cfs_quota_us").write_text(quota)
    (group / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    assert cores.cores() == expected


def test_a_job_of_a_cluster_has_what_it_was_lent(group, monkeypatch):
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "2")
    assert cores.cores() == 2


def test_without_a_limit_it_is_what_the_process_may_run_on(group):
    assert cores.cores() == 8


def test_where_no_processor_can_be_named_it_is_those_of_the_machine(group, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert cores.cores() == 4
