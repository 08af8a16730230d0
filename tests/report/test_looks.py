"""Key figures look as they did. After a change that is meant, look at the new pictures and keep them:
pytest tests/report/test_looks.py --mpl-generate-path=tests/report/looks
"""

from dataclasses import asdict

import numpy as np
import pytest

from nn import Hyperparameters
from report import figures
from report.figures import bars, confusion, curves, deltas, panel
from report.runs import Experiment, Run, Variant

EPOCHS = np.arange(1, 41)
SUMMARY = {"classes": ["0", "1", "2"], "train_counts": [30, 20, 10]}
looks_as_before = pytest.mark.mpl_image_compare(
    baseline_dir="looks",
    style=figures.__path__[0] + "/style.mplstyle",
    savefig_kwargs={"dpi": 80, "metadata": {"Software": None}},
    tolerance=5,
)


def run(rate, seed=0, diverged_at=None):
    """A run whose loss falls and whose accuracy rises, faster with a higher rate."""
    epochs = EPOCHS[:diverged_at]
    pace = 1 - np.exp(-epochs * rate * 2e3)
    accuracy = 10 + (85 - 4 * seed) * pace
    made = Run(
        None,
        {
            "run": f"rate{rate}",
            "seed": seed,
            "hyperparameters": asdict(Hyperparameters(learning_rate=rate)),
            "train_accuracy": accuracy[-1],
            "test_accuracy": accuracy[-1] - 2,
            "final_loss": 8 * (1 - pace[-1]),
            "diverged_at": diverged_at,
        },
    )
    made.__dict__["history"] = {
        "epoch": epochs,
        "loss": 8 * (1 - pace) + 0.1 * seed,
        "train_accuracy": accuracy,
        **{f"update_w{i}": 10.0 ** -(3 + i) * (1 - pace) for i in (1, 2, 3)},
    }
    waves = [np.sin(np.arange(n) / 7) for n in (64, 32, 16, 3)]
    made.__dict__["weights"] = {f"W{i}": np.outer(waves[i - 1], waves[i] + 0.5) for i in (1, 2, 3)}
    made.__dict__["weights"]["initial_W1"] = np.zeros((64, 32))
    made.__dict__["inside"] = {
        "example_image": np.zeros((8, 8)),
        **{f"last_mean_activation_{i}": waves[i] ** 2 for i in (1, 2, 3)},
        **{f"last_gradient_{i}": np.outer(waves[i - 1], waves[i] - 0.5) for i in (1, 2, 3)},
        **{f"last_histogram_{i}": (50 * i + 5 * np.arange(50)) for i in (1, 2, 3)},
        **{f"last_edges_{i}": np.linspace(0, 1, 51) for i in (1, 2, 3)},
        "last_confusion_train": np.array([[90, 5, 5], [0, 60, 40], [10, 0, 90]]),
        "last_confusion_test": np.array([[80, 20, 0], [0, 100, 0], [50, 0, 50]]),
    }
    return made


@pytest.fixture
def question():
    rates = (1e-5, 3e-5, 1e-3)
    variants = tuple(
        Variant(tuple(run(rate, seed, diverged_at=9 if rate == 1e-3 else None) for seed in (0, 1)))
        for rate in rates
    )
    return Experiment(
        "rates", "sweep", "2.1", "Learning rate", ("learning_rate",), (0, 1),
        labels=("lr 1e−5", "lr 3e−5", "lr 1e−3"),
        values=tuple({"learning_rate": rate} for rate in rates),
        variants=variants,
    )  # fmt: skip


@looks_as_before
def test_curves(question):
    return curves.draw(question, 90, SUMMARY)[0]


@looks_as_before
def test_bars(question):
    return bars.draw(question, 90, SUMMARY)[0]


@looks_as_before
def test_panel():
    return panel.draw(run(3e-5), 90, SUMMARY)[0]


def test_a_gradient_whose_parts_cancel_out_is_not_painted():
    some = run(3e-5)
    gradient = np.outer(np.sin(np.arange(16)), [1, -1, 1e-9])
    assert gradient_of_w3(some).images
    some.inside["last_gradient_3"] = gradient
    ax = gradient_of_w3(some)
    assert not ax.images and "zero but for rounding" in ax.texts[0].get_text()


def gradient_of_w3(some):
    axes = panel.draw(some, 90, SUMMARY)[0].axes
    return next(ax for ax in axes if "gradient of W3" in ax.get_title("left"))


def test_a_panel_shows_the_units_whose_weights_changed_most_largest_first():
    some = run(3e-5)
    some.weights["W1"] = np.zeros((64, 32))
    some.weights["W1"][3, [20, 5]] = -2, 1
    strip = next(
        ax for ax in panel.draw(some, 90, SUMMARY)[0].axes if "most" in ax.get_title("left")
    )
    tiles = np.hsplit(np.pad(strip.images[0].get_array(), ((0, 0), (0, 1))), 16)
    assert [(tile[0, 3], np.count_nonzero(tile[:, :8])) for tile in tiles[:3]] == [
        (-2, 1),
        (1, 1),
        (0, 0),
    ]


def test_a_picture_of_one_colour_has_no_colour_bar():
    some = run(3e-5)
    bars = n_bars(some)
    some.inside["last_mean_activation_3"] = np.ones(3)
    some.weights["W1"] = some.weights["initial_W1"] = np.full((64, 32), 0.5)
    # Neither the third activation, the mean of W1 nor its change.
    assert n_bars(some) == bars - 3


def n_bars(some):
    return sum(len(ax.child_axes) for ax in panel.draw(some, 90, SUMMARY)[0].axes)


def test_squared_error_corrects_an_error_of_two_thirds_most():
    assert "squared error: at most 0.15, at an output of 0.67" in drawn_losses()[1]


def drawn_losses():
    losses = [
        asdict(Hyperparameters(loss=loss)) for loss in ("squared_error", "binary_cross_entropy")
    ]
    variants = tuple(Variant((Run(None, {"hyperparameters": one}),)) for one in losses)
    question = Experiment(
        "losses", "sweep", "3.3", "Loss", ("loss",), (0,), labels=("squared error", "cross-entropy"),
        values=({}, {}), variants=variants,
    )  # fmt: skip
    return deltas.draw(question, 90, SUMMARY)


@looks_as_before
def test_deltas():
    return drawn_losses()[0]


@looks_as_before
def test_confusion():
    return confusion.draw(run(3e-5), 90, SUMMARY)[0]
