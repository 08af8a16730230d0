"""Results stay until their successors stand, and are what they were when they were made.

In a copy of the whole run: every rule fails in turn, results are damaged in every way.
"""

import json
import os
import re
import shutil
from collections import defaultdict

import pytest

from tests.workflow.tree import CHECKS, SMALL, Tree, rules
from workflow.session import sums
from workflow.session.keeping import sweep
from workflow.session.provenance import _output, recorded
from workflow.warm import SOCKET

# Of few questions: what is made anew of them is soon made.
RUN = "runs/sigmoid-k0.5_mse_uniform_lr1e-05_5-epochs/seed0"
OTHER_RUN = "runs/tanh_mse_normal-0.333333_lr1e-05_5-epochs/seed0"
# Program → the rules that call it.
PROGRAMS = defaultdict(set)
for rule, text in rules():
    for program in re.findall(r"python -m ([\w.]+)", text):
        if rule not in CHECKS:
            PROGRAMS[program].add(rule)
# Digits are bundled.
PROGRAMS.pop("workflow.scripts.fetch")


@pytest.fixture(scope="module")
def tree(built, tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("kept") / "tree")
    shutil.copytree(
        built.folder / "results", tree.folder / "results", copy_function=shutil.copyfile
    )
    assert tree.would_run() == {}
    return tree


def same(snapshot):
    """What two equal builds have in common; and what tells that a run was not trained anew."""
    return {
        path: digest
        for path, digest in snapshot.items()
        if path.name not in {*sums.VARYING, sums.NAME_VARYING}
        or (path.name == "origin.json" and RUN not in path.as_posix())
    }


def undo(tree, before):
    """As if the last call had not been: no mark that a job has not ended, and all sums."""
    shutil.rmtree(tree.folder / ".snakemake" / "incomplete")
    marks = recorded(tree.folder / ".snakemake" / "metadata")
    for path in before:
        if path.name not in sums.NAMES:
            sums.record([path], marks[path.relative_to(tree.folder).as_posix()])
    assert tree.snapshot() == before


# One that makes many results, one in the middle, one at the end; the others take longer together.
SHORT = {"workflow.scripts.train", "workflow.scripts.facts", "workflow.scripts.report"}


@pytest.mark.parametrize(
    "program",
    [pytest.param(p, marks=() if p in SHORT else pytest.mark.long) for p in PROGRAMS],
)
def test_a_job_that_fails_leaves_every_result_and_one_line(tree, program):
    before = tree.snapshot()
    script = f"{program.replace('.', '/')}.py"
    put_back = tree.edit(
        script, "def main():\n", "def main():\n    raise SystemExit('broken here')\n"
    )
    done = tree.call(*SMALL)
    put_back()
    assert done.returncode == 1
    assert not re.search("Traceback|CalledProcessError|WorkflowError", done.stderr)
    *_, last = done.stderr.rstrip().splitlines()
    line = re.fullmatch(r"broken here \(more: (\w+), (results/digits/logs/\S+\.log)\)", last)
    assert line and line[1] in PROGRAMS[program] and (tree.folder / line[2]).exists()
    assert done.stderr.count("broken here") == 1
    now = tree.snapshot()
    assert {path: now.get(path) for path in before if path.name not in sums.NAMES} == {
        path: digest for path, digest in before.items() if path.name not in sums.NAMES
    }
    assert PROGRAMS[program] & tree.would_run().keys()
    undo(tree, before)


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:20])


def empty(path):
    path.write_bytes(b"")


def edit(path):
    facts = json.loads(path.read_text())
    path.write_text(json.dumps(facts | {"train_accuracy": 99.9}, indent=1))


