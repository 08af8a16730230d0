"""Figures are written as short as they can be, and show what they should."""

from io import StringIO
from xml.etree import ElementTree

import numpy as np
import pytest

from report.figures import map as map_figure
from report.figures import style
from report.runs import Run

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


def test_a_picture_keeps_what_matters(picture):
    _, short = picture
    root = ElementTree.fromstring(short)
    assert root.findtext("{*}desc") == "a line & a dot"
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
