"""Networks with a slope stand where the same networks without one stand."""

import pytest

from report.figures import plane
from tests.report import made
from tests.report.made import Diverged

HALF = {"name": "uniform", "limit": 0.5}


def variants(*choices):
    made_of = [made.variant(choice, [accuracy]) for choice, accuracy in choices]
    return {variant.name: variant for variant in made_of}


def test_a_slope_and_its_twin_are_one_point():
    some = variants(({"slope": 0.5}, 66), ({"learning_rate": 2.5e-6, "initializer": HALF}, 66))
    sloped, plain = plane.numbers(some, None)[["scale", "rate"]].to_numpy().tolist()
    assert sloped == pytest.approx(plain)
    assert plain == pytest.approx([0.5, 2.5e-6])


@pytest.mark.parametrize(("plain", "told"), [(66, ["k = 0.5: 66"]), (67, ["k = 0.5: 66", "67"])])
def test_a_twin_is_told_once_where_it_ends_the_same(plain, told):
    some = variants(({"slope": 0.5}, 66), ({"learning_rate": 2.5e-6, "initializer": HALF}, plain))
    fig, _ = plane.draw(some, 90, made.SUMMARY)
    assert [text.get_text() for text in fig.axes[0].texts] == told


def test_only_networks_that_are_alike_but_for_scale_and_rate_share_it():
    some = variants(
        ({"slope": 0.5}, 66), ({}, 60), ({"learning_rate": 1e-3}, 11), ({"activation": "tanh"}, 20),
        ({"initializer": {"name": "normal"}}, 30), ({"loss": "binary_cross_entropy"}, 70),
    )  # fmt: skip
    assert [v.mean("train_accuracy") for v in plane.family(some)] == [66, 60, 11]


def test_without_a_slope_there_is_no_plane():
    assert plane.family(variants(({}, 60), ({"learning_rate": 1e-3}, 11))) == []


def test_what_diverged_is_crossed_and_has_no_number():
    fig, said = plane.draw(variants(({"slope": 2}, Diverged(3)), ({}, 60)), 90, made.SUMMARY)
    told = [text.get_text() for text in fig.axes[0].texts]
    assert told == ["k = 2: diverged", "60"]
    assert "k = 2, η = 1e−5: scale 2, rate 4e-05, diverged" in said
