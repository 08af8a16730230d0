"""What a cluster is asked for is enough, and follows from the sizes."""

from dataclasses import replace

import pytest

from nn import Hyperparameters
from workflow.demand import DIGITS, MNIST, Size, megabytes, minutes, size_of

BASELINE = Hyperparameters()


def test_a_training_of_mnist_gets_more_than_it_was_measured_to_need():
    # 149 runs needed 131 MB at most, and a minute or two (docs/performance.md); each Snakemake that starts one up to 170.
    assert 131 + 2 * 170 < megabytes(BASELINE, MNIST) < 1500
    assert 10 < minutes(BASELINE, MNIST) < 120
    assert minutes(BASELINE, DIGITS) < 10


@pytest.mark.parametrize("ask", [megabytes, minutes])
def test_more_units_and_images_ask_for_more(ask):
    wide = replace(BASELINE, hidden_units=(2048, 1024))
    many = Size(784, 600_000, 100_000, 10)
    assert ask(wide, MNIST) > 1.1 * ask(BASELINE, MNIST)
    assert ask(BASELINE, many) > 1.5 * ask(BASELINE, MNIST)


def test_more_epochs_ask_for_more_time_and_no_more_memory():
    long = replace(BASELINE, epochs=2000)
    assert minutes(long, MNIST) > 5 * minutes(BASELINE, MNIST)
    assert megabytes(long, MNIST) == megabytes(BASELINE, MNIST)


def test_before_a_dataset_is_described_its_size_is_that_of_mnist_or_the_digits(tmp_path):
    nowhere = tmp_path / "summary.json"
    assert size_of(nowhere, bundled=False) == MNIST and size_of(nowhere, bundled=True) == DIGITS
    nowhere.write_text('{"image_shape": [4')
    assert size_of(nowhere, bundled=True) == DIGITS
    nowhere.write_text(
        '{"image_shape": [4, 5], "train_counts": [3, 4], "test_counts": [1, 1], "classes": ["a", "b"]}'
    )
    assert size_of(nowhere, bundled=True) == Size(20, 7, 2, 2)
