"""The second hidden layer's view: a map of the images, and how many neighbours agree."""

import numpy as np
import pytest

from report.embedding import lay_out, neighbours_agree

LABELS = np.repeat([0, 1], 20)


@pytest.fixture
def apart():
    """Activations of two classes that are far apart."""
    return LABELS[:, np.newaxis] * 10 + np.random.default_rng(0).normal(size=(40, 8))


def test_classes_far_apart_in_a_layer_are_far_apart_on_its_map(apart):
    positions = lay_out(apart)
    assert positions.shape == (40, 2)
    assert neighbours_agree(positions, LABELS) == 100


def test_a_layer_of_one_unit_has_a_map_too(apart):
    positions = lay_out(apart[:, :1])
    assert positions.shape == (40, 2)
    assert np.isfinite(positions).all()


def test_neighbours_of_the_own_class_are_counted_without_the_image_itself(apart):
    assert neighbours_agree(apart, LABELS) == 100
    assert neighbours_agree(apart, np.tile([0, 1], 20)) < 80


@pytest.mark.parametrize(
    ("classes", "agreeing"),
    [([0, 0, 0, 0, 1, 2], 4), ([0, 0, 0, 1, 2, 3], 0), ([0, 0, 0, 1, 1, 2], 0)],
    ids=["three of five are of the own class", "two are, more than of any other", "a tie"],
)
def test_a_majority_is_more_than_half_of_the_neighbours(classes, agreeing):
    # Six images: each has all five others as its neighbours.
    activations = np.random.default_rng(0).normal(size=(6, 4))
    share = neighbours_agree(activations, np.array(classes))
    assert share == pytest.approx(100 * agreeing / 6)


@pytest.mark.parametrize("value", [0.5, np.nan, np.inf])
def test_a_layer_with_nothing_to_tell_apart_has_no_map(value):
    assert np.isnan(lay_out(np.full((40, 8), value))).all()
