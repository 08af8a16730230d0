"""A function as samples, so that a page can have it without knowing its formula.

In: a function that takes every number of an array by itself. Out: evenly spaced samples of it, to
be joined by straight lines. Used by workflow/scripts/pocket.py; report/pages/scripts/network.js joins them.
"""

import numpy as np

from report.packed import text

# What lines may be off by: of the function's value, or of 1 where that is less.
TOLERANCE = 1e-5
# For a function that never becomes straight.
FARTHEST = 1024
MOST_A_SIDE = 2**14


def sampled(f):
    """Samples of f as far out as it is not straight, and as dense as it is curved.

    Reach and step are powers of two, so that kinks at 0 and at other quarters have a sample.

    Parameters
    ----------
    f : callable
        Of a float64 array, which it may overwrite.

    Returns
    -------
    dict
        ``step``; ``values``, float32 in base64, from -reach to reach; ``beyond``, the slopes of the
        lines that go on to the left and to the right.
    """

    def of(z):
        return f(np.array(z, dtype=np.float64))

    def off(z, line):
        exact = of(z)
        return np.max(np.abs(line - exact) / np.maximum(1, np.abs(exact)))

    def slopes(reach):
        below, left, right, above = of([-reach - 1, -reach, reach, reach + 1])
        return left - below, above - right

    def off_beyond(reach):
        far = reach * np.geomspace(1, 1000, 61)
        (left, right), (at_left, at_right) = slopes(reach), of([-reach, reach])
        return max(
            off(-far, at_left - left * (far - reach)), off(far, at_right + right * (far - reach))
        )

    def grid(reach, step):
        return np.linspace(-reach, reach, round(2 * reach / step) + 1)

    def off_between(reach, step):
        samples, finer = grid(reach, step), grid(reach, step / 4)
        return off(finer, np.interp(finer, samples, of(samples)))

    reach, step = 1, 1 / 4
    while reach < FARTHEST and off_beyond(reach) > TOLERANCE:
        reach *= 2
    while reach / step < MOST_A_SIDE and off_between(reach, step) > TOLERANCE:
        step /= 2
    return {
        "step": step,
        "values": text(of(grid(reach, step)).astype("<f4")),
        "beyond": [float(slope) for slope in slopes(reach)],
    }
