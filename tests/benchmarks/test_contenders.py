"""What is timed side by side is the same work, in processes that nothing holds back."""

from importlib import import_module

import numpy as np
import pytest

from benchmarks.contenders import Task
from benchmarks.epoch import BLOCK_SIZES, TOLERANCE
from benchmarks.growth import resized
from benchmarks.process import ONE_THREAD, environment
from nn import blocks, load_digits

THIRD = 479  # of the 1,437 digits


@pytest.fixture(scope="module")
def task():
    return Task.of(load_digits())


@pytest.mark.parametrize("name", [name for name in BLOCK_SIZES if name != "ours"])
def test_every_contender_trains_as_we_do(name, task):
    if name.startswith(("pytorch", "jax")):
        pytest.importorskip("torch" if name.startswith("pytorch") else "jax")
    ours, theirs = (
        import_module(f"benchmarks.contenders.{which}").prepare(task, THIRD)
        for which in ("ours", name)
    )
    for _ in range(4):
        (loss, n_right, updates), (their_loss, their_right, their_updates) = ours(), theirs()
        assert their_loss == pytest.approx(loss, rel=TOLERANCE)
        assert abs(their_right - n_right) <= 1
        assert their_updates == pytest.approx(updates, rel=1e-3)


def test_our_products_are_fewer_than_those_of_whole_images(task):
    from benchmarks.contenders import ours

    whole = task.products(task.dataset.train_images.size)
    assert whole == 2 * 1437 * (2 * 64 * 256 + 3 * 256 * 128 + 3 * 128 * 10)
    assert ours.products(task, 64) < whole


def test_a_larger_set_is_the_same_images_again(task):
    digits = task.dataset
    ordered = resized(digits, 1437)
    twice = resized(ordered, 2874)
    assert len(twice.train_labels) == 2874
    np.testing.assert_array_equal(sorted(twice.train_order), np.arange(2874))
    once, again = (
        blocks.cut(d.train_images, d.train_labels, d.train_order, 479) for d in (ordered, twice)
    )
    assert [len(block.pixels) for block in again] == 2 * [len(block.pixels) for block in once]


def test_nothing_in_the_environment_steers_a_measured_library(monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    measured = environment(ONE_THREAD)
    assert "OPENBLAS_CORETYPE" not in measured
    assert measured["OMP_NUM_THREADS"] == "1"
