"""Picture 4 of every run: the second hidden layer's view of 500 images, by t-SNE.

In: a `Run`. Out: a figure and its description.
"""

from report.figures import embedding, style
from report.neighbours import NEIGHBOURS, in_words, neighbours_agree


def draw(run, target, classes):
    fig = style.figure(3.6, width=4.2)
    ax = fig.subplots()
    activations, labels = run.inside["second_layer"], run.inside["second_layer_labels"]
    embedding.draw_map(ax, activations, labels, classes)
    agree = in_words(neighbours_agree(activations, labels))
    ax.set_title(f"second hidden layer: {agree} have neighbours of their own class")
    return fig, (
        f"A t-SNE map of the second hidden layer's activations for {len(labels)} training images, "
        f"each drawn as its class; {agree} of them have a majority of their own class among "
        f"their {NEIGHBOURS} nearest neighbours in that layer."
    )
