"""A configuration is read, laid over, and settled; what cannot be meant is refused in one line."""

import copy

import pytest
import yaml

from workflow.configuration.schema import ConfigurationError
from workflow.configuration.settings import in_order, published, settle


def test_what_means_the_same_is_settled_to_the_same(config):
    before = settle(copy.deepcopy(config))
    config |= {"epochs": "2e2", "seeds": "3", "target_accuracy": 90.0}
    config["baseline"] |= {
        "learning_rate": 0.00001,
        "initializer": {"name": "uniform", "limit": 1.0},
    }
    config["experiments"]["slope"]["vary"]["slope"] = ["0.1", 0.4, "1/2", 1.0, 1.2]
    assert settle(config) == before
    assert settle(before) == before


def test_results_from_before_reports_had_names_are_called_as_committed(config):
    older = {key: value for key, value in copy.deepcopy(config).items() if key != "report"}
    assert "report" not in settle(older)
    assert settle(older, committed=config)["report"] == config["report"]


def test_so_many_seeds_are_those_from_0_on(config):
    config["seeds"] = 4
    config["experiments"]["slope"]["seeds"] = "2"
    settled = settle(config)
    assert settled["seeds"] == [0, 1, 2, 3]
    assert settled["experiments"]["slope"]["seeds"] == [0, 1]


@pytest.mark.parametrize("null", [None, "null"])
def test_null_drops_an_experiment_or_what_stands_in_it(config, null):
    config["experiments"]["slope"] = null
    config["experiments"]["relu_losses"]["set"]["learning_rate"] = null
    config["baseline"]["initializer"] = {"name": "normal", "limit": null}
    settled = settle(config)
    assert "slope" not in settled["experiments"]
    assert "learning_rate" not in settled["experiments"]["relu_losses"]["set"]
    assert settled["baseline"]["initializer"] == {"name": "normal"}
    assert settled["datasets"]["mnist"]["folder"] is None


def test_an_overlays_keys_come_in_the_committed_order(config):
    overlaid = {
        "experiments": {"new": {}, "slope": {"vary": {"loss": [], "slope": []}}, "tanh": {}}
    }
    overlaid["baseline"] = {}
    ordered = in_order(overlaid, config)
    assert list(ordered) == ["baseline", "experiments"]
    assert list(ordered["experiments"]) == ["slope", "tanh", "new"]
    assert list(ordered["experiments"]["slope"]["vary"]) == ["slope", "loss"]
    assert ordered == overlaid


