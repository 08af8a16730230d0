"""Matrix products that are rounded the same way on every processor.

In: two float32 matrices. Out: their product, every number of it by one definition, whichever kernel the BLAS has for
the processor at hand. Used by network.py and inspection.py.

Kernels differ in how they walk through a matrix: long sums are cut at a kernel's own length, tiles at the edges are
added up in another order. Products of whole tiles, none of them at an edge, with sums that no kernel cuts, leave a
kernel no choice. docs/reproducibility.md tells how the numbers below were found; tests/nn/test_products.py holds
every kernel that the processor has to the definition.
"""

import numpy as np

ROWS = 12  # of a tile
COLUMNS = 16  # of a tile
EDGE = 8  # columns at either side whose sums kernels order in ways of their own
NARROW = 12  # so few columns have no edges
WIDEST = 304  # columns that are one panel, together with their edges
LONGEST = 320  # products that no kernel adds up in parts


def matmul(A, B):
    """A @ B, as `by_definition` rounds it.

    Parameters
    ----------
    A : float32 array, (n_rows, n_inner)
    B : float32 array, (n_inner, n_columns)

    Returns
    -------
    float32 array, (n_rows, n_columns)
        Of float64 matrices, as when gradients are checked, whatever the BLAS makes of them.
    """
    n_inner, n_columns = B.shape
    if n_columns > WIDEST:
        return np.hstack([matmul(A, B[:, s : s + WIDEST]) for s in range(0, n_columns, WIDEST)])
    B, columns = _with_edges(B)
    C = _in_tiles(A[:, :LONGEST], B[:LONGEST])
    for start in range(LONGEST, n_inner, LONGEST):
        part = slice(start, start + LONGEST)
        C += _in_tiles(A[:, part], B[part])
    # In one piece, because all that follows is slower on parts of rows.
    return np.ascontiguousarray(C[:, columns])


def _with_edges(B):
    """B among columns of zeros, up to whole tiles, and which columns are B's."""
    n_inner, n_columns = B.shape
    if n_columns <= NARROW:
        first, width = 0, NARROW
    else:
        first, width = EDGE, -(-(n_columns + 2 * EDGE) // COLUMNS) * COLUMNS
    columns = slice(first, first + n_columns)
    wide = np.empty((n_inner, width), B.dtype)
    wide[:, : columns.start] = wide[:, columns.stop :] = 0
    wide[:, columns] = B
    return wide, columns


def _in_tiles(A, B):
    """A @ B, where rows that are too few for a tile get one of their own."""
    whole = len(A) - len(A) % ROWS
    C = np.empty((len(A), B.shape[1]), B.dtype)
    np.matmul(A[:whole], B, out=C[:whole])
    if whole < len(A):
        tile = np.zeros((ROWS, A.shape[1]), A.dtype)
        tile[: len(A) - whole] = A[whole:]
        C[whole:] = (tile @ B)[: len(A) - whole]
    return C


def by_definition(A, B):
    """What `matmul` is: a sum of parts of `LONGEST` products, in each of which every product is added in order to
    the sum of those before it, and rounded once, together with it.

    Of the same arguments, finite ones. Slow: for tests, and to find out whether a machine's BLAS keeps to it.
    """
    total = np.zeros((len(A), B.shape[1]), np.float32)
    for start in range(0, len(B), LONGEST):
        part = np.zeros_like(total)
        for k in range(start, min(start + LONGEST, len(B))):
            part = fused_multiply_add(A[:, k, np.newaxis], B[k], part)
        total = total + part if start else part
    return total


def fused_multiply_add(a, b, c):
    """a × b + c of finite float32 arrays, rounded once.

    In float64 the product is exact and the sum is not; where it is not, its last bit is made odd, so that rounding it
    once more, to float32, is as if the first rounding had not been (Boldo and Melquiond, Emulation of FMA and
    correctly rounded sums, IEEE Transactions on Computers 57, 2008).
    """
    product, c = np.multiply(a, b, dtype=np.float64), np.asarray(c, np.float64)
    total = product + c
    # Knuth's TwoSum: what the rounding of the sum has lost.
    taken = total - product
    lost = (product - (total - taken)) + (c - taken)
    bits = total.view(np.int64)
    even = (lost != 0) & (bits & 1 == 0)
    bits += np.where(even, np.where((lost > 0) == (total > 0), 1, -1), 0)
    return total.astype(np.float32)


def keeps_to_definition():
    """Whether this machine's BLAS, as it is set up in this process, rounds `matmul` as it is defined."""
    rng = np.random.default_rng(0)
    # More than one part, panel and tile, and some that are not whole, each way.
    for n_rows, n_inner, n_columns in ((29, 333, 317), (12, 64, 10), (7, 31, 32)):
        A = rng.standard_normal((n_rows, n_inner), np.float32)
        B = rng.standard_normal((n_inner, n_columns), np.float32)
        if not np.array_equal(matmul(A, B), by_definition(A, B)):
            return False
    return True
