"""Configuration → variants and their seeds (what is trained), experiments (who shows which of them).

In: a settled configuration. Out: a `Plan`. Used by the Snakefile and the rules.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from pathlib import Path

from nn.hyperparameters import HyperparameterError, Hyperparameters
from report.questions import ABOUT_ALL, GENERAL
from workflow.configuration.names import label, slug
from workflow.configuration.schema import ConfigurationError, did_you_mean

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
    """One question: what its variants are to each other, what it varies, and a variant for each value.

    Attributes
    ----------
    kind : {"sweep", "grid", "ablation", "path"}
        One key and its values; two keys, row by row; steps, all of them and then each put back; steps,
        none of them and then one more at a time.
    varied : tuple of str
        The keys of all values or steps, in order.
    """

    key: str
    kind: str
    question: str
    title: str
    varied: tuple[str, ...]
    seeds: tuple[int, ...]
    variants: tuple[Shown, ...]

    @property
    def runs(self):
        """(name, seed) of every training that it shows."""
        return [(variant.name, seed) for variant in self.variants for seed in self.seeds]


class Named(dict):
    """Something of every variant, by its name; to ask for another ends in one line."""

    def __missing__(self, name):
        raise ConfigurationError(
            f"{name}: found no variant of that name, expected one that the configuration asks for"
            + did_you_mean(name, self)
        )


@dataclass(frozen=True)
class Plan:
    """All variants by name, their seeds, and the experiments that show them, in order.

    Attributes
    ----------
    variants : Named, str to Hyperparameters
    seeds : Named, str to list of int
        Name → every seed that some experiment shows.
    experiments : dict of str to Experiment
    usual : Hyperparameters
        What variants are unless their experiment says otherwise: the baseline.
    """

    variants: Named
    seeds: Named
    experiments: dict[str, Experiment]
    usual: Hyperparameters

    @property
    def baseline(self):
        """The baseline's name, which need not be that of a variant."""
        return slug(self.usual)

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
    usual = _resolve(common, "baseline")
    variants, seeds, experiments = {}, {}, {}
    for key, block in config["experiments"].items():
        if key.lower() in RESERVED:
            raise ConfigurationError(
                f"experiments.{key}: found a name that the report uses itself, expected another; "
                "rename it"
            )
        how = _how(f"experiments.{key}", block)
        asked, chosen = block[how], block.get("set", {})
        varied = tuple(asked) if how == "vary" else tuple(chain(*asked))
        where = f"experiments.{key}.{how}.{'/'.join(varied)}"
        _apart(f"experiments.{key}", how, varied, chosen)
        shown = []
        for choices, called in VARIANTS_OF[how](asked):
            variant = _resolve(common | chosen | choices, where)
            name, values = slug(variant), {each: getattr(variant, each) for each in varied}
            if variants.setdefault(name, variant) != variant:
                raise _alike(where, f"make the variant {name}")
            shown.append(Shown(name, called(values), values))
        _once(where, "make the variant", [variant.name for variant in shown])
        _once(where, "read", [variant.label for variant in shown])
        experiments[key] = Experiment(
            key=key,
            kind=KINDS.get(how) or ("grid" if len(varied) == 2 else "sweep"),
            question=block.get("question", "Extra"),
            title=block.get("title", _title(key)),
            varied=varied,
            seeds=tuple(block.get("seeds", config["seeds"])),
            variants=tuple(shown),
        )
        for name, seed in experiments[key].runs:
            # A dict has every key once, in the order in which they came.
            seeds.setdefault(name, {})[seed] = None
    seeds = Named({name: list(own) for name, own in seeds.items()})
    return Plan(Named(variants), seeds, experiments, usual)


def _combined(vary):
    """Of one key each value, of two each pair: choices, and what makes a label of their values."""
    for values in product(*vary.values()):
        yield dict(zip(vary, values, strict=True)), label


def _put_back(steps):
    """As `_combined`: all steps, and then all but one, called by what is there instead."""
    yield _together(steps), lambda values: "none put back"
    for step in steps:
        others = [other for other in steps if other is not step]
        yield _together(others), partial(_label_of, step)


def _added(steps):
    """As `_combined`: no step, and then one more at a time, called by the last."""
    yield {}, lambda values: "none added"
    for i, step in enumerate(steps):
        yield _together(steps[: i + 1]), partial(_label_of, step, before="+ ")


# What an experiment does with what it is given → its variants, and what it is if that alone says so.
VARIANTS_OF = {"vary": _combined, "ablate": _put_back, "add": _added}
KINDS = {"ablate": "ablation", "add": "path"}


def _together(steps):
    return {key: value for step in steps for key, value in step.items()}


def _label_of(step, values, before=""):
    return before + label({key: values[key] for key in step})


def _title(key):
    words = re.sub("[_-]", " ", key)
    return words[0].upper() + words[1:]


def _how(where, block):
    """What an experiment does with its choices: the one key of `VARIANTS_OF` that it has."""
    found = [how for how in VARIANTS_OF if how in block]
    if len(found) != 1:
        names = "nothing" if not found else " and ".join(map(repr, found))
        raise ConfigurationError(
            f"{where}: found {names}, expected one of {', '.join(map(repr, VARIANTS_OF))}"
            + ("; add it" if not found else "; remove the others (null removes in an overlay)")
        )
    return found[0]


def _resolve(choices, where):
    try:
        return Hyperparameters(**choices)
    except HyperparameterError as error:
        raise ConfigurationError(f"{where}: {error}") from None


def _apart(where, how, varied, chosen):
    """Nothing is both set and varied, and nothing is two steps."""
    for key in varied:
        if key in chosen:
            raise ConfigurationError(
                f"{where}: found {key!r} under both 'set' and {how!r}, expected it under one; "
                "remove it under 'set' (null removes it in an overlay)"
            )
        if varied.count(key) > 1:
            raise ConfigurationError(
                f"{where}.{how}: found {key!r} in two steps, expected it in one; remove the other"
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
