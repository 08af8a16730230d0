"""What a picture shows of more variants than a reader can tell apart.

In: an `Experiment`. Out: the few that are named, or the places of all on an axis of numbers. Used by
bars.py, curves.py, layers.py and ordering.py.
"""

from dataclasses import replace

import numpy as np

MANY = 10  # variants: with more, only some are named
EACH = 4  # of the best, of the worst, of those that diverged


def named(experiment):
    """The experiment with the variants that a picture names: all, or of many the best, worst and failed few."""
    variants = experiment.variants
    if len(variants) <= MANY:
        return experiment
    finished = [i for i, v in enumerate(variants) if len(v.finished) == len(v.seeds)]
    failed = [i for i in range(len(variants)) if i not in finished]
    ranked = sorted(finished, key=lambda i: -variants[i].mean("train_accuracy"))
    picked = sorted({*ranked[:EACH], *ranked[-EACH:], *failed[:EACH]})
    return replace(
        experiment,
        **{
            field: tuple(getattr(experiment, field)[i] for i in picked)
            for field in ("labels", "values", "variants")
        },
    )


def others(experiment):
    """The variants that are not named."""
    kept = {variant.name for variant in named(experiment).variants}
    return [variant for variant in experiment.variants if variant.name not in kept]


def left_out(experiment):
    """What is shown instead of all, as the end of a title; "" where all are shown."""
    n = len(others(experiment))
    return (
        f"; the best, worst and diverged few of {n + len(named(experiment).variants)}" if n else ""
    )


def places(experiment):
    """Each variant's place on an axis, (n_variants,); None where they are few or no numbers."""
    if len(experiment.varied) > 1 or len(experiment.variants) <= MANY:
        return None
    (key,) = experiment.varied
    values = [value[key] for value in experiment.values]
    return np.array(values, dtype=float) if all(map(_is_number, values)) else None


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
