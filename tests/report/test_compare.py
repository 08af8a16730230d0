"""What differs between two results is said, and what seeds explain is not called a difference."""

import json

import pytest
import yaml
from report.compare import compare, render


@pytest.fixture
def results(tmp_path):
    """A function: name, {run: [accuracy of each seed]}, settings → a results folder."""

    def make(name, runs, epochs=200, numpy="2.4"):
        folder = tmp_path / name
        folder.mkdir()
        rows = [
            f"{run},{seed},{accuracy},{accuracy - 1}"
            for run, accuracies in runs.items()
            for seed, accuracy in enumerate(accuracies)
        ]
        (folder / "runs.csv").write_text(
            "\n".join(["run,seed,train_accuracy,test_accuracy", *rows]) + "\n"
        )
        (folder / "config.yaml").write_text(yaml.safe_dump({"epochs": epochs, "seeds": [0, 1]}))
        (folder / "machine.json").write_text(json.dumps({"versions": {"numpy": numpy}}))
        return folder

    return make


def verdicts(here, there):
    return {pair.name: pair.verdict for pair in compare(here, there)["pairs"]}


def test_a_difference_is_one_only_beyond_the_seeds(results):
    here = results("here", {"a": [50, 52], "b": [50, 52], "c": [50, 52], "d": [50, 52]})
    there = results("there", {"a": [50, 52], "b": [51, 53], "c": [60, 62], "d": [40, 42]})
    assert verdicts(here, there) == {"a": "same", "b": "close", "c": "lower", "d": "higher"}


def test_one_seed_cannot_say(results):
    here, there = results("here", {"a": [50]}), results("there", {"a": [60]})
    assert verdicts(here, there) == {"a": "unknown"}
    assert "one seed cannot say" in render(here, there)


def test_settings_and_runs_that_only_one_has_are_named(results):
    here = results("here", {"a": [50, 52], "b": [1, 2]})
    there = results("there", {"a": [50, 52], "c": [1, 2]}, epochs=100, numpy="2.5")
    found = compare(here, there)
    assert found["configuration"] == [("epochs", "200", "100")]
    assert found["machine"] == [("versions.numpy", '"2.4"', '"2.5"')]
    assert (found["only_here"], found["only_there"]) == (["b"], ["c"])


def test_equal_results_are_called_equal(results):
    runs = {"a": [50, 52], "b": [10, 20]}
    page = render(results("here", runs), results("there", runs))
    assert "All 2 runs that both have are the same to the last digit." in page
    assert "Their configurations are the same, and so are versions and machine." in page
