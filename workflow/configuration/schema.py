"""The schema: what a configuration may say, and what is wrong with it in one line.

In: a configuration with its numbers as numbers. Out: nothing, or a `ConfigurationError`. Used by
settings.py and, to look up types, by numbers.py.
"""

import difflib
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path

import jsonschema
import yaml

SCHEMA = Path(__file__).parents[1] / "schemas" / "config.schema.yaml"
LONGEST = 100  # characters of a value that are shown
TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a finite number",
    "object": "keys and values",
    "string": "text",
}


class ConfigurationError(ValueError):
    """A configuration that cannot be meant; the message is one line for the user."""


def _is_finite_number(checker, value):
    # A whole number may be too long for a float.
    is_number = jsonschema.Draft202012Validator.TYPE_CHECKER.is_type(value, "number")
    return is_number and (isinstance(value, int) or isfinite(value))


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("number", _is_finite_number),
)


@cache
def schema():
    return yaml.safe_load(SCHEMA.read_text())


def check(config):
    """Hold a configuration against the schema.

    Raises
    ------
    ConfigurationError
        Naming the first key that is wrong, what was found, what was expected.
    """
    errors = Validator(schema()).iter_errors(config)
    first = min(errors, key=lambda error: list(map(str, error.path)), default=None)
    if first:
        raise ConfigurationError(_explain(first))


def known(name, names, where):
    """Hold a name against those that there are."""
    if name not in names:
        raise ConfigurationError(f"{where}: found {_shown(name)}{_instead(name, names)}")


def _explain(error):
    # The value that was found says which of a list is meant.
    where = ".".join(key for key in error.absolute_path if isinstance(key, str)) or "configuration"
    if error.validator == "additionalProperties":
        names = error.schema["properties"]
        unknown = next(key for key in error.instance if key not in names)
        return f"{where}: found unknown key {unknown!r}{_instead(unknown, names)}"
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        return f"{where}: found no {missing!r}, expected one; add it"
    expected = {
        "type": lambda value: " or ".join(
            TYPES[name] for name in ([value] if isinstance(value, str) else value)
        ),
        "enum": lambda value: "one of " + ", ".join(value),
        "minItems": lambda value: f"{value} or more values; add one or remove the block",
        "minLength": lambda value: "text that is not empty",
        "maxLength": lambda value: f"at most {value} characters",
        "minProperties": lambda value: f"{value} or more entries; add one or remove the block",
        "maxItems": lambda value: f"at most {value} values",
        "maxProperties": lambda value: f"at most {value} keys; make another experiment of the rest",
        "minimum": lambda value: f"a number of {value} or more",
        "exclusiveMinimum": lambda value: f"a number above {value}",
        "maximum": lambda value: f"a number of {value} or less",
        "uniqueItems": lambda value: "every value once; remove the repeated one",
        "pattern": lambda value: error.schema["description"],
        "dependentRequired": lambda value: f"'files' beside {' or '.join(map(repr, value))}",
        "oneOf": lambda value: "either 'bundled', or 'files' and 'classes'",
    }[error.validator]
    told = expected(error.validator_value)
    if TYPES["string"] in told and isinstance(error.instance, int | float | date):
        told += "; put it into quotes"
    return f"{where}: found {_shown(error.instance)}, expected {told}"


def _shown(value):
    """A value as YAML has it, where that differs; a long one cut short."""
    words = {None: "null", True: "true", False: "false"}
    text = words[value] if value is None or isinstance(value, bool) else repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _instead(name, names):
    return f", expected one of {', '.join(names)}{did_you_mean(name, names)}"


def did_you_mean(name, names):
    """What to say of a name that is none of those, where it is close to one."""
    close = difflib.get_close_matches(str(name).lower(), list(names), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
