"""Products are what their definition says, bit by bit, with every kernel that the BLAS has for this processor."""

import ctypes
import ctypes.util
import os
import subprocess
import sys

import numpy as np
import pytest

from nn.products import by_definition, fused_multiply_add, keeps_to_definition, matmul
from workflow.origin import blas, simd

# OpenBLAS's kernels for x86-64 with FMA → the instructions that they need, as numpy calls them.
KERNELS = {
    "Haswell": "X86_V3",
    "Zen": "X86_V3",
    "SkylakeX": "X86_V4",
    "Cooperlake": "X86_V4",
    "Sapphirerapids": "X86_V4",
}
HERE = simd()
portable = pytest.mark.skipif(
    "X86_V3" not in HERE or "openblas" not in blas()[0]["name"],
    reason="the definition is that of OpenBLAS on x86-64 with FMA",
)
SHAPES = """
import numpy as np
from nn.products import by_definition, matmul

rng = np.random.default_rng(0)
for _ in range({}):
    # As often small as large: what is small has code of its own in some kernels.
    m, k, n = (int(rng.integers(1, 30) if rng.integers(2) else rng.integers(30, 700)) for _ in range(3))
    A, B = rng.standard_normal((m, k), np.float32), rng.standard_normal((k, n), np.float32)
    A = np.asfortranarray(A) if rng.integers(2) else A
    B = np.asfortranarray(B) if rng.integers(2) else B
    assert np.array_equal(matmul(A, B), by_definition(A, B)), (m, k, n)
"""


def random(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def with_kernel(name, program, **settings):
    """What a program does that gets its products from this kernel."""
    free = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS")}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=free | {"OPENBLAS_CORETYPE": name, "OPENBLAS_NUM_THREADS": "1"} | settings,
        capture_output=True,
        text=True,
    )


@portable
@pytest.mark.parametrize("name", [name for name, needed in KERNELS.items() if needed in HERE])
@pytest.mark.parametrize(
    ("n_shapes", "l2_size"),
    [
        (10, ""),
        *(pytest.param(100, size, marks=pytest.mark.long) for size in ("", "256", "2048")),
    ],
)
def test_every_kernel_keeps_to_the_definition(name, n_shapes, l2_size):
    # OpenBLAS cuts matrices to the cache that it finds, or is told.
    done = with_kernel(name, SHAPES.format(n_shapes), OPENBLAS_L2_SIZE=l2_size)
    assert done.returncode == 0, done.stderr


@portable
def test_a_kernel_that_rounds_otherwise_is_found_out():
    # Nehalem had no FMA.
    done = with_kernel("Nehalem", "from nn.products import keeps_to_definition as k; print(k())")
    assert done.stdout.strip() == "False", done.stderr


@portable
def test_this_machine_keeps_to_the_definition():
    assert keeps_to_definition()


def test_a_number_hangs_on_its_own_row_and_column_only():
    """So that it does not matter how images are grouped, nor how many units there are beside one."""
    A, B = random(60, 700), random(700, 400, seed=1)
    whole = matmul(A, B)
    for rows, columns in ((slice(7, 9), slice(0, 400)), (slice(0, 60), slice(301, 319))):
        assert np.array_equal(matmul(A[rows], B[:, columns]), whole[rows, columns])


def test_zeros_add_nothing():
    """Pixels that no image of a block lights up are left out: exact, as long as a part is not cut elsewhere."""
    A, B = random(30, 300), random(300, 40, seed=1)
    lit = np.flatnonzero(np.arange(300) % 3)
    A[:, np.arange(300) % 3 == 0] = 0
    assert np.array_equal(matmul(A, B), matmul(A[:, lit], B[lit]))


@pytest.mark.parametrize("shape", [(1, 1, 1), (0, 3, 2), (13, 1, 305), (5, 641, 2)])
def test_any_shape_is_multiplied(shape):
    m, k, n = shape
    A, B = random(m, k), random(k, n, seed=1)
    np.testing.assert_allclose(matmul(A, B), A @ B, rtol=1e-4, atol=1e-4)
    assert matmul(A, B).shape == (m, n)
    assert matmul(A, B).dtype == np.float32


def test_float64_stays_float64():
    A, B = np.random.default_rng(0).random((20, 30)), np.random.default_rng(1).random((30, 40))
    np.testing.assert_allclose(matmul(A, B), A @ B, rtol=1e-14)


def test_what_is_not_finite_stays_where_it_is():
    A, B = random(20, 30), random(30, 40, seed=1)
    A[3, 5], B[7, 9] = np.nan, np.inf
    with np.errstate(all="ignore"):
        spoiled = ~np.isfinite(matmul(A, B))
    expected = np.zeros((20, 40), bool)
    expected[3] = expected[:, 9] = True
    assert np.array_equal(spoiled, expected)


def test_multiplying_and_adding_rounds_once():
    name = ctypes.util.find_library("m")
    if name is None:
        pytest.skip("no C library with fmaf")
    fmaf = ctypes.CDLL(name).fmaf
    fmaf.restype, fmaf.argtypes = ctypes.c_float, [ctypes.c_float] * 3
    a, b, c = random(3, 5000)
    # Sums of numbers that are far apart, and that all but cancel.
    c *= np.exp2(np.random.default_rng(1).integers(-30, 30, 5000)).astype(np.float32)
    c[:1000] = -(a * b)[:1000]
    expected = [fmaf(*map(float, numbers)) for numbers in zip(a, b, c, strict=True)]
    assert np.array_equal(fused_multiply_add(a, b, c), np.array(expected, np.float32))
    assert by_definition(a[:, np.newaxis], b[:1, np.newaxis]).shape == (5000, 1)
