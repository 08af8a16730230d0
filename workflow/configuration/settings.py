"""A YAML file, with all that is laid over it → the settings that are meant.

In: a file, or what Snakemake merged. Out: a configuration that keeps to the schema, with numbers as
numbers, lists of seeds, and without what null drops. Used by the Snakefile; plan.py resolves it.
"""

from pathlib import Path

import yaml

from workflow.configuration.numbers import numbers
from workflow.configuration.schema import ConfigurationError, check, known

# Where null is no value, but drops what a file below gave.
DROPPABLE = ("baseline", "experiments")


class KeyTwiceError(ValueError):
    """A key that a mapping has a second time."""

    def __init__(self, key, line):
        super().__init__(key)
        self.key, self.line = key, line


class _KeysOnce(yaml.SafeLoader):
    """YAML's safe loader, which takes the last of two equal keys without a word; this one does not."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            # What is merged in, "<<", may be named again: that is its purpose.
            if key is not None and key in seen and key != "<<":
                raise KeyTwiceError(key, key_node.start_mark.line + 1)
            seen.add(key)
        return super().construct_mapping(node, deep)


def read(path):
    """The content of a configuration file.

    Raises
    ------
    ConfigurationError
        Naming the line that is not YAML.
    """
    try:
        content = yaml.load(Path(path).read_text(), _KeysOnce)
    except KeyTwiceError as error:
        raise ConfigurationError(
            f"{path}, line {error.line}: found the key {error.key!r} a second time, expected it once; "
            "remove one"
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: found no text in UTF-8, expected YAML") from None
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


def settle(config, committed=None):
    """What a configuration means; settings that mean the same are equal.

    Parameters
    ----------
    config : dict
    committed : dict, optional
        What it was laid over: null can only drop what was there.

    Raises
    ------
    ConfigurationError
        Naming the key, what was found, what was expected.
    """
    config = numbers(config)
    for key in DROPPABLE:
        if key in config:
            config[key] = _without_null(config[key], (committed or config).get(key), key)
    check(config)
    for key in ("dataset", "offline_fallback"):
        if config[key] is not None:
            known(config[key], config["datasets"], key)
    for name, entry in config["datasets"].items():
        files = entry.get("files", {}).values()
        for file in files:
            file["sha256"] = file["sha256"].lower()
        if len({file["name"] for file in files}) < len(files):
            raise ConfigurationError(
                f"datasets.{name}.files: found one name for two files, expected four names"
            )
    for block in (config, *config["experiments"].values()):
        if isinstance(block.get("seeds"), int):
            block["seeds"] = list(range(block["seeds"]))
    return config


def published(config):
    """A configuration as others may read it: without folders of this machine."""
    datasets = {
        name: {key: value for key, value in entry.items() if key != "folder"}
        for name, entry in config["datasets"].items()
    }
    return config | {"datasets": datasets}


def in_order(config, committed):
    """A configuration with the keys of the committed one first, in its order, on every level.

    Snakemake puts first what an overlay names; order decides about rows and columns, and who comes
    first.
    """
    if not (isinstance(config, dict) and isinstance(committed, dict)):
        return config
    keys = [key for key in committed if key in config]
    keys += [key for key in config if key not in committed]
    return {key: in_order(config[key], committed.get(key)) for key in keys}


def _without_null(block, committed, where):
    """A block without the keys that are null, each of which must be there to be dropped."""
    if not isinstance(block, dict):
        return block
    committed = committed if isinstance(committed, dict) else {}
    kept = {}
    for key, inner in block.items():
        if inner is not None:
            kept[key] = _without_null(inner, committed.get(key), f"{where}.{key}")
        elif key not in committed:
            names = ", ".join(map(str, committed)) or "nothing"
            raise ConfigurationError(
                f"{where}.{key}: found null, expected a value: null drops what is there, {names}"
            )
    return kept
