"""Figures are written as short as they can be, and show what they should."""

from dataclasses import asdict
from io import StringIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from nn import Hyperparameters
from report.figures import bars, confusion, curves, data, overview, separation, style
from report.figures import map as map_figure
from report.figures.svg import INITIAL, relative
from report.runs import Run, Variant
from tests.report import made
from tests.report.made import Diverged

DRAWN = ("path", "text", "use", "image")


def leaves(svg):
    """(tag, text) of everything that a picture draws, in order."""
    elements = ElementTree.fromstring(svg).iter()
    named = ((element.tag.rpartition("}")[2], element.text) for element in elements)
    return [(tag, (text or "").strip()) for tag, text in named if tag in DRAWN]


@pytest.fixture
def picture(tmp_path):
    """The same small picture as matplotlib writes it, and as we do."""
    fig = style.figure(1)
    ax = fig.subplots()
    ax.plot([0, 1], [0, 1], marker="o")
    ax.imshow([[0, 1]], interpolation="none")
    ax.text(0.5, 0.5, "turned", rotation=30)
    whole = StringIO()
    fig.savefig(whole, format="svg")
    style.save(fig, tmp_path / "picture.svg", "a line & a dot")
    return whole.getvalue(), (tmp_path / "picture.svg").read_text()


def test_a_picture_is_written_with_fewer_bytes_and_draws_the_same(picture):
    whole, short = picture
    assert len(short) < 0.6 * len(whole)
    assert leaves(short) == leaves(whole)


@pytest.mark.parametrize(
    "path, shorter",
    [
        ("M 10.123 20 L 12.5 19.75 L 100 19.75", "M10.12 20l2.38-.25 87.5 0"),
        ("M 0 0 L 1 1 L 2 0 z M 5 5 L 4 5 ", "M0 0l1 1 1-1zM5 5l-1 0"),
        ("M 1 1 Q 2 2 3 1 C 3 0 2 0 1.5 1", "M1 1q1 1 2 0c0-1-1-1-1.5 0"),
    ],
)
def test_paths_are_written_by_distances(path, shorter):
    assert relative(path) == shorter


def test_every_text_has_the_size_and_anchor_that_matplotlib_gave_it(picture):
    def looks(drawn):
        root = ElementTree.fromstring(drawn)
        return [
            [text.get(name, root.get(name, text.get("style"))) for name in INITIAL]
            for text in root.iterfind(".//{*}text")
        ]

    whole, short = map(looks, picture)
    assert len({tuple(look) for look in short}) > 1
    for styles, (size, anchor) in zip(whole, short, strict=True):
        assert f"font-size: {size}" in styles[0]
        assert ("text-anchor: " + anchor in styles[0]) or (
            "anchor" not in styles[0] and anchor == "start"
        )


def test_what_is_rounded_in_a_long_path_does_not_add_up():
    places = np.cumsum(np.full(1000, 1.004))
    path = relative("M 0 0 L " + " L ".join(f"{x} 0" for x in places))
    steps = np.array(path.removeprefix("M0 0l").split(), float)[::2]
    np.testing.assert_allclose(np.cumsum(steps), places, atol=0.00501)


def test_a_picture_keeps_what_matters(picture):
    _, short = picture
    root = ElementTree.fromstring(short)
    assert root.findtext("{*}desc") == "a line & a dot"
    # Without quotes a name that ends in a number is none.
    assert root.get("font-family") == "'Source Sans 3',sans-serif"
    (turned,) = (text for text in root.iterfind(".//{*}text") if text.text == "turned")
    assert turned.get("transform").endswith("rotate(-30)")
    assert root.find(".//{*}image").get("style") == "image-rendering:pixelated"
    clipped = {use.get("clip-path") for use in root.iter() if use.get("clip-path")}
    clips = {f"url(#{clip.get('id')})" for clip in root.iterfind(".//{*}clipPath")}
    assert clipped == clips != set()


def test_a_map_of_a_layer_that_tells_nothing_says_so():
    run = Run(None, {})
    classes = {"classes": ["0", "1"]}
    labels = np.array([0, 1])
    for layer, said in (([[1, 1], [1, 1]], "look alike"), ([[np.nan, 1], [0, 1]], "not finite")):
        run.__dict__["inside"] = {"second_layer": np.array(layer), "second_layer_labels": labels}
        run.__dict__["embedding"] = {"positions": np.full((2, 2), np.nan), "agreement": np.nan}
        fig, description = map_figure.draw(run, 95, classes)
        assert said in fig.axes[0].texts[0].get_text()
        assert "an unknown share" in description


