"""Images grouped so that each block holds only the pixels it uses.

In: uint8 images (n_images, n_pixels). Out: an order of the images, and blocks cut from it. Most
pixels of a digit are zero, and a zero pixel adds nothing to a product, nor to a gradient: leaving
out the pixels that no image of a block lights up is exact. Used by training.py and inspection.py;
workflow/scripts/prepare.py computes the orders once for all runs.
"""

from dataclasses import dataclass

import numpy as np

BLOCK_SIZE = 384


@dataclass(frozen=True)
class Block:
    """Some images without the pixels that are zero in all of them.

    Attributes
    ----------
    images : uint8 array, (n_images, n_used)
    pixels : int array, (n_used,)
        Where the used pixels stand in a whole image: the rows of W1 that this block needs.
    labels : uint8 array, (n_images,)
    """

    images: np.ndarray
    pixels: np.ndarray
    labels: np.ndarray


def cut(images, labels, order=None, size=BLOCK_SIZE):
    """Cut images, taken in `order`, into blocks."""
    order = np.arange(len(images)) if order is None else order
    blocks = []
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        pixels = np.flatnonzero(images[chosen].any(axis=0))
        blocks.append(Block(images[np.ix_(chosen, pixels)], pixels, labels[chosen]))
    return blocks


def greedy_order(images, size=BLOCK_SIZE):
    """Order images so that those of one block light up the same pixels.

    A block opens with the image of the rarest pixels: the largest sum of 1 / (how many images light
    the pixel up). It then takes, again and again, the image that adds the fewest pixels to those
    used so far, and of equals the rarest (of those, the first).

    Returns
    -------
    int array, (n_images,)
    """
    lit = images > 0
    rareness = 1 / np.maximum(lit.sum(axis=0), 1)
    # In pieces, because a product with a boolean matrix makes a float64 copy of it.
    rarity = np.concatenate([piece @ rareness for piece in np.array_split(lit, 100)])
    # Sorted by rarity, argmin's "first of the smallest" is the rarest; rounding makes the order of
    # images whose sums differ by a rounding error the same on every machine.
    by_rarity = np.argsort(-rarity.round(9), kind="stable")
    columns = np.ascontiguousarray(lit[by_rarity].T)
    brightness = columns.sum(axis=0, dtype=np.int32)
    taken = np.full(len(images), False)
    order = np.empty(len(images), dtype=np.int64)
    opener = 0
    for start in range(0, len(order), size):
        while taken[opener]:
            opener += 1
        added, chosen = brightness.copy(), opener
        added[taken] = np.iinfo(np.int32).max
        used = np.full(len(columns), False)
        for place in range(start, min(start + size, len(order))):
            if place > start:
                chosen = int(added.argmin())
            order[place] = chosen
            taken[chosen] = True
            new = np.flatnonzero(columns[:, chosen] & ~used)
            for column in columns[new]:
                added -= column
            used[new] = True
            added[chosen] = np.iinfo(np.int32).max
    return by_rarity[order]
