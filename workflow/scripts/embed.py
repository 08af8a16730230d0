"""Lay out what the second hidden layer of a run makes of 500 images.

In: inside.npz of a run. Out: embedding.npz: positions (n_images, 2) and the agreement of neighbours in
per cent. Rule: embedding.
"""

import argparse

import numpy as np

from report.embedding import lay_out, neighbours_agree
from workflow.files import write_arrays


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", required=True)
    parser.add_argument("--embedding", required=True)
    args = parser.parse_args()
    with np.load(args.inside, allow_pickle=False) as stored:
        activations, labels = stored["second_layer"], stored["second_layer_labels"]
    write_arrays(
        args.embedding,
        {
            "positions": lay_out(activations),
            "agreement": neighbours_agree(activations, labels),
        },
    )


if __name__ == "__main__":
    main()
