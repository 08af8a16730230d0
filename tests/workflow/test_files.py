"""Files of results are the same bytes wherever they are written."""

import numpy as np

from workflow.files import digest, write_arrays

ARRAYS = {
    "zeros": np.zeros((100, 100), dtype=np.float32),
    "ordered": np.asfortranarray(np.arange(12, dtype=np.int64).reshape(3, 4)),
    "number": 7,
}


def test_arrays_come_back(tmp_path):
    write_arrays(tmp_path / "arrays.npz", ARRAYS)
    with np.load(tmp_path / "arrays.npz", allow_pickle=False) as stored:
        assert list(stored) == list(ARRAYS)
        for name, array in ARRAYS.items():
            np.testing.assert_array_equal(stored[name], array)


def test_arrays_are_the_same_bytes_from_any_python(tmp_path):
    # As Python 3.11.2, 3.11.7, 3.12.1 and 3.13.0 write it, of which numpy.savez makes two different files.
    write_arrays(tmp_path / "arrays.npz", ARRAYS)
    assert digest(tmp_path / "arrays.npz").startswith("df55d366804d17f6")
