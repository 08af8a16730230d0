"""Datasets: IDX files, scikit-learn's digits, one-hot targets.

In: four IDX files, or nothing. Out: a `Dataset` of uint8 images and labels. Used by
workflow/scripts/prepare.py and by anyone who does `import nn`.
"""

import gzip
import zlib
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

# What an IDX file says it holds: two zeros, the type of its numbers, how many dimensions.
TYPES = {
    0x08: ("bytes", ">u1"),
    0x09: ("signed bytes", ">i1"),
    0x0B: ("16-bit numbers", ">i2"),
    0x0C: ("32-bit numbers", ">i4"),
    0x0D: ("float numbers", ">f4"),
    0x0E: ("double numbers", ">f8"),
}
# Of images and labels what is read, (type, dimensions), in words, too. A row for each label: QMNIST, class first.
READ = {
    "images": ({(0x08, 3)}, "bytes in 3 dimensions"),
    "labels": (
        {*product((0x08, 0x09, 0x0B, 0x0C), (1,)), (0x0C, 2)},
        "whole numbers in 1 dimension",
    ),
}
GZIP = b"\x1f\x8b"


class DataError(ValueError):
    """A data file that is not what it should be; the message is one line for the user."""


@dataclass(frozen=True)
class Dataset:
    """Images as they are stored, and what is needed to read them.

    Attributes
    ----------
    train_images, test_images : uint8 arrays, (n_images, n_pixels)
    train_labels, test_labels : uint8 arrays, (n_images,), indices into `classes`
    image_shape : (height, width)
    pixel_max : int
        The stored value that stands for 1.0.
    classes : tuple of str
    train_order, test_order : int arrays, (n_images,), optional
        The orders in which training cuts the images into blocks; see `blocks.greedy_order`. They
        change the speed and the rounding, not the mathematics.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    image_shape: tuple[int, int]
    pixel_max: int
    classes: tuple[str, ...]
    train_order: np.ndarray | None = None
    test_order: np.ndarray | None = None

    def pixels(self, images):
        """Stored images as float32 in [0, 1]."""
        return images.astype(np.float32) / np.float32(self.pixel_max)


def one_hot(labels, n_classes):
    """float32 targets, (n_images, n_classes), with a one where the label is."""
    return np.eye(n_classes, dtype=np.float32)[labels]


def load_digits():
    """scikit-learn's 1,797 real 8×8 digits: 1,437 to train, 360 to test, classes in proportion."""
    from sklearn import datasets
    from sklearn.model_selection import train_test_split

    bundled = datasets.load_digits()
    train_images, test_images, train_labels, test_labels = train_test_split(
        bundled.data.astype(np.uint8),
        bundled.target.astype(np.uint8),
        test_size=360,
        stratify=bundled.target,
        random_state=0,
    )
    return Dataset(
        train_images,
        train_labels,
        test_images,
        test_labels,
        image_shape=(8, 8),
        pixel_max=16,
        classes=tuple("0123456789"),
    )


def load_idx(
    train_images, train_labels, test_images, test_labels, classes, first_label=0, transposed=False
):
    """Read the four IDX files of an MNIST-like dataset, gzipped or not.

    Parameters
    ----------
    train_images, train_labels, test_images, test_labels : path
        Images of bytes; labels of whole numbers, one an image or, as QMNIST has them, a row of 32-bit numbers an
        image, of which the first is the class.
    classes : sequence of str
        Names of the labels, in order.
    first_label : int
        The label of the first class: EMNIST's letters begin at 1.
    transposed : bool
        Whether images are stored column by column, as EMNIST's are.

    Raises
    ------
    DataError
        If a file is not there, not whole, not IDX, longer than its header says, or does not fit the other three.
    """
    train = read_idx_images(train_images)
    test = read_idx_images(test_images)
    if train.shape[1:] != test.shape[1:]:
        raise DataError(
            f"{test_images}: found images of {_times(test.shape[1:])} pixels, "
            f"expected {_times(train.shape[1:])} as in {train_images}"
        )
    if transposed:
        train, test = train.swapaxes(1, 2), test.swapaxes(1, 2)
    return Dataset(
        train.reshape(len(train), -1),
        read_idx_labels(train_labels, len(train), len(classes), first_label),
        test.reshape(len(test), -1),
        read_idx_labels(test_labels, len(test), len(classes), first_label),
        image_shape=train.shape[1:],
        pixel_max=255,
        classes=tuple(classes),
    )


