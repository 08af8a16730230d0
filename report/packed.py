"""Arrays and parts of a page, small enough to be carried in it.

In: arrays, HTML. Out: whole numbers of few bits with the factor that scales them back, and base64 text.
Used by explorer.py, render.py, sampled.py and workflow/scripts/pocket.py; report/pages/scripts unpack them.
"""

import base64
import gzip
import string

import numpy as np

DIGITS = np.array(list(string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"))


def pack(values, bits):
    """Values as whole numbers of so many bits with a sign, int16, and the float32 that scales them back.

    Values that are not finite become 0.
    """
    values = np.where(np.isfinite(values), values, np.float32(0))
    scale = np.float32(np.abs(values).max(initial=0) / (2 ** (bits - 1) - 1) or 1)
    return np.rint(values / scale).astype(np.int16), scale


def in_bytes(whole, scale):
    """What `pack` returns of 8 bits, ready for JSON."""
    return {"shape": list(whole.shape), "scale": float(scale), "bytes": text(whole.astype(np.int8))}


def in_pairs(whole, scale):
    """What `pack` returns of 12 bits, ready for JSON: two digits of base64 each, counted from the smallest."""
    pairs = DIGITS[np.stack(divmod(whole.ravel() + 2048, 64), axis=1)]
    return {"shape": list(whole.shape), "scale": float(scale), "pairs": "".join(pairs.flat)}


def text(array):
    """The bytes of an array, as base64."""
    return base64.b64encode(array.tobytes()).decode()


def squeezed(part):
    """Text of a page, gzipped, as base64; `inflated` in report/pages/scripts/elements.js gives it back."""
    return base64.b64encode(gzip.compress(part.encode(), mtime=0)).decode()
