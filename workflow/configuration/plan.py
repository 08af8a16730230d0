"""Configuration → variants and their seeds (what is trained), experiments (who shows which of them).

In: a settled configuration. Out: a `Plan`. Used by the Snakefile and the rules.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from nn.hyperparameters import HyperparameterError, Hyperparameters
from report.questions import ABOUT_ALL, GENERAL
from workflow.configuration.names import label, slug
from workflow.configuration.schema import ConfigurationError

# Names of facts/<key>.json that no experiment asks for.
RESERVED = (*ABOUT_ALL, GENERAL, "whole")


@dataclass(frozen=True)
class Shown:
    """A variant as an experiment shows it: its name, what it is called here, what sets it apart."""

    name: str
    label: str
    values: dict


@dataclass(frozen=True)
class Experiment:
    """One question: the one key it varies, or the two of a grid, and a variant for each value.

    The variants of a grid come row by row: the first key's values are the rows.
    """

    key: str
    question: str
    title: str
    varied: tuple[str, ...]
    seeds: tuple[int, ...]
    variants: tuple[Shown, ...]

    @property
    def runs(self):
        """(name, seed) of every training that it shows."""
        return [(variant.name, seed) for variant in self.variants for seed in self.seeds]


@dataclass(frozen=True)
class Plan:
    """All variants by name, their seeds, and the experiments that show them, in order.

    Attributes
    ----------
    variants : dict of str to Hyperparameters
    seeds : dict of str to list of int
        Name → every seed that some experiment shows.
    experiments : dict of str to Experiment
    baseline : str
        The name of what variants are unless their experiment says otherwise.
    """

    variants: dict[str, Hyperparameters]
    seeds: dict[str, list[int]]
    experiments: dict[str, Experiment]
    baseline: str

    @property
    def runs(self):
        """(name, seed) of every training."""
        return [(name, seed) for name, seeds in self.seeds.items() for seed in seeds]

    def in_use(self, folder):
        """Whether a folder of results is none of a run's, or that of a run that is planned."""
        *_, runs, name, seed = ("", "", "", *Path(folder).parts)
        return runs != "runs" or seed in {f"seed{k}" for k in self.seeds.get(name, ())}

    @property
    def first_runs(self):
        """(name, seed) of every variant's first training, whose pictures are shown."""
        return [(name, seeds[0]) for name, seeds in self.seeds.items()]


def plan(config):
    """Resolve a settled configuration.

    Raises
    ------
    ConfigurationError
        Naming the key, what was found, what was expected.
    """
    common = {key: config[key] for key in ("epochs", "hidden_units")} | config["baseline"]
    baseline = slug(_resolve(common, "baseline"))
    variants, seeds, experiments = {}, {}, {}
    for key, block in config["experiments"].items():
        if key in RESERVED:
            raise ConfigurationError(
                f"experiments.{key}: found a name that the report uses itself, expected another; "
                "rename it"
            )
        vary, chosen = block["vary"], block.get("set", {})
        _apart(f"experiments.{key}", vary, chosen)
        where = f"experiments.{key}.vary.{'/'.join(vary)}"
        shown = []
        for values in product(*vary.values()):
            variant = _resolve(common | chosen | dict(zip(vary, values, strict=True)), where)
            name, values = slug(variant), {varied: getattr(variant, varied) for varied in vary}
            if variants.setdefault(name, variant) != variant:
                raise _alike(where, f"make the variant {name}")
            shown.append(Shown(name, label(values), values))
        _once(where, "make the variant", [variant.name for variant in shown])
        _once(where, "read", [variant.label for variant in shown])
        experiments[key] = Experiment(
            key=key,
            question=block.get("question", "Extra"),
            title=block.get("title", key.replace("_", " ").capitalize()),
            varied=tuple(vary),
            seeds=tuple(block.get("seeds", config["seeds"])),
            variants=tuple(shown),
        )
        for name, seed in experiments[key].runs:
            # A dict has every key once, in the order in which they came.
            seeds.setdefault(name, {})[seed] = None
    return Plan(variants, {name: list(own) for name, own in seeds.items()}, experiments, baseline)


def _resolve(choices, where):
    try:
        return Hyperparameters(**choices)
    except HyperparameterError as error:
        raise ConfigurationError(f"{where}: {error}") from None


def _apart(where, vary, chosen):
    """Nothing is both set and varied."""
    for key in vary:
        if key in chosen:
            raise ConfigurationError(
                f"{where}: found {key!r} under both 'set' and 'vary', expected it under one; "
                "remove it under 'set' (null removes it in an overlay)"
            )


def _once(where, said, names):
    """No two variants of an experiment are called the same."""
    ((name, times),) = Counter(names).most_common(1)
    if times > 1:
        raise _alike(where, f"{said} {name}")


def _alike(where, said):
    return ConfigurationError(
        f"{where}: found two values that both {said}, expected values that differ within six "
        "digits; remove one"
    )
