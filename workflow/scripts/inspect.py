"""Look inside one trained run.

In: dataset.npz, weights.npz and run.json of a run. Out: inside.npz and inside.json, what its units,
gradients and predictions did before training and do after it. Rule: inspect.
"""

import argparse
import json

import numpy as np

import nn
from nn.inspection import N_MAPPED, outputs
from nn.training import training_labels
from workflow.datasets import read_dataset
from workflow.files import write_arrays, write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--run", type=argparse.FileType(), required=True)
    parser.add_argument("--arrays", required=True)
    parser.add_argument("--numbers", required=True)
    args = parser.parse_args()

    dataset, run = read_dataset(args.dataset), json.load(args.run)
    choices = nn.Hyperparameters(**run["hyperparameters"])
    network = nn.Network.of(choices)
    labels = training_labels(dataset, choices, run["seed"])
    with np.load(args.weights, allow_pickle=False) as stored:
        initial, last = ([stored[f"{part}W{i}"] for i in (1, 2, 3)] for part in ("initial_", ""))

    initial_arrays, initial_numbers = nn.inspect(network, initial, dataset, labels)
    last_arrays, last_numbers = nn.inspect(network, last, dataset, labels)
    example = int(np.random.default_rng([run["seed"], 2]).integers(len(labels)))
    example_image = dataset.train_images[example]
    *_, example_outputs = outputs(network, last, dataset.pixels(example_image[np.newaxis]))
    first_images = dataset.pixels(dataset.train_images[:N_MAPPED])

    write_arrays(
        args.arrays,
        {
            **{
                f"initial_{name}": array
                for name, array in initial_arrays.items()
                if not name.startswith("gradient")
            },
            **{f"last_{name}": array for name, array in last_arrays.items()},
            "initial_second_layer": outputs(network, initial, first_images)[1],
            "second_layer": outputs(network, last, first_images)[1],
            "second_layer_labels": dataset.train_labels[:N_MAPPED],
            "example_image": example_image.reshape(dataset.image_shape),
            "example_outputs": example_outputs[0],
        },
    )
    write_json(
        args.numbers,
        {
            "initial": initial_numbers,
            "last": last_numbers,
            "example": {"index": example, "label": int(labels[example])},
        },
    )


if __name__ == "__main__":
    main()
