"""Configuration → runs (what is trained) and experiments (who shows which runs).

In: the merged configuration, as YAML gives it. Out: a `Plan`: every run by its name, and for every
experiment the runs it shows. Used by the Snakefile and the rules.
"""

import difflib
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isfinite
from pathlib import Path

import jsonschema
import yaml

from nn.hyperparameters import HyperparameterError, Hyperparameters
from nn.initializers import INITIALIZERS
from nn.losses import LOSSES
from nn.schedules import SCHEDULES
from nn.specs import defaults

SCHEMA = Path(__file__).parent / "schemas" / "config.schema.yaml"
# YAML 1.1 reads 1e-5 as a string, 1/3 is one, and --config makes seeds=[0] one; all mean numbers.
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
FRACTION = re.compile(r"[-+]?\d+/[1-9]\d*")
NUMERIC_KEYS = {
    "slope", "learning_rate", "limit", "std", "lam", "scale", "minimum", "cycles",
    "epochs", "seeds", "hidden_units", "target_accuracy",
}  # fmt: skip


WHOLE = {"$ref": "#"}
TYPES = {
    "array": "a list",
    "integer": "a whole number",
    "null": "null",
    "number": "a finite number",
    "object": "keys and values",
    "string": "text",
}


def _is_finite_number(checker, value):
    return jsonschema.Draft202012Validator.TYPE_CHECKER.is_type(value, "number") and isfinite(value)


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("number", _is_finite_number),
)


class ConfigurationError(ValueError):
    """A configuration that cannot be meant; the message is one line for the user."""


@dataclass(frozen=True)
class Experiment:
    """One question: the key it varies and, for each value in turn, the run that has it."""

    key: str
    question: str
    title: str
    varied: str
    values: tuple
    runs: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """All runs by name, and the experiments that show them, in the configuration's order."""

    runs: dict[str, Hyperparameters]
    experiments: dict[str, Experiment]
    baseline: str


def plan(config):
    """Resolve a configuration.

    Raises
    ------
    ConfigurationError
        Naming the key, what was found, what was expected.
    """
    config = numbers(config)
    check(config, WHOLE)
    for key in ("dataset", "offline_fallback"):
        if config[key] is not None:
            _known(config[key], config["datasets"], key)
    common = {key: config[key] for key in ("epochs", "hidden_units")} | config["baseline"]
    baseline = _resolve(common, "baseline")
    runs: dict[str, Hyperparameters] = {}
    experiments = {}
    for key, block in config["experiments"].items():
        ((varied, values),) = block["vary"].items()
        where = f"experiments.{key}.vary.{varied}"
        shown = {}
        for value in values:
            choices = block.get("set", {}) | {varied: value}
            check(choices, {"$ref": "#/$defs/choices"}, f"experiments.{key}.vary")
            run = _resolve(common | choices, where)
            name = slug(run)
            if name in shown or runs.setdefault(name, run) != run:
                raise ConfigurationError(
                    f"{where}: found two values that both make the run {name}, expected values "
                    "that differ within six digits; remove one"
                )
            shown[name] = getattr(run, varied)
        experiments[key] = Experiment(
            key=key,
            question=block.get("question", "Extra"),
            title=block.get("title", key.replace("_", " ").capitalize()),
            varied=varied,
            values=tuple(shown.values()),
            runs=tuple(shown),
        )
    return Plan(runs, experiments, slug(baseline))


def slug(run):
    """A readable name made of every choice; those of the assignment's network go without saying."""
    standard = Hyperparameters()
    parts = [run.activation]
    if run.slope != 1:
        parts[0] += f"-k{run.slope:.6g}"
    if run.output_activation != run.activation:
        parts.append(run.output_activation)
    parts += [LOSSES[run.loss].short, _spec_slug(run.initializer, INITIALIZERS)]
    parts.append(f"lr{run.learning_rate:.6g}")
    if run.schedule != standard.schedule:
        parts.append(_spec_slug(run.schedule, SCHEDULES))
    if run.labels != standard.labels:
        parts.append(f"{run.labels}-labels")
    if run.hidden_units != standard.hidden_units:
        parts.append("-".join(str(units) for units in run.hidden_units) + "-units")
    if run.epochs != standard.epochs:
        parts.append(f"{run.epochs}-epochs")
    return "_".join(part.replace("_", "-") for part in parts)


