"""A figure's table has the numbers that the figure shows."""

import numpy as np
import pytest

from report.figures import bars, confusion, curves, data, deltas, layers, numbers
from tests.report import made
from tests.report.test_figures import run_of, summary_of

RATES = [1e-5, 1e-4, 1e-3]


@pytest.fixture
def question():
    variants = [made.variant({"learning_rate": rate}, [40 + i]) for i, rate in enumerate(RATES)]
    return made.experiment("rates", "learning_rate", variants)


def test_of_curves_every_epoch(question):
    table = curves.numbers(question, made.SUMMARY)
    fig, _ = curves.draw(question, 90, made.SUMMARY)
    for line, (label, rows) in zip(
        fig.axes[2].lines, table.groupby("variant", sort=False), strict=False
    ):
        assert line.get_label() == label
        assert np.array_equal(line.get_xydata(), rows[["epoch", "train_accuracy"]])


def test_of_bars_every_seed(question):
    table = bars.numbers(question, made.SUMMARY)
    fig, _ = bars.draw(question, 90, made.SUMMARY)
    widths = [[bar.get_width() for bar in container] for container in fig.axes[0].containers]
    assert np.allclose(widths, table[["train_accuracy", "test_accuracy"]].T)


def test_of_layers_every_layer_before_and_after(question):
    table = layers.numbers(question, made.SUMMARY)
    assert len(table) == 3 * 3 * 2
    assert table.query("layer == 2").saturated.eq(0.2).all()


def test_of_a_confusion_matrix_every_count():
    run = run_of(["a", "b"])
    run.inside["last_confusion_test"] = np.array([[3, 1], [0, 4]])
    rows = confusion.numbers(run, summary_of(["a", "b"])).query("images == 'test'")
    assert rows[["true", "predicted", "count"]].values.tolist() == [
        ["a", "a", 3], ["a", "b", 1], ["b", "a", 0], ["b", "b", 4],
    ]  # fmt: skip


def test_of_the_data_every_class():
    table = data.numbers(None, made.SUMMARY)
    assert table.train_images.tolist() == made.SUMMARY["train_counts"]


def test_of_losses_every_output():
    variants = [
        made.variant({"loss": loss}, [50]) for loss in ("squared_error", "binary_cross_entropy")
    ]
    table = deltas.numbers(made.experiment("losses", "loss", variants), made.SUMMARY)
    wrong = table.query("output == 0.9").delta.tolist()
    assert wrong == pytest.approx([0.9**2 * 0.1, 0.9])


def test_parts_of_a_picture_stand_in_one_table():
    table = numbers.parts(
        {"image": np.array([[1, 2], [3, 4]])}
        | numbers.by_epoch({"epoch": np.array([1, 2]), "loss": np.array([0.5, 0.25])}, "loss")
    )
    assert table.fillna(-1).values.tolist() == [
        ["image", 0, 0, 1], ["image", 0, 1, 2], ["image", 1, 0, 3], ["image", 1, 1, 4],
        ["loss", 1, -1, 0.5], ["loss", 2, -1, 0.25],
    ]  # fmt: skip
