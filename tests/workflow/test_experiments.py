"""Configuration → runs: what is named, what is shared, and what is refused in one line."""

import copy
from pathlib import Path

import pytest
import yaml

from workflow.experiments import ConfigurationError, numbers, plan, read

CONFIG = yaml.safe_load((Path(__file__).parents[2] / "config" / "config.yaml").read_text())


@pytest.fixture
def config():
    return copy.deepcopy(CONFIG)


def test_the_assignment_is_covered(config):
    made = plan(config)
    questions = {experiment.question for experiment in made.experiments.values()}
    assert {"2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "Extra", "Appendix"} == questions
    assert made.baseline == "sigmoid_mse_uniform_lr1e-05"
    rates = made.experiments["learning_rate"]
    assert rates.values == (3e-5, 2e-5, 1e-5, 1e-3, 1e-1)


def test_questions_that_need_the_same_run_share_it(config):
    made = plan(config)
    assert made.baseline in made.experiments["learning_rate"].runs
    assert made.baseline in made.experiments["slope"].runs
    assert made.baseline in made.experiments["initialization"].runs


def test_a_value_more_is_a_run_more_and_leaves_the_others_their_names(config):
    before = plan(config).runs
    config["experiments"]["learning_rate"]["vary"]["learning_rate"].append("5e-5")
    after = plan(config).runs
    assert set(after) - set(before) == {"sigmoid_mse_uniform_lr5e-05"}
    assert set(before) < set(after)


def test_a_whole_experiment_is_three_lines(config):
    config["experiments"]["width"] = {"vary": {"hidden_units": [[64, 32], [256, 128]]}}
    experiment = plan(config).experiments["width"]
    assert experiment.title == "Width"
    assert experiment.runs == (
        "sigmoid_mse_uniform_lr1e-05_64-32-units",
        "sigmoid_mse_uniform_lr1e-05",
    )


def test_every_choice_is_in_the_name(config):
    config["epochs"] = 50
    assert plan(config).baseline == "sigmoid_mse_uniform_lr1e-05_50-epochs"


def test_numbers_that_yaml_reads_as_strings_are_numbers():
    read = numbers(
        {"learning_rate": ["1e-5", "3E-5"], "std": "1/3", "seeds": ["0"], "title": "2.1"}
    )
    assert read == {"learning_rate": [1e-5, 3e-5], "std": 1 / 3, "seeds": [0], "title": "2.1"}


def test_null_on_the_command_line_is_null():
    assert numbers({"offline_fallback": "null"}) == {"offline_fallback": None}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("epochs: 3\nseeds: [0\n", "config.yaml, line 3: found no YAML"),
        ("", "config.yaml: found no keys"),
        (None, "config.yaml: found no file to read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, content, said):
    path = tmp_path / "config.yaml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigurationError) as error:
        read(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


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
        ("seeds", [], "seeds: found [], expected 1 or more values"),
        ("seeds", [1, 1], "seeds: found [1, 1], expected every value once"),
        ("dataset", "mnits", "did you mean 'mnist'?"),
        ("offline_fallback", "digit", "offline_fallback: found 'digit'"),
        ("target_accuracy", 900, "target_accuracy: found 900, expected a number of 100 or less"),
        (
            "baseline.learning_rate",
            -1,
            "baseline.learning_rate: found -1, expected a number above 0",
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
        (
            "baseline.activation",
            "sigmiod",
            "baseline: activation: found 'sigmiod', expected one of",
        ),
        ("baseline.learningrate", 1, "did you mean 'learning_rate'?"),
        (
            "baseline.initializer",
            {"name": "normal", "std": -1},
            "baseline.initializer.std: found -1",
        ),
        (
            "experiments.slope.vary.slope",
            [],
            "experiments.slope.vary.slope: found [], expected 1 or",
        ),
        ("experiments.slope.vary.slope", [0], "experiments.slope.vary.slope: found 0, expected a"),
        (
            "experiments.slope.vary",
            {"slop": [1]},
            "experiments.slope.vary: found 'slop', expected one",
        ),
        (
            "experiments.slope.vary.slope",
            [0.5, 0.50000001],
            "found two values that both make the run",
        ),
        (
            "experiments.relu.vary.activation",
            ["relu", "relu7"],
            "experiments.relu.vary.activation: ",
        ),
        ("experiments", {}, "experiments: found {}, expected 1 or more entries"),
        (
            "datasets.mnist.files.train_labels.sha256",
            "abc",
            "sha256: found 'abc', expected text like",
        ),
    ],
)
def test_what_cannot_be_meant_is_named_in_one_line(config, path, value, said):
    change(config, path, value)
    with pytest.raises(ConfigurationError) as error:
        plan(config)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
