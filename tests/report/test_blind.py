"""The loss of one answer for all images is the smallest that any such answer has."""

import numpy as np
import pytest

from nn.datasets import one_hot
from nn.losses import LOSSES
from report.blind import blind_loss, silent_loss

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
    silent = silent_loss(loss)
    assert silent is None or silent == loss_of(loss, [0, 0, 0])
