"""What trains a run anew, and what does not: one run on a dataset of one's own, and mostly dry runs after it."""

import re

import pytest
import yaml

from report.origins import origins
from tests.workflow.own import own_dataset
from tests.workflow.tree import Tree, fingerprint, rules
from workflow.session import sums

RUN = "results/own/runs/sigmoid_mse_uniform_lr1e-05_4-epochs/seed0"
ASKED = [
    f"{RUN}/run.json", f"{RUN}/embedding.npz", "results/own/data/summary.json",
    "--configfile", "own.yaml",
]  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A tree with one run on four files of its own."""
    tree = Tree(tmp_path_factory.mktemp("stale") / "tree")
    entry = own_dataset(
        tree.folder / "own", {"train": 40, "test": 10}, title="My own", classes=["cat", "dog"]
    )
    entry["folder"] = "own"
    content = {"dataset": "own", "epochs": 4, "seeds": [0], "datasets": {"own": entry}}
    (tree.folder / "own.yaml").write_text(yaml.safe_dump(content))
    done = tree.call(*ASKED)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree.would_run(*ASKED) == {}
    return tree


@pytest.fixture
def edited(tree):
    """A function that edits a file of the tree; the test's end puts all back."""
    undo = []
    yield lambda *edit: undo.append(tree.edit(*edit))
    for put_back in reversed(undo):
        put_back()


def test_a_dataset_or_a_class_that_is_renamed_trains_nothing(tree, edited):
    edited("own.yaml", "My own", "Cats and dogs")
    edited("own.yaml", "- dog", "- hound")
    assert tree.would_run(*ASKED) == {"describe": 1}


SAID = [
    ("nn/datasets.py", "found no whole gzip file", "is no gzip file"),
    ("nn/hyperparameters.py", "expected two numbers", "expected a pair"),
    ("nn/activations.py", 'label="sigmoid"', 'label="logistic"'),
    ("nn/initializers.py", 'f"normal, std {number(std)}"', 'f"normal({number(std)})"'),
    ("workflow/errors.py", "return printable(str(error))", "return f'sorry: {error}'"),
    ("workflow/scripts/train.py", "s left", "seconds left"),
    ("workflow/origin.py", '"simd": simd(),', ""),
    ("workflow/origin.py", 'library.get("architecture")', '"Another"'),
]
MEASURED = ("nn/inspection.py", "SATURATION_MARGIN = 0.01", "SATURATION_MARGIN = 0.02")
DONE = [
    MEASURED,
    ("nn/activations.py", "LEAK = 0.01", "LEAK = 0.02"),
    ("nn/training.py", "W -= U", "W -= 2 * U"),
    ("workflow/scripts/train.py", "SNAPSHOTS = 12", "SNAPSHOTS = 13"),
]


PREPARE = "workflow/scripts/prepare.py"
ORDER = "train_order=blocks.greedy_order(dataset.train_images)"
MADE_BY_OTHER_CODE = "dataset.npz: was made by other code or settings; "


def test_data_that_other_code_makes_train_anew_only_where_they_come_out_different(tree, edited):
    def made_by_another_training():
        before = (tree.folder / RUN / "origin.json").read_text()
        done = tree.call(*ASKED)
        assert done.returncode == 0, done.stderr
        assert f"{MADE_BY_OTHER_CODE}made anew first" in done.stderr
        assert tree.would_run(*ASKED) == {}
        return (tree.folder / RUN / "origin.json").read_text() != before

    edited(PREPARE, "n_classes)]", "n_classes + 0)]")
    assert not made_by_another_training()
    edited(PREPARE, ORDER, f"{ORDER}[::-1]")
    assert made_by_another_training()
    edited(PREPARE, f"{ORDER}[::-1]", ORDER)
    edited(PREPARE, "n_classes + 0)]", "n_classes)]")
    assert made_by_another_training()


