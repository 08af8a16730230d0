"""The forward pass in the page gives what numpy gives."""

import numpy as np
import pytest

from nn import Hyperparameters, Network, load_digits
from nn.inspection import outputs
from nn.training import first_weights
from report.packed import pack, stored
from report.render import PAGE

CHOICES = [
    {"activation": "sigmoid", "slope": 0.4},
    {"activation": "tanh"},
    {"activation": "relu", "loss": "binary_cross_entropy"},
    {"activation": "relu6"},
    {
        "activation": "leaky_relu",
        "output_activation": "softmax",
        "loss": "categorical_cross_entropy",
    },
]


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: choices["activation"])
def test_a_hundred_test_images_come_out_as_in_numpy(choices, browser):
    digits, run = load_digits(), Hyperparameters(**choices, initializer="lecun_normal")
    packed = [pack(W, "<i2") for W in first_weights(digits, run, seed=0)]
    X = digits.pixels(digits.test_images[:100])
    expected = outputs(Network.of(run), [whole * scale for whole, scale in packed], X)

    page = browser.new_page()
    page.add_script_tag(path=PAGE / "network.js")
    pocket = {
        "activation": run.activation,
        "output_activation": run.output_activation,
        "slope": run.slope,
        "weights": [stored(whole, scale) for whole, scale in packed],
    }
    found = page.evaluate(
        """([pocket, images]) => {
            const network = networkOf(pocket);
            return images.map((X) => forward(X, network).map((L) => [...L]));
        }""",
        [pocket, X.tolist()],
    )
    page.close()
    for layer, values in enumerate(expected):
        shown = np.array([image[layer] for image in found])
        np.testing.assert_allclose(shown, values, rtol=1e-4, atol=1e-5)


def test_sixteen_bits_keep_a_matrix_to_a_part_in_thirty_thousand():
    W = np.random.default_rng(0).normal(0, 0.1, (64, 32)).astype(np.float32)
    whole, scale = pack(W, "<i2")
    assert whole.dtype == np.int16
    assert np.abs(whole * scale - W).max() <= 0.51 * np.abs(W).max() / 32767
    nothing, one = pack(np.zeros((2, 2), np.float32), "<i2")
    assert not nothing.any() and one == 1