DAMAGED = {
    "data/dataset.npz": flip_a_bit,
    "data/summary.json": cut,
    f"{RUN}/weights.npz": flip_a_bit,
    f"{RUN}/embedding.npz": flip_a_bit,
    f"{RUN}/history.csv": cut,
    f"{RUN}/inside.npz": empty,
    f"{RUN}/inside.json": cut,
    f"{RUN}/run.json": edit,
    f"{RUN}/origin.json": empty,
    "experiments/slope.json": empty,
    "figures/data.svg": empty,
    "config.yaml": empty,
    "runs.txt": cut,
    "pocket.json": cut,
    "machine.json": cut,
    "timings.csv": empty,
    "report.pdf": flip_a_bit,
}


def test_what_is_damaged_is_named_and_made_anew_and_nothing_else(tree):
    before = tree.snapshot()
    folder = tree.folder / "results" / "digits"
    for name, damage in DAMAGED.items():
        damage(folder / name)
    # Not a result, but read by what makes timings.csv.
    measured = folder / f"benchmarks/train/{RUN.removeprefix('runs/')}.tsv"
    empty(measured)
    # Of this one no job is known to have ended.
    sums.forget([folder / "runs.csv"])
    dry = tree.call(*SMALL, "--dry-run")
    assert dry.returncode == 0 and "Traceback" not in dry.stderr
    for name in DAMAGED:
        assert sums.digest(folder / name) != before[folder / name], "a dry run changes nothing"
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    for name in DAMAGED:
        assert done.stderr.count(f"results/digits/{name}: found it damaged or edited") == 1
    assert same(tree.snapshot()) == same(before)
    assert len(measured.read_text().splitlines()) == 2


@pytest.mark.long
def test_what_is_no_file_any_longer_is_made_anew_and_so_is_a_measurement(tree):
    before = tree.snapshot()
    folder = tree.folder / "results" / "digits"
    pipe, link = folder / "experiments/tanh.json", folder / "answers.json"
    measured = folder / f"benchmarks/train/{RUN.removeprefix('runs/')}.tsv"
    pipe.unlink()
    os.mkfifo(pipe)
    link.unlink()
    link.symlink_to("/nowhere/answers.json")
    measured.write_text("junk")
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    for path in (pipe, link, measured):
        assert (
            done.stderr.count(f"{path.relative_to(tree.folder)}: found it damaged or edited") == 1
        )
    assert same(tree.snapshot()) == same(before)
    assert len(measured.read_text().splitlines()) == 2


@pytest.mark.long
def test_runs_that_were_swapped_are_trained_anew(tree):
    run, other = tree.folder / "results/digits" / RUN, tree.folder / "results/digits" / OTHER_RUN
    before = [(path / "weights.npz").read_bytes() for path in (run, other)]
    for source, target in ((run, run.with_name("x")), (other, run), (run.with_name("x"), other)):
        source.rename(target)
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    assert [(path / "weights.npz").read_bytes() for path in (run, other)] == before


def test_a_job_that_writes_nothing_is_not_believed(tree):
    before = tree.snapshot()
    put_back = tree.edit("workflow/scripts/table.py", "def main():\n", "def main():\n    return\n")
    done = tree.call(*SMALL)
    put_back()
    assert done.returncode == 1
    *_, last = done.stderr.rstrip().splitlines()
    assert last.startswith("results/digits/runs.csv: found it as it was before its job, expected")
    undo(tree, before)
    assert tree.call(*SMALL).returncode == 0


@pytest.mark.parametrize(
    "record_says",
    [None, *(pytest.param(s, marks=pytest.mark.long) for s in ("garbage", "{}", "[]"))],
)
def test_results_of_which_nobody_knows_what_made_them_are_made_anew(tree, record_says):
    """Their code may have changed since; Snakemake alone would take them as they are."""
    before = tree.snapshot()
    for record in (tree.folder / "results/.provenance").rglob("*"):
        if record.is_file() and _output(
            record.relative_to(tree.folder / "results/.provenance")
        ).endswith("runs.csv"):
            record.unlink() if record_says is None else record.write_text(record_says)
    put_back = tree.edit("workflow/scripts/table.py", "return", "return 1 and")
    planned = tree.call("results/digits/runs.csv", "--dry-run", *SMALL)
    done = tree.call("results/digits/runs.csv", *SMALL)
    put_back()
    for call in (planned, done):
        assert call.returncode == 0, call.stderr
        assert (
            "results/digits/runs.csv: found no sum or no record of how it was made" in call.stderr
        )
        assert "table" in call.stdout + call.stderr
    assert tree.call(*SMALL).returncode == 0
    assert same(tree.snapshot()) == same(before)