def change(config, path, value):
    *parents, last = path.split(".")
    for key in parents:
        config = config[key]
    config[last] = value


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("epoch", 10, "configuration: found unknown key 'epoch', expected one of"),
        ("epochs", 0, "epochs: found 0, expected a number of 1 or more"),
        ("epochs", "many", "epochs: found 'many', expected a whole number"),
        ("epochs", 1.5, "epochs: found 1.5, expected a whole number"),
        ("hidden_units", [64, "32.5"], "hidden_units: found '32.5', expected a whole number"),
        ("seeds", [], "seeds: found [], expected 1 or more values"),
        ("seeds", [1, 1], "seeds: found [1, 1], expected every value once"),
        ("seeds", 0, "seeds: found 0, expected a number of 1 or more"),
        ("seeds", [0, -1], "seeds: found -1, expected a number of 0 or more"),
        ("seeds", "few", "seeds: found 'few', expected a list or a whole number"),
        ("dataset", "mnits", "did you mean 'mnist'?"),
        ("offline_fallback", "digit", "offline_fallback: found 'digit'"),
        ("target_accuracy", 900, "target_accuracy: found 900.0, expected a number of 100 or less"),
        (
            "baseline.learning_rate",
            -1,
            "baseline.learning_rate: found -1.0, expected a number above 0",
        ),
        (
            "experiments.learning_rate.vary.learning_rate",
            [float("inf")],
            "experiments.learning_rate.vary.learning_rate: found inf, expected a finite number",
        ),
        (
            "baseline.initializer",
            {"name": "normal", "std": float("nan")},
            "baseline.initializer.std: found nan, expected a finite number",
        ),
        ("baseline.learningrate", 1, "did you mean 'learning_rate'?"),
        (
            "baseline.initializer",
            {"name": "normal", "std": -1},
            "baseline.initializer.std: found -1.0",
        ),
        (
            "experiments.slope.vary.slope",
            [],
            "experiments.slope.vary.slope: found [], expected 1 or",
        ),
        (
            "experiments.slope.vary.slope",
            [0],
            "experiments.slope.vary.slope: found 0.0, expected a",
        ),
        (
            "experiments.slope.vary",
            {"slop": [1]},
            "experiments.slope.vary: found unknown key 'slop', expected one",
        ),
        (
            "experiments.slope.vary",
            {"slope": [1], "epochs": [1], "labels": ["original"]},
            "expected at most 2 keys; make another experiment of the rest",
        ),
        ("experiments.slope.vary", {}, "experiments.slope.vary: found {}, expected 1 or more"),
        (
            "experiments.slope.vary.slope",
            [1, "1.0"],
            "experiments.slope.vary.slope: found [1.0, 1.0], expected every value once",
        ),
        (
            "experiments.slope.seeds",
            {"from": 0},
            "experiments.slope.seeds: found {'from': 0}, expected a list or a whole number",
        ),
        ("experiments.slope.title", "", "experiments.slope.title: found '', expected text that is"),
        ("experiments", {}, "experiments: found {}, expected 1 or more entries"),
        ("experiments", {"slope": None}, "experiments: found {}, expected 1 or more entries"),
        ("experiments", None, "experiments: found null, expected keys and values"),
        ("experiments", {2: {"vary": {"slope": [1]}}}, "experiments: found 2, expected text"),
        ("experiments.slope", [1], "experiments.slope: found [1], expected keys and values"),
        (
            "datasets.mnist.files.train_labels.sha256",
            "abc",
            "sha256: found 'abc', expected a SHA-256: 64 hexadecimal digits",
        ),
        (
            "datasets.mnist.files.train_labels.sha256",
            "d" * 32,
            "expected a SHA-256: 64 hexadecimal",
        ),
        ("datasets.mnist.files.train_labels.name", "../x.gz", "found '../x.gz', expected a file's"),
        ("datasets.mnist.files.train_labels.name", "$(touch x).gz", "expected a file's name: let"),
        (
            "datasets.mnist.files.train_labels.name",
            "dataset.npz",
            "dataset.npz, summary.json or SHA",
        ),
        ("datasets.mnist.mirrors", ["ftp://x.invalid/"], "expected an address that begins with"),
        ("datasets.mnist.mirrors", ["https://x.invalid"], "ends with /"),
        ("experiments", {"my own": {"vary": {"slope": [1]}}}, "found 'my own', expected a name of"),
    ],
)
def test_what_cannot_be_meant_is_named_in_one_line(config, path, value, said):
    change(config, path, value)
    with pytest.raises(ConfigurationError) as error:
        settle(config)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_sha256_in_capitals_and_a_mirror_without_encryption_are_fine(config):
    files = config["datasets"]["mnist"]["files"]
    before = files["train_labels"]["sha256"]
    files["train_labels"]["sha256"] = before.upper()
    config["datasets"]["mnist"]["mirrors"] = ["http://x.invalid/mnist/"]
    assert settle(config)["datasets"]["mnist"]["files"]["train_labels"]["sha256"] == before


def test_a_folder_of_this_machine_is_not_published(config):
    config["datasets"]["mnist"]["folder"] = "/home/me/mnist"
    told = published(settle(config))
    assert "/home/me" not in yaml.safe_dump(told)
    assert settle(copy.deepcopy(told))["datasets"]["mnist"]["files"]