def test_a_band_holds_every_seed_with_fewer_places_than_epochs():
    epochs = np.arange(1, 201)
    values = np.vstack([np.sin(epochs / 9), np.cos(epochs / 9)])
    places, low, high = curves._band(epochs, values)
    assert list(places[:21]) == list(range(1, 22)) and places[-1] == 200 and len(places) < 70
    for start, end, lowest, highest in zip(places, [*places[1:], 201], low, high, strict=True):
        of_these = values[:, start - 1 : end - 1]
        assert (lowest, highest) == (of_these.min(), of_these.max())
    assert [len(part) for part in curves._band(epochs[:3], values[:, :3])] == [3, 3, 3]


def test_a_bar_says_of_how_many_seeds_it_is_the_mean():
    ends = {1e-5: [80, 81, 82], 1e-4: [90, Diverged(3), 92], 1e-3: [Diverged(2)] * 3}
    variants = [made.variant({"learning_rate": rate}, seeds) for rate, seeds in ends.items()]
    fig, said = bars.draw(made.experiment("one", "learning_rate", variants), 95, made.SUMMARY)
    names = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert names == ["lr 1e−5", "lr 1e−4\n2 of 3 seeds; the rest diverged", "lr 1e−3"]
    assert "91.00 % train, 90.00 % test, 2 of 3 seeds; the rest diverged" in said
    assert [text.get_text() for text in fig.axes[0].texts].count("diverged") == 1


ODD = ["_", "^", "$", "\\", "{", "}", "%", "&", "<", "-"]
LONG = ["T-shirt/top", "_coat", "$x^2$", "{bag", "\\frac", "50 %", "a & b", "<boot>", "q$", "Dress"]
MANY = [f"class {i}" for i in range(24)]


def run_of(classes):
    """A run that has seen five images of each class."""
    n = len(classes)
    hyperparameters = asdict(Hyperparameters())
    run = Run(
        None,
        {
            "run": "one", "hyperparameters": hyperparameters, "train_accuracy": 50.0,
            "test_accuracy": 49.0, "diverged_at": None,
        },
    )  # fmt: skip
    labels = np.repeat(np.arange(n), 5)
    places = np.random.default_rng(0).normal(size=(5 * n, 2)) + 5 * labels[:, np.newaxis]
    run.__dict__["embedding"] = {"positions": places, "agreement": 85.0}
    run.__dict__["inside"] = {
        "second_layer": places, "second_layer_labels": labels,
        "last_confusion_train": np.eye(n), "last_confusion_test": np.eye(n),
        "example_outputs": np.eye(n)[-1], "example_image": np.eye(8),
    }  # fmt: skip
    run.__dict__["measured"] = {"example": {"label": 0}}
    epochs = np.arange(1, 4)
    curves = ("loss", "train_accuracy", "test_accuracy")
    run.__dict__["history"] = {"epoch": epochs} | dict.fromkeys(curves, 1.0 * epochs)
    return run


def summary_of(classes):
    counts = [5] * len(classes)
    example = {"pixels": np.eye(8).tolist(), "index": 12345, "label": classes[0]}
    return {
        "classes": classes, "train_counts": counts, "test_counts": counts, "example": example,
    }  # fmt: skip


def saved(drawn, path):
    """What a picture of the report is written as."""
    fig, description = drawn
    style.save(fig, path, description)
    return path.read_text()


def texts_of(svg):
    return [text for tag, text in leaves(svg) if tag == "text"]


@pytest.mark.parametrize("classes", [ODD, list("0123456789")], ids=["odd", "digits"])
def test_classes_of_one_character_are_drawn_as_themselves(classes, tmp_path):
    drawn = map_figure.draw(run_of(classes), 90, summary_of(classes))
    assert not drawn[0].legends
    shapes = [line.get_marker().vertices.tobytes() for line in drawn[0].axes[0].lines]
    assert len(set(shapes)) == len(classes)
    svg = saved(drawn, tmp_path / "map.svg")
    assert len(svg) < 20_000 and svg.count("<image") == 1
    again = map_figure.draw(run_of(classes), 90, summary_of(classes))
    assert saved(again, tmp_path / "again.svg") == svg


