"""Numbers, however they are written, as the schema wants them.

In: a configuration as YAML or a command line gives it. Out: the same with whole numbers as int, all
others as float, and "null" as None: what means the same is the same. Used by settings.py.
"""

import re
from fractions import Fraction

from workflow.configuration.schema import schema

# YAML 1.1 reads 1e-5 as a string, 1/3 is one, and --config makes seeds=[0] one; all mean numbers.
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
LONGEST = 400  # characters of a number; the largest float has 309 digits
FRACTION = re.compile(r"[-+]?\d+/[1-9]\d*")


def numbers(config):
    """The configuration with every number of the type that its key has; the rest as it is."""
    return _typed(config, schema())


def _typed(value, part):
    """A value as a part of the schema wants it."""
    while "$ref" in part:
        part = _referred(part["$ref"])
    if isinstance(value, dict):
        own, others = part.get("properties", {}), part.get("additionalProperties") or {}
        return {key: _typed(inner, own.get(key, others)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner, part.get("items", {})) for inner in value]
    if value == "null":
        return None
    wanted = part.get("type", ())
    if "number" in wanted:
        # By way of its digits, a whole number too long for a float becomes infinite.
        return float(str(number)) if _is_number(number := _read(value)) else value
    if "integer" in wanted:
        whole = _is_number(number := _read(value)) and number == number // 1
        return int(number) if whole else value
    return value


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read(value):
    """The number that a text is, or the value as it is."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return value
    if value.isdecimal():
        return int(value)
    if NUMBER.fullmatch(value):
        return float(value)
    return float(Fraction(value)) if FRACTION.fullmatch(value) else value


def _referred(reference):
    """The part of the schema that "#/path/to/it" names."""
    part = schema()
    for key in reference.removeprefix("#/").split("/"):
        part = part[key]
    return part