def read_idx_images(path):
    """uint8 images, (n_images, height, width)."""
    return _read_idx(path, "images")


def read_idx_labels(path, n_images, n_classes, first_label=0):
    """uint8 labels, (n_images,), each below n_classes: 0 where the file says `first_label`."""
    labels = _read_idx(path, "labels")
    labels = labels[:, 0] if labels.ndim == 2 else labels
    if len(labels) != n_images:
        raise DataError(
            f"{path}: found {len(labels):,} labels, expected {n_images:,}, one an image"
        )
    last_label = first_label + n_classes - 1
    for label in (labels.max(), labels.min()):
        if not first_label <= label <= last_label:
            raise DataError(
                f"{path}: found label {label}, expected labels from {first_label} to {last_label}; "
                "do the dataset's 'classes' and 'first_label' fit the file?"
            )
    return (labels.astype(np.int64) - first_label).astype(np.uint8)


def _read_idx(path, content):
    """The array in an IDX file, gzipped or not, read no further than its header says (LeCun's format)."""
    try:
        with _opened(path) as stream:
            shape, dtype = _header(path, content, stream)
            expected = prod(shape) * dtype.itemsize
            raw = stream.read(expected + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(
            f"{path}: found no whole gzip file ({error}); replace it by a whole one"
        ) from None
    except OSError as error:
        raise DataError(
            f"{path}: found no file to read ({error.strerror}), expected IDX {content}"
        ) from None
    except (MemoryError, OverflowError):
        raise DataError(
            f"{path}: found {_times(shape)} {content} in its header, expected what fits into memory; "
            "is it the right file?"
        ) from None
    if expected == 0:
        raise DataError(
            f"{path}: found {_times(shape)} {content} in its header, expected one or more"
        )
    if len(raw) != expected:
        found = f"{len(raw):,}" if len(raw) <= expected else f"more than {expected:,}"
        raise DataError(
            f"{path}: found {found} bytes of {content}, expected {expected:,} "
            f"({_times(shape)}); replace it by a whole one"
        )
    return np.frombuffer(raw, dtype=dtype).reshape(shape)


def _opened(path):
    """A file to read, unpacked if it is packed, whatever it is called."""
    with open(path, "rb") as stream:
        packed = stream.read(len(GZIP)) == GZIP
    return gzip.open(path) if packed else open(path, "rb")


def _header(path, content, stream):
    """The sides of an array and the type of its numbers, if it is one of what is expected."""
    read, words = READ[content]
    wanted = f"expected IDX {content}: {words}"
    magic = stream.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in TYPES or magic[3] == 0:
        found = f"the bytes {magic.hex(' ')} at its beginning" if magic else "nothing"
        raise DataError(f"{path}: found {found}, {wanted}; is it the right file?")
    name, dtype = TYPES[magic[2]]
    dimensions = magic[3]
    if magic[2] not in {kind for kind, _ in read}:
        raise DataError(f"{path}: found {name}, {wanted}; convert it")
    if (magic[2], dimensions) not in read:
        other = {1: "labels", 3: "images", 4: "images in colour"}.get(dimensions)
        guess = f" ({other}?)" if other else ""
        raise DataError(f"{path}: found {_dimensions(dimensions)}{guess}, {wanted}; give that file")
    sides = stream.read(4 * dimensions)
    if len(sides) < 4 * dimensions:
        raise DataError(
            f"{path}: found a header that ends early, {wanted}; replace it by a whole one"
        )
    return tuple(int(side) for side in np.frombuffer(sides, dtype=">u4")), np.dtype(dtype)


def _dimensions(n):
    return "1 dimension" if n == 1 else f"{n} dimensions"


def _times(shape):
    return "×".join(str(side) for side in shape)
