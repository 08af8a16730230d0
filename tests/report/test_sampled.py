"""Samples stand for a function, near and far."""

import base64

import numpy as np
import pytest

from nn.activations import ACTIVATIONS, activation
from report.sampled import sampled
from tests.registries import SLOPES

ELEMENTWISE = [
    (name, slope)
    for name, entry in ACTIVATIONS.items()
    if entry.derivative
    for slope in (SLOPES if entry.takes_slope else (1.0,))
]


def joined(samples, z):
    """As report/pages/scripts/network.js does it."""
    values = np.frombuffer(base64.b64decode(samples["values"]), "<f4").astype(np.float64)
    places = samples["step"] * (np.arange(len(values)) - (len(values) - 1) / 2)
    left, right = samples["beyond"]
    return (
        np.interp(z, places, values)
        + left * np.minimum(z - places[0], 0)
        + right * np.maximum(z - places[-1], 0)
    )


@pytest.mark.parametrize(("name", "slope"), ELEMENTWISE)
def test_lines_between_and_beyond_samples_are_the_function(name, slope):
    samples = sampled(activation(name, slope))
    for z in (np.linspace(-9, 9, 4321), np.linspace(-2000, 2000, 4321)):
        exact = activation(name, slope)(z.copy())
        np.testing.assert_allclose(joined(samples, z), exact, rtol=1e-5, atol=1.1e-5)
    assert len(samples["values"]) < 50_000


def test_a_kink_at_a_whole_number_has_a_sample():
    samples = sampled(lambda z: np.clip(z, 0, 6))
    z = np.array([-1e-3, 0, 1e-3, 5.999, 6, 6.001])
    np.testing.assert_allclose(joined(samples, z), np.clip(z, 0, 6), atol=1e-9)


def test_a_function_that_never_becomes_straight_ends_all_the_same():
    assert len(sampled(np.sin)["values"]) < 200_000