def numbers(config):
    """The configuration with strings such as "1e-5", "1/3" and "null" turned into what they mean."""

    def walk(value, numeric):
        if isinstance(value, dict):
            return {key: walk(inner, key in NUMERIC_KEYS) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, numeric) for inner in value]
        if value == "null":
            return None
        if numeric and isinstance(value, str):
            if value.isdecimal():
                return int(value)
            if NUMBER.fullmatch(value):
                return float(value)
            if FRACTION.fullmatch(value):
                return float(Fraction(value))
        return value

    return walk(config, False)


def in_order(experiments, committed):
    """Experiments in the order of the committed ones, then those that are new."""
    known = {key: experiments[key] for key in committed if key in experiments}
    return known | experiments


def read(path):
    """The content of a configuration file.

    Raises
    ------
    ConfigurationError
        Naming the line that is not YAML.
    """
    try:
        content = yaml.safe_load(Path(path).read_text())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1
        raise ConfigurationError(
            f"{path}, line {line}: found no YAML ({error.problem}), expected keys and values as in "
            "config/README.md; mend the line"
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"{path}: found no file to read ({error.strerror}), expected one"
        ) from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: found no keys, expected those of config/README.md")
    return content


def check(value, part, place=""):
    """Hold a value against a part of the schema; the first thing wrong becomes one line."""
    schema = _schema()
    if part != WHOLE:
        schema = part | {"$defs": schema["$defs"]}
    errors = sorted(
        Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path))
    )
    if errors:
        error = errors[0]
        path = ".".join([*filter(None, [place]), *map(str, error.absolute_path)])
        raise ConfigurationError(_explain(error, path))


@cache
def _schema():
    return yaml.safe_load(SCHEMA.read_text())


def _explain(error, path):
    where = path or "configuration"
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        unknown = next(key for key in error.instance if key not in known)
        return f"{where}: found unknown key {unknown!r}{_instead(unknown, known)}"
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        return f"{where}: found no {missing!r}, expected one; add it"
    expected = {
        "type": lambda value: " or ".join(
            TYPES.get(name, name) for name in ([value] if isinstance(value, str) else value)
        ),
        "enum": lambda value: "one of " + ", ".join(value),
        "minItems": lambda value: f"{value} or more values; add one or remove the block",
        "minProperties": lambda value: f"{value} or more entries; add one or remove the block",
        "maxItems": lambda value: f"at most {value} values",
        "maxProperties": lambda value: f"at most {value} key; make one experiment of each",
        "minimum": lambda value: f"a number of {value} or more",
        "exclusiveMinimum": lambda value: f"a number above {value}",
        "maximum": lambda value: f"a number of {value} or less",
        "uniqueItems": lambda value: "every value once; remove the repeated one",
        "pattern": lambda value: f"text like {value}",
        "oneOf": lambda value: "either 'bundled', or 'files' and 'classes'",
    }
    says = expected.get(error.validator, lambda value: f"{error.validator} {value}")
    return f"{where}: found {error.instance!r}, expected {says(error.validator_value)}"


def _known(name, known, key):
    if name not in known:
        raise ConfigurationError(f"{key}: found {name!r}{_instead(name, known)}")


def _instead(name, known):
    close = difflib.get_close_matches(str(name), list(known), n=1)
    guess = f"; did you mean {close[0]!r}?" if close else ""
    return f", expected one of {', '.join(known)}{guess}"


def _resolve(choices, where):
    try:
        return Hyperparameters(**choices)
    except HyperparameterError as error:
        raise ConfigurationError(f"{where}: {error}") from None


def _spec_slug(spec, table):
    standard = defaults(table[spec["name"]].function)
    parts = [spec["name"]]
    for key, value in spec.items():
        if key != "name" and value != standard[key]:
            parts.append(value if isinstance(value, str) else f"{value:.6g}")
    return "-".join(parts)
