"""Make the best network small enough for the page, with test images to try it on.

In: dataset.npz, summary.json, whole.json, the first run of every variant. Out: pocket.json, a few hundred
kilobytes: the weights of the best variant's first seed at 12 bits, and how many predictions that changes.
Rule: pocket.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import nn
from nn.inspection import outputs
from report.packed import in_pairs, pack, text
from report.runs import read_run
from report.sampled import sampled
from workflow.datasets import read_dataset
from workflow.files import write_json

N_EXAMPLES = 6  # of right and of wrong predictions, each of another class


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--summary", type=Path, required=True, help="the dataset's summary.json")
    parser.add_argument("--whole", type=Path, required=True, help="facts/whole.json")
    parser.add_argument(
        "--runs", type=Path, nargs="+", required=True, help="first run.json of each"
    )
    parser.add_argument("--drawing", type=json.loads, required=True, help="how images were made")
    parser.add_argument("--pocket", type=Path, required=True)
    args = parser.parse_args()

    dataset = read_dataset(args.dataset)
    classes = json.loads(args.summary.read_text())["classes"]
    best = json.loads(args.whole.read_text())["everything"]["order"][0]
    run = next(
        run for run in map(read_run, (path.parent for path in args.runs)) if run.name == best
    )
    choices = nn.Hyperparameters(**run.hyperparameters)
    network = nn.Network.of(choices)
    weights = [run.weights[f"W{i}"] for i in (1, 2, 3)]
    packed = [pack(W, 12) for W in weights]
    X = dataset.pixels(dataset.test_images)

    def predict(weights):
        return outputs(network, weights, X)[2].argmax(axis=1)

    exact, predicted = predict(weights), predict([whole * scale for whole, scale in packed])
    write_json(
        args.pocket,
        {
            "run": run.name,
            "seed": run.seed,
            **carried(choices, packed),
            "image_shape": list(dataset.image_shape),
            "pixel_max": dataset.pixel_max,
            "classes": classes,
            "drawing": args.drawing,
            "n_test": len(exact),
            "changed": int(np.count_nonzero(exact != predicted)),
            "examples": [
                {
                    "label": classes[dataset.test_labels[i]],
                    "predicted": classes[predicted[i]],
                    "pixels": text(dataset.test_images[i]),
                }
                for i in chosen(dataset.test_labels, predicted)
            ],
        },
    )


def carried(choices, packed):
    """What the page needs for a forward pass: the functions f and g, and the packed weights."""
    network = nn.Network.of(choices)
    functions = {
        "f": (choices.activation, network.f),
        "g": (choices.output_activation, network.g),
    }
    return {
        # A function of a whole row has no samples: the page knows it by name.
        **{key: sampled(f) if f.derivative else name for key, (name, f) in functions.items()},
        "weights": [in_pairs(whole, scale) for whole, scale in packed],
    }


def chosen(labels, predicted):
    """Indices of the first images of different classes that are told right, and told wrong."""
    right = labels == predicted
    picked = []
    for wanted in (right, ~right):
        indices = np.flatnonzero(wanted)
        _, firsts = np.unique(labels[indices], return_index=True)
        picked.extend(indices[np.sort(firsts)[:N_EXAMPLES]].tolist())
    return picked


if __name__ == "__main__":
    main()
