"""Arrays and parts of a page, small enough to be carried in it.

In: arrays, HTML. Out: whole numbers of few bits with the factor that scales them back, and base64 text.
Used by explorer.py, render.py, sampled.py and workflow/scripts/pocket.py; report/pages/scripts unpack them.
"""

import base64
import gzip

import numpy as np


def pack(values, dtype):
    """Values as whole numbers of a type, "<i2" or "i1", and the float32 that scales them back.

    Values that are not finite become 0.
    """
    values = np.where(np.isfinite(values), values, np.float32(0))
    scale = np.float32(np.abs(values).max(initial=0) / np.iinfo(dtype).max or 1)
    return np.rint(values / scale).astype(dtype), scale


def stored(whole, scale):
    """What `pack` returns, ready for JSON."""
    return {"shape": list(whole.shape), "scale": float(scale), "values": text(whole)}


def text(array):
    """The bytes of an array, as base64."""
    return base64.b64encode(array.tobytes()).decode()


def squeezed(part):
    """Text of a page, gzipped, as base64; `inflated` in report/pages/scripts/elements.js gives it back."""
    return base64.b64encode(gzip.compress(part.encode(), mtime=0)).decode()
