"""Picture 4 of every run: the second hidden layer's view of 500 images, by t-SNE.

In: a `Run`. Out: a figure and its description. `draw_map`, `name_classes` and `agreement` also serve
separation.py.
"""

from itertools import product
from math import ceil

import numpy as np
import pandas
from matplotlib import font_manager
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from report.figures import style

COLORS = [color for color, *_ in style.line_styles(9)] + ["#B8B000"]
# With more classes than colours, a class is told by its colour and its shape.
MARKERS = "o^sDvPX*"
LOOKS = [(color, marker) for marker, color in product(MARKERS, COLORS)]
CHARACTER = 6  # points
SHARP = 160  # dots an inch: enough to read such a character in print


def draw(run, target, summary):
    fig, classes = style.figure(3.6, width=4.2), summary["classes"]
    ax = fig.subplots()
    draw_map(ax, run, classes)
    ax.set_title(
        f"second hidden layer:\n{agreement(run)} have mostly neighbours of their own class"
    )
    name_classes(fig, classes)
    drawn = "as its class" if _speak_for_themselves(classes) else "in the look of its class"
    return fig, (
        f"A t-SNE map of the second hidden layer's activations for {len(run.embedding['positions'])} "
        f"training images, each drawn {drawn}; {agreement(run)} of them have a majority of their "
        "own class among their nearest neighbours in that layer."
    )


def numbers(run, summary):
    """Every image's place on the map and its class."""
    x, y = run.embedding["positions"].T
    classes = np.array(summary["classes"], dtype=object)
    return pandas.DataFrame({"x": x, "y": y, "class": classes[run.inside["second_layer_labels"]]})


def draw_map(ax, run, classes):
    """A class at every image's place, as a character or a dot, or why there is no map."""
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    positions, labels = run.embedding["positions"], run.inside["second_layer_labels"]
    if np.isnan(positions).any():
        finite = np.isfinite(run.inside["second_layer"]).all()
        why = (
            "all images look alike\nto this layer"
            if finite
            else "this layer's outputs\nare not finite"
        )
        ax.text(0.5, 0.5, why, ha="center", va="center", transform=ax.transAxes)
        return
    characters = _speak_for_themselves(classes)
    ax.figure.set_dpi(SHARP)
    for index, name in enumerate(classes):
        color, marker = LOOKS[index % len(LOOKS)]
        look = _character(name) if characters else {"marker": marker, "markersize": 2.5}
        ax.plot(*positions[labels == index].T, color=color, linestyle="", markeredgewidth=0.2,
                rasterized=True, **look)  # fmt: skip


def name_classes(fig, classes):
    """A legend below a figure's maps, for which the figure grows; none where characters tell."""
    lines = next((ax.lines for ax in fig.axes if ax.lines), None)
    if lines is None or _speak_for_themselves(classes):
        return
    entry = 0.3 + 0.055 * max(map(len, classes))  # inches
    columns = min(5, len(classes), max(1, int(fig.get_figwidth() / entry)))
    fig.set_figheight(fig.get_figheight() + 0.16 * ceil(len(classes) / columns))
    fig.legend(
        list(lines), classes, loc="outside lower center", ncols=columns, markerscale=1.8,
        handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip


def _speak_for_themselves(classes):
    """Whether every name is a single character that can be drawn."""
    known = font_manager.get_font(font_manager.findfont(style.FONT)).get_charmap()
    return all(len(name) == 1 and not name.isspace() and ord(name) in known for name in classes)


def _character(name):
    """A character as a marker, at the size of a text and around half the height of capitals."""
    outline = TextPath((0, 0), name, size=CHARACTER)
    bounds = outline.get_extents()
    middle = Affine2D().translate(-(bounds.x0 + bounds.x1) / 2, -0.33 * CHARACTER)
    marker = outline.transformed(middle)
    # Markers are scaled to their size by their furthest point: this takes it back.
    return {"marker": marker, "markersize": 2 * np.abs(marker.vertices).max()}


def agreement(run):
    """How many images have mostly neighbours of their class, as "85 %", or that there was nothing to measure."""
    share = run.embedding["agreement"]
    return "an unknown share" if np.isnan(share) else f"{share:.1f} %"
