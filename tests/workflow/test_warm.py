"""A warm process does what `python -m` does, and goes when it should."""

import os
import signal
import subprocess
import sys
import time

import pytest

from workflow.warm import SOCKET

# A program of every kind of end.
PROGRAM = """
import os, sys, time
print("asked for", *sys.argv[1:], "in", os.path.basename(os.getcwd()), os.environ.get("OF_THE_JOB"))
print("seen before" if hasattr(sys, "seen") else "new here", file=sys.stderr)
sys.seen = True
ends = {"well": lambda: None, "three": lambda: sys.exit(3), "words": lambda: sys.exit("why it failed"),
        "minus": lambda: sys.exit(-1), "large": lambda: sys.exit(256), "error": lambda: 1 / 0, "never": lambda: (open("begun", "w").close(), time.sleep(60))}
try:
    ends[sys.argv[1]]()
finally:
    open("tidied", "w").close()
"""

PLAIN = (sys.executable, "-m", "program")
ASK = (sys.executable, "-S", "-m", "workflow.warm", "program")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "program.py").write_text(PROGRAM)
    return tmp_path / "job"


def started(path):
    """The environment of a job that may ask a warm process, and that process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "workflow.warm", "--serve", path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout.readline()
    return os.environ | {SOCKET: str(path), "PYTHONPATH": os.getcwd()}, server


@pytest.fixture
def warm(tmp_path):
    environment, server = started(tmp_path / "s")
    yield environment, server
    server.stdin.close()
    assert server.wait(10) == 0


def run(folder, environment, *arguments, how=None):
    return subprocess.run(
        [*(how or ASK), *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("end", ["well", "three", "minus", "large", "words", "error"])
def test_a_job_says_and_ends_as_without(end, folder, warm):
    environment, _ = warm
    plain = run(folder, environment, end, "two  words", "ünï", how=PLAIN)
    for _ in range(2):
        asked = run(folder, environment, end, "two  words", "ünï")
        assert (asked.returncode, asked.stdout) == (plain.returncode, plain.stdout)
        assert asked.stderr.splitlines()[-1] == plain.stderr.splitlines()[-1]


def test_without_a_warm_process_the_job_runs_all_the_same(folder, tmp_path):
    for variables in ({}, {SOCKET: str(tmp_path / "gone")}):
        asked = run(folder, os.environ | {"PYTHONPATH": os.getcwd()} | variables, "three")
        assert asked.returncode == 3 and asked.stdout.startswith("asked for three in job")


def test_a_job_whose_shell_is_killed_ends_and_the_next_begins(folder, warm):
    environment, _ = warm
    asking = subprocess.Popen([*ASK, "never"], cwd=folder, env=environment)
    wait_until((folder / "begun").exists)
    (worker,) = children(warm[1].pid)
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    wait_until(lambda: worker not in children(warm[1].pid))
    assert run(folder, environment, "well").returncode == 0


def test_a_job_that_is_killed_is_told_to_be(folder, warm):
    environment, server = warm
    asking = subprocess.Popen([*ASK, "never"], cwd=folder, env=environment)
    wait_until((folder / "begun").exists)
    os.kill(children(server.pid)[0], signal.SIGKILL)
    assert asking.wait(10) == 128 + signal.SIGKILL


def test_a_job_that_is_interrupted_tidies_up(folder, warm):
    environment, server = warm
    asking = subprocess.Popen([*ASK, "never"], cwd=folder, env=environment)
    wait_until((folder / "begun").exists)
    for pid in (*children(server.pid), asking.pid):
        os.kill(pid, signal.SIGINT)
    assert asking.wait(10) == -signal.SIGINT
    wait_until((folder / "tidied").exists)


def test_where_the_warm_process_dies_before_a_job_has_begun_it_runs_all_the_same(folder, tmp_path):
    environment, server = started(tmp_path / "s")
    server.send_signal(signal.SIGSTOP)
    asking = subprocess.Popen([*ASK, "three"], cwd=folder, env=environment)
    time.sleep(0.5)
    server.kill()
    assert asking.wait(30) == 3


def children(pid):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return list(map(int, listed.stdout.split()))


def wait_until(so, seconds=10):
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)
