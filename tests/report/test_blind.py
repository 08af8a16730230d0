"""The loss of one answer for all images is the smallest that any such answer has."""

import numpy as np
import pytest

from nn.datasets import one_hot
from nn.losses import LOSSES
from report.blind import blind_loss, reference_losses, silent_loss

COUNTS = [30, 20, 10]
TARGETS = one_hot(np.repeat(np.arange(3), COUNTS).astype(np.uint8), 3)
SHARES = np.array(COUNTS) / sum(COUNTS)


def loss_of(loss, answer):
    outputs = np.tile(np.asarray(answer, dtype=np.float32), (len(TARGETS), 1))
    return LOSSES[loss].value(outputs, TARGETS) / len(TARGETS)


@pytest.mark.parametrize("loss", LOSSES)
def test_no_other_answer_for_all_images_costs_less(loss):
    found = blind_loss(loss, COUNTS)
    assert found == pytest.approx(loss_of(loss, SHARES), rel=1e-5)
    for moved in ([0.1, -0.05, -0.05], [-0.1, 0.1, 0.0], [0.0, -0.1, 0.1]):
        assert loss_of(loss, SHARES + moved) > found


@pytest.mark.parametrize("loss", LOSSES)
def test_answering_zero_is_told_where_it_has_a_finite_loss(loss):
    silent = silent_loss(loss, "sigmoid")
    assert silent is None or silent == loss_of(loss, [0, 0, 0])


def test_ten_equal_classes_cost_nine_tenths():
    assert blind_loss("squared_error", [100] * 10) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([("squared_error", "sigmoid")] * 2, {"blind", "silent"}),
        # The outputs of a softmax add up to one.
        ([("squared_error", "softmax")], {"blind"}),
        ([("categorical_cross_entropy", "softmax")], {"blind"}),
        ([("squared_error", "sigmoid"), ("binary_cross_entropy", "sigmoid")], set()),
        ([("squared_error", "sigmoid"), ("squared_error", "softmax")], set()),
    ],
)
def test_lines_are_drawn_where_they_are_those_of_all_variants(kinds, told):
    choices = [dict(zip(("loss", "output_activation"), kind, strict=True)) for kind in kinds]
    assert reference_losses(choices, COUNTS).keys() == told