def test_a_run_of_other_code_that_is_laid_over_is_noticed(tree, tmp_path):
    """With its sums, and newer than all else: it is whole, and yet not what belongs there."""
    before = tree.snapshot()
    run = tree.folder / "results/digits" / RUN
    shutil.copytree(run, tmp_path / "old")
    put_back = tree.edit("nn/activations.py", "z *= slope / 2\n", "z *= slope / 2.5\n")
    target = (run / "run.json").relative_to(tree.folder)
    assert tree.call(target, *SMALL).returncode == 0
    trained = (run / "weights.npz").read_bytes()
    shutil.rmtree(run)
    shutil.copytree(tmp_path / "old", run, copy_function=shutil.copyfile)
    done = tree.call(target, *SMALL)
    assert done.returncode == 0, done.stderr
    assert "or those of another, expected its own" in done.stderr
    assert (run / "weights.npz").read_bytes() == trained
    put_back()
    assert tree.call(*SMALL).returncode == 0
    assert same(tree.snapshot()) == same(before)


@pytest.mark.long
def test_forks_make_what_processes_make(tree):
    before = tree.snapshot()
    for note in tree.opened.iterdir():
        note.unlink()
    done = tree.call(*SMALL, "--forcerun", "describe", env={SOCKET: None})
    assert done.returncode == 0, done.stderr
    assert same(tree.snapshot()) == same(before)
    began = {
        word for note in tree.opened.iterdir() for word in json.loads(note.read_text())["command"]
    }
    assert (
        not {"workflow.scripts.draw", "workflow.scripts.facts", "workflow.scripts.report"} & began
    )


def test_results_dated_in_the_future_are_of_today(tree):
    before = tree.snapshot()
    for path in before:
        os.utime(path, (4e9, 4e9))
    (tree.folder / "results/digits/runs.csv").unlink()
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    assert same(tree.snapshot()) == same(before)
    assert tree.would_run() == {}


def test_damage_behind_a_link_is_found(tree, tmp_path):
    before = tree.snapshot()
    run = tree.folder / "results/digits" / RUN
    run.parent.rename(tmp_path / "moved")
    run.parent.symlink_to(tmp_path / "moved")
    (run / "history.csv").write_text("epoch,loss\n1,2\n")
    done = tree.call(*SMALL)
    assert done.returncode == 0, done.stderr
    assert "history.csv: found it damaged or edited" in done.stderr
    run.parent.unlink()
    (tmp_path / "moved").rename(run.parent)
    assert same(tree.snapshot()) == same(before)


def test_what_no_rule_makes_any_longer_may_be_damaged(tree):
    figures = tree.folder / "results/digits/figures"
    of_a_variant = next(figures.glob("runs/*-k0.5_*")) / "row.svg"
    for_later = [
        tree.edit(dropped.relative_to(tree.folder), "<svg", "<SVG")
        for dropped in (figures / "experiments/slope/bars.svg", of_a_variant)
    ]
    table = "results/digits/runs.csv"
    done = tree.call(table, *SMALL, "--config", "experiments={slope: null, slope_and_scale: null}")
    for put_back in for_later:
        put_back()
    assert done.returncode == 0, done.stderr
    assert "damaged" not in done.stderr
    assert tree.call(*SMALL).returncode == 0


def test_what_was_left_half_written_is_swept_away(tmp_path):
    for name in (".run.json.123", "config.yaml.part", "run.json", ".hidden", "a.123"):
        (tmp_path / name).write_text("")
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"run.json", ".hidden", "a.123"}
