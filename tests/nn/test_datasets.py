"""IDX files: read as they should be, and refused in one line when they are not."""

import gzip
import struct

import numpy as np
import pytest

import nn

CLASSES = tuple("0123456789")


def packed(content):
    """Without the time, so that a test is called the same whenever it is collected."""
    return gzip.compress(content, mtime=0)


def idx(array, magic=None):
    magic = magic if magic is not None else 0x800 + array.ndim
    return struct.pack(f">{1 + array.ndim}I", magic, *array.shape) + array.tobytes()


@pytest.fixture
def files(tmp_path):
    rng = np.random.default_rng(0)
    arrays = {
        "train_images": rng.integers(0, 256, (20, 4, 3), dtype=np.uint8),
        "train_labels": rng.integers(0, 10, 20, dtype=np.uint8),
        "test_images": rng.integers(0, 256, (5, 4, 3), dtype=np.uint8),
        "test_labels": rng.integers(0, 10, 5, dtype=np.uint8),
    }
    paths = {}
    for name, array in arrays.items():
        paths[name] = tmp_path / f"{name}.gz"
        paths[name].write_bytes(packed(idx(array)))
    return paths, arrays


def test_four_files_become_a_dataset(files):
    paths, arrays = files
    dataset = nn.load_idx(**paths, classes=CLASSES)
    np.testing.assert_array_equal(dataset.train_images, arrays["train_images"].reshape(20, 12))
    np.testing.assert_array_equal(dataset.test_labels, arrays["test_labels"])
    assert dataset.image_shape == (4, 3)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("train_images", b"no gzip", "found no whole gzip file"),
        ("train_images", packed(b""), "found an empty file as its magic number"),
        ("train_images", packed(idx(np.zeros(20, np.uint8))), "expected 0x00000803"),
        ("train_labels", packed(idx(np.zeros(20, np.uint8))[:-3]), "found 17 bytes"),
        ("train_labels", packed(idx(np.zeros(9, np.uint8))), "found 9 labels, expected 20"),
        ("test_labels", packed(idx(np.full(5, 10, np.uint8))), "found label 10"),
        ("test_images", packed(idx(np.zeros((5, 3, 3), np.uint8))), "found images of 3×3"),
        ("train_labels", packed(idx(np.zeros(0, np.uint8))), "more than none"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named_in_one_line(files, name, content, said):
    paths, _ = files
    paths[name].write_bytes(content)
    with pytest.raises(nn.DataError) as error:
        nn.load_idx(**paths, classes=CLASSES)
    message = str(error.value)
    assert message.startswith(str(paths[name]))
    assert said in message
    assert "\n" not in message


def test_a_truncated_gzip_file_is_refused(files):
    paths, _ = files
    paths["test_images"].write_bytes(paths["test_images"].read_bytes()[:-20])
    with pytest.raises(nn.DataError, match="no whole gzip file"):
        nn.load_idx(**paths, classes=CLASSES)


def test_digits_are_split_with_every_class_in_proportion():
    digits = nn.load_digits()
    train, test = np.bincount(digits.train_labels), np.bincount(digits.test_labels)
    assert (len(digits.train_labels), len(digits.test_labels)) == (1437, 360)
    assert np.abs(test / test.sum() - train / train.sum()).max() < 0.003


def test_one_hot_puts_a_one_where_the_label_is():
    assert nn.one_hot(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
