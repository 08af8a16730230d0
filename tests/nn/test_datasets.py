"""IDX files: read as they should be, and refused in one line when they are not."""

import gzip
import struct
import tracemalloc

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
        ("train_images", b"neither gzip nor IDX", "found the bytes 6e 65 69 74 at its beginning"),
        ("train_images", packed(b""), "found nothing, expected IDX images: bytes in 3 dimensions"),
        (
            "train_images",
            packed(b"\x89PNG and so on"),
            "found the bytes 89 50 4e 47 at its beginning",
        ),
        ("train_images", packed(idx(np.zeros(20, np.uint8))), "found 1 dimension (labels?)"),
        (
            "train_labels",
            packed(idx(np.zeros((20, 4, 3), np.uint8))),
            "found 3 dimensions (images?)",
        ),
        ("train_images", packed(idx(np.zeros((20, 4, 3, 3), np.uint8))), "images in colour?"),
        ("train_images", packed(idx(np.zeros((20, 4), np.uint8))), "found 2 dimensions, expected"),
        ("train_images", packed(idx(np.zeros((9, 4, 3)), 0xD03)), "found float numbers, expected"),
        (
            "train_images",
            packed(idx(np.zeros((9, 4, 3), ">i4"), 0xC03)),
            "found 32-bit numbers, ex",
        ),
        ("train_labels", packed(idx(np.zeros(20, ">f4"), 0xD01)), "expected IDX labels: whole num"),
        ("train_labels", packed(idx(np.zeros((20, 8), np.uint8))), "found 2 dimensions, expected"),
        ("train_labels", packed(idx(np.full(20, -1, ">i4"), 0xC01)), "found label -1, expected"),
        ("train_images", packed(b"\0\0\x08\x03\0\0\0\x14"), "found a header that ends early"),
        ("train_labels", packed(struct.pack(">II", 0x801, 2**31) + bytes(20)), "found 20 bytes of"),
        ("train_images", packed(struct.pack(">4I", 0x803, *[2**32 - 1] * 3)), "fits into memory"),
        (
            "train_labels",
            packed(idx(np.zeros(20, np.uint8)) + bytes(5_000)),
            "found more than 20 by",
        ),
        ("train_labels", packed(idx(np.zeros(20, np.uint8))[:-3]), "found 17 bytes"),
        ("train_labels", packed(idx(np.zeros(9, np.uint8))), "found 9 labels, expected 20"),
        ("test_labels", packed(idx(np.full(5, 10, np.uint8))), "found label 10"),
        ("test_images", packed(idx(np.zeros((5, 3, 3), np.uint8))), "found images of 3×3"),
        (
            "train_labels",
            packed(idx(np.zeros(0, np.uint8))),
            "found 0 labels in its header, expected one or more",
        ),
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


def test_files_may_be_unpacked_whatever_they_are_called(files):
    paths, arrays = files
    for name, array in arrays.items():
        paths[name].write_bytes(idx(array))
    dataset = nn.load_idx(**paths, classes=CLASSES)
    np.testing.assert_array_equal(dataset.train_images, arrays["train_images"].reshape(20, 12))


def test_images_may_be_stored_column_by_column(files):
    paths, arrays = files
    dataset = nn.load_idx(**paths, classes=CLASSES, transposed=True)
    assert dataset.image_shape == (3, 4)
    np.testing.assert_array_equal(
        dataset.train_images.reshape(20, 3, 4), arrays["train_images"].transpose(0, 2, 1)
    )


def test_labels_may_begin_elsewhere_than_at_0(files):
    paths, arrays = files
    for name in ("train_labels", "test_labels"):
        paths[name].write_bytes(packed(idx(arrays[name] + 1)))
    dataset = nn.load_idx(**paths, classes=CLASSES, first_label=1)
    np.testing.assert_array_equal(dataset.train_labels, arrays["train_labels"])
    paths["test_labels"].write_bytes(packed(idx(arrays["test_labels"] * 0)))
    with pytest.raises(nn.DataError, match="found label 0, expected labels from 1 to 10; do the"):
        nn.load_idx(**paths, classes=CLASSES, first_label=1)


@pytest.mark.parametrize(
    ("dtype", "magic"),
    [(">i1", 0x901), (">i2", 0xB01), (">i4", 0xC01)],
    ids=lambda value: str(value),
)
def test_labels_may_be_any_whole_numbers(files, dtype, magic):
    paths, arrays = files
    labels = arrays["train_labels"]
    paths["train_labels"].write_bytes(packed(idx(labels.astype(dtype), magic)))
    dataset = nn.load_idx(**paths, classes=CLASSES)
    np.testing.assert_array_equal(dataset.train_labels, labels)
    assert dataset.train_labels.dtype == np.uint8


def test_of_rows_of_qmnist_the_first_number_is_the_class(files):
    paths, arrays = files
    labels = arrays["train_labels"]
    rows = np.column_stack([labels, *np.full((7, 20), 1000)]).astype(">i4")
    paths["train_labels"].write_bytes(packed(idx(rows, 0xC02)))
    dataset = nn.load_idx(**paths, classes=CLASSES)
    np.testing.assert_array_equal(dataset.train_labels, labels)


def test_a_truncated_gzip_file_is_refused(files):
    paths, _ = files
    paths["test_images"].write_bytes(paths["test_images"].read_bytes()[:-20])
    with pytest.raises(nn.DataError, match="no whole gzip file"):
        nn.load_idx(**paths, classes=CLASSES)


def test_a_file_is_read_no_further_than_its_header_says(files):
    paths, _ = files
    # A bomb: 64 kilobytes that would become 64 megabytes.
    paths["train_labels"].write_bytes(packed(idx(np.zeros(20, np.uint8))) + packed(bytes(2**26)))
    tracemalloc.start()
    with pytest.raises(nn.DataError, match="found more than 20 bytes"):
        nn.load_idx(**paths, classes=CLASSES)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**22


def test_a_file_that_cannot_be_read_is_named_in_one_line(files, tmp_path):
    paths, _ = files
    for nothing in (tmp_path / "absent.gz", tmp_path):
        with pytest.raises(nn.DataError, match="found no file to read"):
            nn.load_idx(**paths | {"train_images": nothing}, classes=CLASSES)


def test_digits_are_split_with_every_class_in_proportion():
    digits = nn.load_digits()
    train, test = np.bincount(digits.train_labels), np.bincount(digits.test_labels)
    assert (len(digits.train_labels), len(digits.test_labels)) == (1437, 360)
    assert np.abs(test / test.sum() - train / train.sum()).max() < 0.003


def test_one_hot_puts_a_one_where_the_label_is():
    assert nn.one_hot(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
