"""What the page's explorer shows: the histories of all runs, and their weights by epoch.

In: standings of variants. Out: plain data for JSON, histories as short numbers and weights at 8 bits.
Used by render.py; report/pages/scripts/explorer.js draws it, with Bokeh.
"""

from importlib.resources import files
from math import isfinite

from nn.losses import LOSSES
from report.figures import style
from report.packed import in_bytes, pack
from report.pages import definitions

# With how many digits: five keep accuracies of up to 100,000 images exact; updates are only drawn.
COLUMNS = {"loss": 5, "train_accuracy": 5, "test_accuracy": 5} | {
    f"update_w{i}": 4 for i in (1, 2, 3)
}


def explorer(standings, variants, chosen, image_shape):
    """Everything that the explorer needs.

    Parameters
    ----------
    standings : list of dict
        In the order in which the reader picks from them.
    variants : dict of str to Variant
    chosen : set of str
        Names of the variants that are shown at first.
    image_shape : (int, int)
    """
    # Losses of one formula can be compared.
    losses = definitions.losses([standing["hyperparameters"] for standing in standings])
    kinds = {}
    for label, formula, _ in losses:
        kinds[formula] = f"{kinds[formula]} and {label}" if formula in kinds else label
    return {
        "losses": list(kinds.values()),
        "image_width": image_shape[1],
        "lines": [
            {"color": color, "dash": [] if dash == "-" else dash[1]}
            for color, dash, _ in style.line_styles(len(standings))
        ],
        "runs": [
            {
                "name": standing["name"],
                "label": standing["label"],
                "loss": kinds[LOSSES[standing["hyperparameters"]["loss"]].formula],
                "chosen": standing["name"] in chosen,
                "seeds": [_history(run) for run in variants[standing["name"]].seeds],
                "snapshots": _snapshots(variants[standing["name"]].first),
            }
            for standing in standings
        ],
    }


def bokeh():
    """The source of the library that draws the charts; it carries its licence."""
    scripts = files("bokeh") / "server" / "static" / "js"
    names = ("bokeh.min.js", "bokeh-api.min.js")
    return "\n".join((scripts / name).read_text("utf-8") for name in names)


def _history(run):
    return {"seed": run.seed} | {
        name: _short(run.history[name], digits) for name, digits in COLUMNS.items()
    }


def _short(values, digits):
    """Numbers in few digits, which gzip packs closer than all bits; None where one is not finite."""
    return [float(f"{value:.{digits}g}") if isfinite(value) else None for value in values]


def _snapshots(run):
    return {
        "epochs": run.weights["snapshot_epochs"].tolist(),
        "weights": [in_bytes(*pack(run.weights[f"snapshot_W_{i}"], 8)) for i in (1, 2, 3)],
    }
