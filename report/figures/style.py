"""The look of every picture, and how it is written.

In: a matplotlib figure and its description. Out: an SVG file, the same bytes every time. Used by
every module beside this one and by workflow/scripts/draw.py.
"""

from io import StringIO
from math import isqrt
from pathlib import Path

import matplotlib
from matplotlib import font_manager, style
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from report.figures.svg import simplified
from report.labels import number

HERE = Path(__file__).parent
WIDTH = 6.85  # inches: the text width of the printed page
NARROW = 4.25  # what a page shows of it for a picture that is narrow there
MUTED = "#777777"
FONT = "Source Sans 3"
DIVERGING = "RdBu_r"
# Without the triangle that points down, which stands for exactly zero.
MARKERS = "osD^P*X<>phd"
DASHES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))

for weight in ("Regular", "Semibold"):
    font_manager.fontManager.addfont(HERE.parent / "fonts" / f"SourceSans3-{weight}.ttf")
style.use(HERE / "style.mplstyle")


def figure(height, width=WIDTH):
    """An empty figure, sizes in inches."""
    return Figure(figsize=(width, height))


def save(fig, path, description):
    """Write an SVG whose description is its text alternative."""
    drawn = StringIO()
    # Figure.savefig would draw it twice.
    FigureCanvasSVG(fig).print_svg(drawn, metadata={"Date": None})
    path.write_text(simplified(drawn.getvalue(), FONT, description))


def line_styles(n):
    """n (colour, dashes, marker) that stay apart in colour and in grey."""
    colors = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    return [tuple(looks[i % len(looks)] for looks in (colors, DASHES, MARKERS)) for i in range(n)]


def accuracy_axis(ax, target, label="accuracy (%)"):
    """0 to 100 per cent, with the line that the course asks for."""
    ax.set_ylim(0, 100)
    ax.set_ylabel(label)
    ax.axhline(target, color=MUTED, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1)


def epoch_axis(ax, label="epoch"):
    """Epochs, which are whole."""
    ax.set_xlabel(label)
    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))


def log_axis(ax, which="y"):
    """A log scale for a positive quantity, labelled so that even a narrow range has several labels."""
    ax.set(**{f"{which}scale": "log"})
    axis = getattr(ax, f"{which}axis")
    low, high = axis.get_view_interval()
    if low > 0 and high / low < 100:
        narrow = high / low < 5
        axis.set_major_locator(MaxNLocator(4) if narrow else LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(lambda value, place: number(value))
    axis.set_minor_formatter(NullFormatter())


def class_axis(ax, classes):
    """A place along x for each class; names stand upright where they would run into each other."""
    crowded = len(classes) * max(map(len, classes)) > 40
    ax.set_xticks(range(len(classes)), classes, rotation=90 if crowded else 0)
    if len(classes) > 20:
        # Half of the page is 220 points wide.
        ax.tick_params("x", labelsize=min(7.5, 140 / len(classes)))


def scale(colors, highest):
    """What a colour bar needs: a colour map from 0 to the highest value."""
    return ScalarMappable(Normalize(0, highest), colors)


def squarest(n):
    """(rows, columns) of the rectangle of n cells that is nearest to a square, never wider than high."""
    columns = next(columns for columns in range(isqrt(n), 0, -1) if n % columns == 0)
    return n // columns, columns


def plain_image(ax, image, **kwargs):
    """An image without axes; returns what imshow returns."""
    ax.set_axis_off()
    return ax.imshow(image, interpolation="none", **kwargs)
