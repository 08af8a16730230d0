"""config/README.md names every choice there is, and none that there is not."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from nn import Hyperparameters
from nn.activations import ACTIVATIONS
from nn.hyperparameters import LABELS
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from nn.specs import defaults, options

README = Path(__file__).parents[1] / "config" / "README.md"


def rows():
    """Key → what the table of choices says of it; rows may be of several keys."""
    section = README.read_text().split("\n## Choices\n")[1].split("\n## ")[0]
    return {
        key: said.replace("\\|", "|")
        for keys, said in re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.MULTILINE)
        for key in re.findall(r"`(\w+)`", keys)
    }


def test_every_key_has_a_row():
    assert set(rows()) == {field.name for field in fields(Hyperparameters)}


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("activation", {name for name, entry in ACTIVATIONS.items() if entry.derivative}),
        ("slope", {name for name, entry in ACTIVATIONS.items() if entry.takes_slope}),
        ("loss", set(LOSSES)),
        ("labels", set(LABELS)),
    ],
)
def test_a_row_lists_the_names(key, names):
    assert set(re.findall(r"`(\w+)`", rows()[key])) == names


def test_the_row_of_the_output_activation_lists_those_that_are_fit_for_it_alone():
    of_a_row = {name for name, entry in ACTIVATIONS.items() if not entry.derivative}
    assert of_a_row <= set(re.findall(r"`(\w+)`", rows()["output_activation"]))


@pytest.mark.parametrize(("key", "table"), [("initializer", INITIALIZERS), ("schedule", SCHEDULES)])
def test_a_row_lists_the_names_with_their_parameters(key, table):
    examples = [yaml.safe_load(example) for example in re.findall(r"`(.+?)`", rows()[key])]
    specs = [{"name": each} if isinstance(each, str) else each for each in examples]
    assert sorted(spec["name"] for spec in specs) == sorted(table)
    for spec in specs:
        function = table[spec["name"]].function
        assert set(spec) == {"name", *defaults(function)}
        for parameter, words in options(function).items():
            assert spec[parameter].split(" | ") == list(words)
