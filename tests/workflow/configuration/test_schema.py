"""The schema, and the words for whatever breaks it."""

from dataclasses import fields
from types import SimpleNamespace

import pytest

from nn import Hyperparameters
from nn.hyperparameters import LABELS
from nn.initializers import INITIALIZERS
from nn.schedules import SCHEDULES
from nn.specs import defaults, options
from workflow.configuration import schema as schemas
from workflow.configuration.schema import ConfigurationError, Validator, check, known, schema

TABLES = {"initializer": INITIALIZERS, "schedule": SCHEDULES}
# Only hold values of one kind together, and say nothing of their own.
STRUCTURE = {"$ref", "$defs", "$schema", "properties", "items", "propertyNames", "description"}


def parts(part):
    """All schemas in a schema."""
    yield part
    inner = [part.get("items"), part.get("propertyNames"), part.get("additionalProperties")]
    inner += [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
    for each in inner:
        if isinstance(each, dict):
            yield from parts(each)


def test_the_schema_is_one():
    Validator.check_schema(schema())


def test_every_choice_can_be_set_and_varied():
    names = {field.name for field in fields(Hyperparameters)}
    block = schema()["properties"]["experiments"]["additionalProperties"]["properties"]
    assert set(schema()["$defs"]["choices"]["properties"]) == names
    for name, values in block["vary"]["properties"].items():
        assert values["items"] == {"$ref": f"#/$defs/choices/properties/{name}"}
    assert set(block["vary"]["properties"]) == names


def test_every_parameter_of_a_choice_has_its_type():
    types = schema()["$defs"]["named"]["properties"]
    for entry in (entry for table in TABLES.values() for entry in table.values()):
        for name, default in defaults(entry.function).items():
            if isinstance(default, str):
                assert set(types[name]["enum"]) == set(options(entry.function)[name])
            else:
                assert types[name]["type"] == {int: "integer", float: "number"}[type(default)]


def test_there_are_words_for_all_that_the_schema_asks():
    asked = {
        (keyword, str(value)): (keyword, value, part)
        for part in parts(schema())
        for keyword, value in part.items()
        if keyword not in STRUCTURE and not (keyword == "additionalProperties" and value)
    }
    assert len({keyword for keyword, _, _ in asked.values()}) > 10
    for keyword, value, part in asked.values():
        error = SimpleNamespace(
            validator=keyword,
            validator_value=value,
            schema={"properties": {"known": {}}} | part,
            instance={"unknown": 1} if keyword == "additionalProperties" else {},
            absolute_path=("key",),
        )
        assert "expected" in schemas._explain(error)


def test_what_is_missing_is_named(config):
    del config["baseline"]
    with pytest.raises(
        ConfigurationError, match="configuration: found no 'baseline', expected one"
    ):
        check(config)


def test_a_name_close_to_a_known_one_is_guessed():
    known("original", LABELS, "labels")
    with pytest.raises(ConfigurationError, match=r"labels: found 'orignal', .*mean 'original'\?"):
        known("orignal", LABELS, "labels")