@pytest.mark.parametrize("asked", ["--dry-run", "--rerun-triggers=mtime", "--touch"])
def test_data_of_other_code_are_left_alone_where_nothing_is_asked_to_be_made(tree, edited, asked):
    edited(PREPARE, "n_classes)]", "n_classes + 0)]")
    inode = (tree.folder / "results/own/data/dataset.npz").stat().st_ino
    done = tree.call(*ASKED, asked)
    assert done.returncode == 0, done.stderr
    assert (MADE_BY_OTHER_CODE in done.stderr) == (asked == "--dry-run")
    assert (tree.folder / "results/own/data/dataset.npz").stat().st_ino == inode
    # What was touched is taken for that of the code as it is now.
    edited(PREPARE, "n_classes + 0)]", "n_classes)]")
    assert tree.call(*ASKED).returncode == 0


def test_what_is_only_said_trains_nothing(tree, edited):
    for edit in SAID:
        edited(*edit)
    assert tree.would_run(*ASKED) == {}


def test_another_measure_of_what_is_inside_trains_nothing(tree, edited):
    edited(*MEASURED)
    assert tree.would_run(*ASKED) == {"inspect": 1, "embedding": 1}


@pytest.mark.parametrize(
    "edit", [DONE[-1], ("workflow/origin.py", "version(name)", "'9.9.9'")], ids=lambda edit: edit[2]
)
def test_what_may_change_numbers_trains_anew(tree, edited, edit):
    edited(*edit)
    assert tree.would_run(*ASKED) == {"train": 1, "inspect": 1, "embedding": 1}


def test_what_a_run_does_not_use_of_a_table_leaves_it_alone(tree, edited):
    edited("nn/activations.py", "LEAK = 0.01", "LEAK = 0.02")
    edited("nn/losses.py", "LOSSES = {", 'LOSSES = {"another": Loss(abs, abs, "a", "a", "a"),')
    edited("nn/schedules.py", "1 + cos", "2 + cos")
    assert tree.would_run(*ASKED) == {}


@pytest.mark.parametrize("edit", SAID + DONE, ids=lambda edit: edit[2])
def test_code_is_told_by_its_fingerprint(tree, edited, edit):
    def code():
        return [
            fingerprint(tree.folder, f"workflow.scripts.{name}", numbers_only=True)
            for name in ("prepare", "train", "inspect")
        ]

    before = code()
    edited(*edit)
    assert (code() != before) == (edit in DONE)


def test_what_is_made_of_files_of_ones_own_reads_only_what_its_rule_declares(tree):
    read = tree.undeclared()
    # Wherever a file of the data comes from, it is what its SHA-256 says.
    assert {path.split("/")[0] for path in read.pop("fetch")} == {"own"}
    assert read == {
        name: set() for name in ("prepare", "describe", "train", "inspect", "embedding")
    }


def test_how_a_table_reads_leaves_numbers_alone_but_not_words(tree, edited):
    def code():
        return fingerprint(tree.folder, "workflow.scripts.draw", "report.figures.families")

    before = code()
    edited("nn/activations.py", 'label="sigmoid"', 'label="logistic"')
    assert code() != before


def test_a_run_says_what_made_it(tree):
    (found,) = origins([tree.folder / RUN])
    # A copy of the tree, outside of git.
    assert found["source"] is None and found["n"] == 1
    assert found["fingerprint"] == fingerprint(
        tree.folder, "workflow.scripts.train", numbers_only=True
    )


def test_the_origin_of_a_run_makes_nothing_anew(tree):
    file = tree.folder / RUN / "origin.json"
    mark = sums.read(file.parent)[file.name].mark
    file.write_text(file.read_text().replace("python", "Python"))
    sums.record([file], mark)
    assert tree.would_run(*ASKED) == {}


# What a rule's output is made of, where that is not its program's code.
PINNED = {"fetch": "sha256="}


@pytest.mark.parametrize(("name", "text"), list(rules()), ids=[name for name, _ in rules()])
def test_every_rule_with_a_program_is_stale_when_its_code_changes(name, text):
    program = re.search(r"python -m ([\w.]+)", text)
    if program and name in PINNED:
        assert PINNED[name] in text
    elif program and "output:" in text:  # what has none runs whenever it is asked for
        code = re.search(r"code=(?:lambda wildcards: )?fingerprint\(\s*\"([\w.]+)\"", text)
        assert code and code[1] == program[1]
