"""Picture 4 of every run: the second hidden layer's view of 500 images, by t-SNE.

In: a `Run`. Out: a figure and its description. `draw_map` and `agreement` also serve separation.py.
"""

import numpy as np

from report.figures import style


def draw(run, target, summary):
    fig = style.figure(3.6, width=4.2)
    ax = fig.subplots()
    draw_map(ax, run, summary["classes"])
    ax.set_title(f"second hidden layer: {agreement(run)} have neighbours of their own class")
    return fig, (
        f"A t-SNE map of the second hidden layer's activations for {len(run.embedding['positions'])} "
        f"training images, each drawn as its class; {agreement(run)} of them have a majority of their "
        "own class among their nearest neighbours in that layer."
    )


def draw_map(ax, run, classes):
    """A digit at every image's place, or why there is no map."""
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    positions, labels = run.embedding["positions"], run.inside["second_layer_labels"]
    if np.isnan(positions).any():
        finite = np.isfinite(run.inside["second_layer"]).all()
        why = (
            "all images look alike\nto this layer"
            if finite
            else "this layer's outputs\nare not finite"
        )
        ax.text(0.5, 0.5, why, ha="center", va="center", transform=ax.transAxes)
        return
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


def agreement(run):
    """How many neighbours agree, as "85 %", or that there was nothing to measure."""
    share = run.embedding["agreement"]
    return "an unknown share" if np.isnan(share) else f"{share:.0f} %"
