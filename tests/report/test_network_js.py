"""The forward pass in the page gives what numpy gives, and the page says of it what is so."""

from dataclasses import replace

import numpy as np
import pytest

from nn import Network, load_digits
from nn.inspection import outputs
from nn.training import first_weights
from report.packed import pack
from report.pages.render import SCRIPTS_FOLDER as PAGE
from tests.registries import networks, told
from workflow.scripts.pocket import carried

# One for every two activations and slope: the loss has no part in a forward pass.
NETWORKS = {(run.activation, run.output_activation, run.slope): run for run in networks()}


@pytest.fixture
def page(browser):
    page = browser.new_page()
    for script in ("network.js", "draw.js"):
        page.add_script_tag(path=PAGE / script)
    yield page
    page.close()


@pytest.mark.parametrize("run", NETWORKS.values(), ids=told)
def test_a_hundred_test_images_come_out_as_in_numpy(run, page):
    digits, run = load_digits(), replace(run, initializer="lecun_normal")
    packed = [pack(W, 12) for W in first_weights(digits, run, seed=0)]
    X = digits.pixels(digits.test_images[:100])
    expected = outputs(Network.of(run), [whole * scale for whole, scale in packed], X)
    found = page.evaluate(
        """([pocket, images]) => {
            const network = networkOf(pocket);
            return images.map((X) => forward(X, network).map((L) => [...L]));
        }""",
        [carried(run, packed), X.tolist()],
    )
    for layer, values in enumerate(expected):
        shown = np.array([image[layer] for image in found])
        np.testing.assert_allclose(shown, values, rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize(
    ("outputs", "said"),
    [
        ([0.2, 0.6], " (75 % of all outputs)"),
        ([0, 0], ""),
        ([-0.9, -0.8, 0.9], ""),  # tanh: the sum would make it a share of −113 %
        ([-0.85, 0.95], ""),  # and this one 950 %
    ],
)
def test_the_largest_output_has_a_share_only_where_none_is_negative(outputs, said, page):
    assert page.evaluate("shareOf", outputs) == said


def test_twelve_bits_keep_a_matrix_to_a_part_in_two_thousand():
    W = np.random.default_rng(0).normal(0, 0.1, (64, 32)).astype(np.float32)
    whole, scale = pack(W, 12)
    assert np.abs(whole).max() == 2047
    assert np.abs(whole * scale - W).max() <= 0.51 * np.abs(W).max() / 2047
    nothing, one = pack(np.zeros((2, 2), np.float32), 12)
    assert not nothing.any() and one == 1
