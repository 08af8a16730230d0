"""What the report says of δ₃ is what finite differences say."""

from dataclasses import asdict

import numpy as np
import pytest

from nn import Network
from nn.losses import LOSSES
from report.facts.delta import descends_its_loss, multiplied_by
from tests.registries import networks, told

# The hidden activation has no part in it.
NETWORKS = [run for run in networks() if run.activation == "sigmoid"]
T = np.eye(4)[[2, 0, 3]]


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_a_delta_descends_its_loss_where_both_were_made_for_each_other(run):
    of_its_own = run.output_activation == LOSSES[run.loss].output_activation
    assert descends_its_loss(asdict(run)) == (run.loss == "squared_error" or of_its_own)


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_a_gate_shuts_where_an_output_is_off(run):
    network = Network.of(run)
    off, missed = network.g(np.zeros((1, 4))), T[:1]
    # Of an output that is not 0 there, 0 is all that is known.
    off = np.zeros((1, 4)) if off.any() else off
    shut = not network.loss.delta(off, missed, network.g).any()
    assert (multiplied_by(asdict(run)) == "gated") == shut
