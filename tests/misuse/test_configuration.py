"""Mistakes in a configuration: each ends in one line that names the key, what was found and expected."""

import copy
from pathlib import Path

import pytest
import yaml
from snakemake.utils import update_config

from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.settings import in_order, settle
from workflow.errors import line_of

HERE = Path(__file__).parent
COMMITTED = read(HERE.parents[1] / "config" / "config.yaml")
MISTAKES = [
    (mistake["given"], mistake["said"])
    for group in yaml.safe_load((HERE / "configuration.yaml").read_text()).values()
    for mistake in group
]


def planned(overlay):
    """What the Snakefile makes of an overlay, before it looks at any file."""
    config = copy.deepcopy(COMMITTED)
    update_config(config, yaml.safe_load(overlay))
    return plan(in_order(settle(config, COMMITTED), COMMITTED))


@pytest.mark.parametrize(("given", "said"), MISTAKES)
def test_a_mistake_is_one_line(given, said):
    with pytest.raises(ValueError) as error:
        planned(given)
    line = line_of(error.value)
    assert line is not None, error.value
    assert line.startswith(said)
    assert "\n" not in line and "expected" in line


def test_there_are_many():
    assert len(MISTAKES) >= 150


@pytest.mark.parametrize(
    "given",
    [
        "epochs: 1e2",
        "epochs: 2.0e+2",
        "seeds: [1e1, 2.0]",
        "seeds: '3'",
        "hidden_units: ['2e2', 128]",
        "baseline: {learning_rate: 1/3}",
        "experiments: {slope: null}",
        "experiments: {slope: {vary: {slope: [1, 1.0001]}}}",
        'datasets: {mnist: {mirrors: ["https://x.invalid/$(touch pwned)/"]}}',
        'datasets: {mnist: {title: "It\'s <b>mine</b> {2024} $(x)"}}',
    ],
)
def test_what_can_be_meant_is_let_in(given):
    assert planned(given).variants
