"""Numbers mean the same however they are written, and the schema says of which type they are."""

import pytest

from workflow.configuration.numbers import numbers


def choice(key, value):
    """A value of the baseline, as the configuration has it."""
    return numbers({"baseline": {key: value}})["baseline"][key]


def test_numbers_that_yaml_reads_as_strings_are_numbers():
    block = {"title": "2.1", "vary": {"learning_rate": ["1e-5", "3E-5"]}}
    read = numbers(
        {
            "seeds": ["0"],
            "baseline": {"initializer": {"name": "normal", "std": "1/3"}},
            "experiments": {"rates": block},
        }
    )
    assert read == {
        "seeds": [0],
        "baseline": {"initializer": {"name": "normal", "std": 1 / 3}},
        "experiments": {"rates": {"title": "2.1", "vary": {"learning_rate": [1e-5, 3e-5]}}},
    }


@pytest.mark.parametrize("written", [1000, 1000.0, "1000", "1e3", "1E+3", "1000.0", "2000/2"])
def test_whole_numbers_may_be_written_any_way(written):
    for key, value in (("epochs", written), ("hidden_units", [written, 1])):
        read = choice(key, value)
        (first, *_) = read if isinstance(read, list) else [read]
        assert (first, type(first)) == (1000, int)
    assert type(numbers({"seeds": [written]})["seeds"][0]) is int
    assert type(numbers({"seeds": written})["seeds"]) is int


@pytest.mark.parametrize("written", [1, 1.0, "1", "1.0", "1e0", "2/2"])
def test_what_need_not_be_whole_is_a_float(written):
    assert type(choice("slope", written)) is float
    assert type(choice("initializer", {"name": "uniform", "limit": written})["limit"]) is float
    assert type(choice("schedule", {"name": "cosine", "cycles": written})["cycles"]) is int


@pytest.mark.parametrize("written", ["1.5", 1.5, "many", True, float("nan"), "1e999", None, "1/0"])
def test_what_is_no_whole_number_is_left_for_the_schema_to_refuse(written):
    assert type(choice("epochs", written)) is not int


def test_a_number_too_long_for_a_float_is_infinite():
    assert choice("slope", 10**400) == choice("slope", "1e400") == float("inf")


@pytest.mark.parametrize("written", ["9" * 5000, "1/" + "9" * 500, "1e" + "9" * 500])
def test_thousands_of_digits_are_left_for_the_schema_to_refuse(written):
    config = {"epochs": written, "baseline": {"learning_rate": written}}
    assert numbers(config) == config


def test_null_on_the_command_line_is_null():
    assert numbers({"offline_fallback": "null"}) == {"offline_fallback": None}


def test_texts_stay_as_they_are():
    block = {"question": "2.1", "title": "1e3"}
    assert numbers({"dataset": "1", "experiments": {"x": block}}) == {
        "dataset": "1",
        "experiments": {"x": block},
    }
