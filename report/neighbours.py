"""How well a layer separates the classes, as one number.

In: activations (n_images, n_units) and labels. Out: a percentage. Used by findings.py and by the
figures that show the second hidden layer.
"""

import numpy as np
from sklearn.neighbors import NearestNeighbors

NEIGHBOURS = 5


def neighbours_agree(activations, labels):
    """Per cent of images whose nearest others (leaving itself out) vote for its own class."""
    if not np.isfinite(activations).all():
        return float("nan")
    nearest = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(activations)
    # Without an argument, kneighbors leaves each image out of its own neighbours.
    votes = labels[nearest.kneighbors(return_distance=False)]
    winners = [np.bincount(vote).argmax() for vote in votes]
    return 100 * float(np.mean(winners == labels))


def in_words(agreement):
    """What `neighbours_agree` found, as "85 %", or that there was nothing to measure."""
    return "an unknown share" if np.isnan(agreement) else f"{agreement:.0f} %"