@pytest.mark.parametrize(
    "classes", [LONG, MANY, ["a", "b", "ab"], [" ", "x"], ["お", "き"],
     ["ع", "ر"], ["👟", "👜"], [f"{i}" for i in range(47)]],
    ids=["long", "many", "some long", "nothing to see", "kana", "arabic", "emoji", "47"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Glyph")
def test_other_classes_are_told_by_their_look_in_one_legend(classes, tmp_path):
    run, summary = run_of(classes), summary_of(classes)
    for fig, _ in (
        map_figure.draw(run, 90, summary),
        separation.draw({name: Variant((run,)) for name in "abcd"}, 90, summary),
    ):
        (legend,) = fig.legends
        assert [text.get_text() for text in legend.get_texts()] == classes
        looks = [(line.get_color(), line.get_marker()) for line in fig.axes[0].lines]
        assert len(set(looks)) == len(classes)


@pytest.mark.parametrize("classes", [ODD, LONG], ids=["odd", "long"])
def test_names_are_names_and_no_formulas(classes, tmp_path):
    run, summary = run_of(classes), summary_of(classes)
    matrix = texts_of(saved(confusion.draw(run, 90, summary), tmp_path / "matrix.svg"))
    assert set(classes) <= set(matrix)
    counts = texts_of(saved(data.draw(None, 90, summary), tmp_path / "data.svg"))
    assert set(classes) <= set(counts)
    assert "training image 12\u202f345" in " ".join(counts)
    first = " ".join(texts_of(saved(overview.draw(run, 90, summary), tmp_path / "first.svg")))
    assert f"class {classes[0]}" in first and f"predicted {classes[-1]}" in first


def test_a_class_without_a_test_image_is_said_to_have_none():
    run, classes = run_of(list("abc")), summary_of(list("abc"))
    run.inside["last_confusion_test"] = np.array([[3, 1, 0], [0, 4, 0], [0, 0, 0]])
    fig, said = confusion.draw(run, 90, classes)
    assert said.endswith(
        "test images: no test images of c; b is recognised best (100 %), a worst (75 %), and 25 % of a "
        "are taken for b; never predicted: c."
    )
    assert not any("nan" in text.get_text() for text in fig.axes[1].texts)


def test_errors_have_colours_of_their_own_on_one_scale():
    run = run_of(list("abc"))
    run.inside["last_confusion_train"] = np.array([[60, 40, 0], [0, 80, 20], [0, 0, 100]])
    fig, _ = confusion.draw(run, 90, summary_of(list("abc")))
    colors = fig.axes[0].images[0].get_array()
    right, wrong = colors[np.eye(3, dtype=bool)], colors[~np.eye(3, dtype=bool)]
    assert (right[:, 2] > right[:, 0]).all() and (wrong[:, 0] >= wrong[:, 2]).all()
    assert colors[0, 1, 2] < colors[1, 2, 2] < colors[0, 2, 2]


@pytest.mark.parametrize("n", [20, 47])
def test_many_classes_have_scales_instead_of_numbers(n):
    classes = [str(i) for i in range(n)]
    fig, _ = confusion.draw(run_of(classes), 90, summary_of(classes))
    numbers = sum(len(ax.texts) for ax in fig.axes)
    scales = [ax.get_xlabel() for ax in fig.axes[2:]]
    assert (numbers, scales) == ((2 * n, []) if n == 20 else (0, ["right answers, %", "errors, %"]))


@pytest.mark.parametrize("classes", [LONG, MANY, list("abcdefghijklmnopqrstuvwxyz"), 3 * MANY[:16]])
def test_names_along_an_axis_do_not_run_into_each_other(classes):
    for kind, subject in ((confusion, run_of(classes)), (data, None)):
        fig, _ = kind.draw(subject, 90, summary_of(classes))
        fig.draw_without_rendering()
        ax = fig.axes[1 if kind is confusion else -1]
        boxes = [text.get_window_extent() for text in ax.get_xticklabels()]
        assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))


def test_a_line_that_lies_on_another_is_told():
    names, ends = ("relu", "relu6", "leaky_relu", "tanh"), (80, 80, 80, 70)
    variants = [made.variant({"activation": n}, [end]) for n, end in zip(names, ends, strict=True)]
    variants[2].first.history["loss"] = variants[2].first.history["loss"] + 1
    asked = made.experiment("twins", "activation", variants)
    (legend,) = curves.draw(asked, 90, made.SUMMARY)[0].legends
    shown = [text.get_text() for text in legend.get_texts()]
    assert shown == [
        "ReLU",
        "ReLU6 (same lines as ReLU)",
        "leaky ReLU (same accuracy as ReLU)",
        "tanh",
    ]


@pytest.mark.parametrize(
    ("ends", "title"),
    [
        ([[80], [80]], "all end the same"),
        ([[80, 70], [80, 70]], "all end the same, with every seed"),
        ([[80], [81]], ""),
    ],
)
def test_bars_that_are_all_the_same_say_so(ends, title):
    variants = [
        made.variant({"learning_rate": rate}, end)
        for rate, end in zip((1e-5, 1e-4), ends, strict=True)
    ]
    fig, _ = bars.draw(made.experiment("rates", "learning_rate", variants), 90, made.SUMMARY)
    assert fig.axes[0].get_title(loc="left") == title
