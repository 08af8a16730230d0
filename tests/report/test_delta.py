"""What the report says of δ₃ is what finite differences say."""

from dataclasses import asdict

import numpy as np
import pytest

from nn import Network
from report.facts.delta import descends_its_loss, multiplied_by
from tests.registries import networks, told

# The hidden activation has no part in it.
NETWORKS = [run for run in networks() if run.activation == "sigmoid"]
T = np.eye(4)[[2, 0, 3]]
# Where every output activation is smooth and between 0 and 1, as cross-entropy wants its outputs.
Z = np.random.default_rng(0).uniform(0.1, 0.9, T.shape)


def gradient(network, step=1e-6):
    def value(place, change):
        z = Z.copy()
        z[place] += change
        return network.loss.value(network.g(z), T)

    differences = [value(place, step) - value(place, -step) for place in np.ndindex(*Z.shape)]
    return np.reshape(differences, Z.shape) / (2 * step)


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_a_delta_descends_its_loss_where_it_points_along_the_gradient(run):
    network = Network.of(run)
    delta, slope = network.loss.delta(network.g(Z.copy()), T, network.g), gradient(network)
    along = (delta * slope).sum() / np.linalg.norm(delta) / np.linalg.norm(slope)
    assert descends_its_loss(asdict(run)) == (along > 1 - 1e-6)


@pytest.mark.parametrize("run", NETWORKS, ids=told)
def test_a_gate_shuts_where_an_output_is_off(run):
    network = Network.of(run)
    off, missed = network.g(np.zeros((1, 4))), T[:1]
    # Of an output that is not 0 there, 0 is all that is known.
    off = np.zeros((1, 4)) if off.any() else off
    shut = not network.loss.delta(off, missed, network.g).any()
    assert (multiplied_by(asdict(run)) == "gated") == shut
