"""What was written, with all that is laid over it → the settings that are meant.

In: what Snakemake merged. Out: a configuration that keeps to the schema, with numbers as
numbers, lists of seeds, and without what null drops. Used by the Snakefile; plan.py resolves it.
"""

from workflow.configuration.numbers import numbers
from workflow.configuration.schema import ConfigurationError, check, known

# Where null is no value, but drops what a file below gave.
DROPPABLE = ("baseline", "experiments")


def settle(config, committed=None):
    """What a configuration means; settings that mean the same are equal.

    Parameters
    ----------
    config : dict
    committed : dict, optional
        What it was laid over: null can only drop what was there, and a report of which nothing is said is
        called the same.

    Raises
    ------
    ConfigurationError
        Naming the key, what was found, what was expected.
    """
    config = numbers(config)
    if committed:
        # Results of before there was such a block are none the worse.
        config = {"report": committed["report"]} | config
    for key in DROPPABLE:
        if key in config:
            config[key] = _without_null(config[key], (committed or config).get(key), key)
    check(config)
    for key in ("experiments", "datasets"):
        _apart_in_any_case(config[key], key)
    known(config["dataset"], config["datasets"], "dataset")
    if config["offline_fallback"] is not None:
        bundled = [name for name, entry in config["datasets"].items() if "bundled" in entry]
        known(config["offline_fallback"], bundled, "offline_fallback")
    for name, entry in config["datasets"].items():
        files = entry.get("files", {}).values()
        for file in files:
            file["sha256"] = file["sha256"].lower()
        if len({file["sha256"] for file in files}) < len(files):
            raise ConfigurationError(
                f"datasets.{name}.files: found one SHA-256 for two files, expected four different files"
            )
        if len({file["name"] for file in files}) < len(files):
            raise ConfigurationError(
                f"datasets.{name}.files: found one name for two files, expected four names"
            )
    for block in (config, *config["experiments"].values()):
        if isinstance(block.get("seeds"), int):
            block["seeds"] = list(range(block["seeds"]))
    return config


def _apart_in_any_case(names, where):
    """Folders are called so, and some file systems take Width and width for one."""
    seen = {}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise ConfigurationError(
                f"{where}.{name}: found a name that differs from {other!r} in capitals alone, expected "
                "another; rename it"
            )


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
