"""The numbers behind a picture, as a table for its CSV file.

In: arrays. Out: data frames. Used by the modules beside this one that draw several things in one picture;
workflow/scripts/draw.py writes every kind's `numbers`.
"""

import numpy as np
import pandas


def by_epoch(history, *columns):
    """Columns of a history by name, each a series whose index is the epoch."""
    return {name: pandas.Series(history[name], index=history["epoch"]) for name in columns}


def parts(named):
    """Arrays of different shapes in one table, a row for each number.

    Parameters
    ----------
    named : dict of str to array or Series
        With one or two axes. A series counts by its index, an array from 0.

    Returns
    -------
    DataFrame
        ``part``, its name; ``at`` and, of two axes, ``and_at``; ``value``.
    """
    return pandas.concat([_rows(name, values) for name, values in named.items()], ignore_index=True)


def _rows(name, values):
    if isinstance(values, pandas.Series):
        return pandas.DataFrame({"part": name, "at": values.index, "value": values.to_numpy()})
    places = np.indices(values.shape).reshape(values.ndim, -1)
    columns = dict(zip(("at", "and_at"), places, strict=False))
    return pandas.DataFrame({"part": name} | columns | {"value": values.ravel()})


def by_seed(experiment, **measured):
    """A row for each variant and seed, a column for each function of a run."""
    return pandas.DataFrame(
        {"variant": label, "seed": run.seed, **{name: of(run) for name, of in measured.items()}}
        for label, variant in zip(experiment.labels, experiment.variants, strict=True)
        for run in variant.seeds
    )
