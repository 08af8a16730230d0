"""docs/your-own-assignment.md, done as it says: its files written, its commands called."""

import json
import re
import shlex
import subprocess
import sys

import pytest
import yaml

from tests.workflow.tree import ROOT, Tree
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.settings import settle
from workflow.warm import SOCKET

PAGE = (ROOT / "docs" / "your-own-assignment.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The first line of a block that is a file says where it goes.
FILE = re.compile(r"(?:# |\{# )(\S+)(?: #\})?\n")


def files():
    """Path → content of every file that the page shows."""
    return {
        FILE.match(text)[1]: text
        for _, text in BLOCK.findall(PAGE)
        if FILE.match(text) and "." in FILE.match(text)[1]
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The tree after all that the page says, and the results."""
    tree = Tree(tmp_path_factory.mktemp("own") / "tree")
    for path, text in files().items():
        (tree.folder / path).parent.mkdir(exist_ok=True)
        (tree.folder / path).write_text(text)
    printed = subprocess.run(
        [sys.executable, "make_data.py"],
        cwd=tree.folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for line in printed.splitlines():
        role, _, _ = line.partition(":")
        configuration = tree.folder / "config" / "four.yaml"
        before = configuration.read_text()
        after = re.sub(rf"^{role}: .*$", line, before, flags=re.MULTILINE)
        assert after != before
        configuration.write_text(after)
    (command,) = (text for kind, text in BLOCK.findall(PAGE) if kind == "sh")
    _, *arguments = shlex.split(command)
    called = tree.call(*arguments, env={SOCKET: None})
    assert called.returncode == 0, called.stdout + called.stderr
    return tree, tree.folder / "results" / "Four-digits"


def test_the_data_are_read_as_they_are_meant(done):
    _, results = done
    summary = json.loads((results / "data" / "summary.json").read_text())
    assert summary["image_shape"] == [8, 16]
    assert summary["classes"] == ["zero", "one", "two", "three"]
    assert sum(summary["train_counts"]) == 600
    assert min(summary["train_counts"]) > 100


def test_the_report_is_this_assignments(done):
    _, results = done
    page = (results / "report.html").read_text()
    for text in ("Four digits, two layers", "Introduction to Learning Machines", "Ada Example"):
        assert text in page
    assert '<span class="tag">5</span> Look inside' in page
    assert (results / "report.pdf").read_bytes().startswith(b"%PDF")
    answers = {a["key"]: a for a in json.loads((results / "answers.json").read_text())}
    assert [*answers][:3] == ["learning_rate", "How-wide", "activation"]
    assert answers["learning_rate"]["served_by"] == "learning_rate"


def test_a_question_is_told_in_words_of_its_own(done):
    _, results = done
    page = (results / "report.html").read_text()
    assert "Do 2 networks of" in page
    assert "differ in how many units they have?" in page


def test_what_all_runs_have_alike_goes_without_saying(done):
    """60 epochs and 32 – 16 units are this assignment's own; two narrow layers are not."""
    _, results = done
    whole = json.loads((results / "facts" / "whole.json").read_text())
    labels = [variant["label"] for variant in whole["variants"]]
    assert not [label for label in labels if "epochs" in label or "32 – 16" in label]
    assert sum("4 – 4 units" in label for label in labels) == 1


def test_nothing_is_left_to_do(done):
    tree, _ = done
    arguments = ("--configfile", "config/four.yaml", "--replace-workflow-config")
    assert not tree.would_run(*arguments)


def test_an_overlay_leaves_out_a_question_and_replaces_values_and_choices():
    committed = read(ROOT / "config" / "config.yaml")
    overlay = yaml.safe_load(files()["config/less.yaml"])
    merged = {key: dict(block) for key, block in committed["experiments"].items()}
    for key, block in overlay["experiments"].items():
        merged[key] = block and merged[key] | {"vary": merged[key]["vary"] | block["vary"]}
    experiments = plan(settle(committed | {"experiments": merged}, committed)).experiments
    assert "tanh" not in experiments
    assert len(experiments["slope"].variants) == 3
    assert experiments["relu"].varied == ("learning_rate",)
