"""Where the second hidden layer puts images: its activations laid out on a plane by t-SNE.

In: second-layer activations, (n_images, n_units), and labels. Out: a map on given axes. Used by
map.py and separation.py.
"""

import numpy as np
from sklearn.manifold import TSNE

from report.figures import style


def embed(activations):
    """t-SNE (van der Maaten and Hinton 2008) of activations that are finite and differ."""
    perplexity = min(30, (len(activations) - 1) / 3)
    return TSNE(perplexity=perplexity, init="pca", random_state=0, max_iter=500).fit_transform(
        activations / np.abs(activations).max()
    )


def draw_map(ax, activations, labels, classes):
    """A digit at every image's place, or why there is no map."""
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    missing = None
    if not np.isfinite(activations).all():
        missing = "this layer's outputs\nare not finite"
    elif np.ptp(activations, axis=0).max() < 1e-6:
        missing = "all images look alike\nto this layer"
    if missing:
        ax.text(0.5, 0.5, missing, ha="center", va="center", transform=ax.transAxes)
        return
    positions = embed(activations)
    colors = [color for color, _ in style.line_styles(9)] + ["#B8B000"]
    for index, name in enumerate(classes):
        chosen = positions[labels == index]
        color = colors[index % len(colors)]
        if len(name) == 1:
            ax.plot(*chosen.T, marker=f"${name}$", color=color, linestyle="", markersize=4,
                    markeredgewidth=0.2, rasterized=True)  # fmt: skip
        else:
            ax.plot(*chosen.T, marker="o", color=color, linestyle="", markersize=2.5, label=name,
                    rasterized=True)  # fmt: skip
