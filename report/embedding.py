"""The second hidden layer's view of a run's images: a map of them, and how well it separates the classes.

In: activations (n_images, n_units) and labels. Out: positions on a plane; a percentage. Used by
workflow/scripts/embed.py.
"""

import numpy as np
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors

NEIGHBOURS = 5


def lay_out(activations):
    """Places on a plane by t-SNE (van der Maaten and Hinton 2008).

    Parameters
    ----------
    activations : ndarray of shape (n_images, n_units)

    Returns
    -------
    ndarray of shape (n_images, 2), NaN where there is nothing to lay out: activations that are not
    finite, or the same for all images
    """
    if not np.isfinite(activations).all() or np.ptp(activations, axis=0).max() < 1e-6:
        return np.full((len(activations), 2), np.nan)
    perplexity = min(30, (len(activations) - 1) / 3)
    # A single unit has no second principal component to begin with.
    start = "pca" if activations.shape[1] > 1 else "random"
    return TSNE(perplexity=perplexity, init=start, random_state=0, max_iter=500).fit_transform(
        activations / np.abs(activations).max()
    )


def neighbours_agree(activations, labels):
    """Per cent of images with a majority of their own class among their nearest others.

    Parameters
    ----------
    activations : ndarray of shape (n_images, n_units)
    labels : ndarray of shape (n_images,)

    Returns
    -------
    float
        The share of images of whose `NEIGHBOURS` nearest others, by Euclidean distance, more than
        half are of their class; NaN where activations are not finite.
    """
    if not np.isfinite(activations).all():
        return float("nan")
    return 100 * float(among_their_own(activations, labels).mean())


def among_their_own(activations, labels):
    """Which images have a majority of their own class among their nearest others, (n_images,) booleans."""
    nearest = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(activations)
    # Without an argument, kneighbors leaves each image out of its own neighbours.
    classes = labels[nearest.kneighbors(return_distance=False)]
    return (classes == labels[:, np.newaxis]).mean(axis=1) > 0.5
