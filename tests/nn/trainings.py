"""A few epochs of many networks, for a process whose processor, kernels and loops are somebody else's choice.

In: on the command line, how many epochs, which networks ("all" or "pairs", see `chosen`), and
where the four MNIST files are, or nothing. Out: on the screen, a line for each network and dataset with the SHA-256 of
all that training and inspection measure.
"""

import hashlib
import os
import sys
from dataclasses import replace

import numpy as np

import nn
from nn.inspection import outputs
from tests.registries import networks, told

N_IMAGES = 1_000
INITIALIZER = {"name": "normal", "std": 0.1}
RATE = 1e-4
SPLITS = ("train_images", "train_labels", "test_images", "test_labels")


def chosen(which):
    """All networks of slope 1, or "pairs": one of each activation and loss, with that activation last too where it fits."""
    found = [network for network in networks() if network.slope == 1]
    if which == "all":
        return found
    pairs = {}
    for network in sorted(found, key=lambda one: one.output_activation != one.activation):
        pairs.setdefault((network.activation, network.loss), network)
    return list(pairs.values())


def datasets(folder):
    yield "digits", nn.load_digits()
    if folder:
        names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
        files = [os.path.join(folder, f"{name}-ubyte.gz") for name in names]
        whole = nn.load_idx(*files, classes="0123456789")
        cut = {name: getattr(whole, name)[:N_IMAGES] for name in SPLITS}
        yield "mnist", replace(whole, **cut)


def summed(dataset, choices):
    """The SHA-256 of everything that one training measures."""
    trained = nn.train(dataset, choices)
    network, labels = nn.Network.of(choices), dataset.train_labels
    arrays, numbers = nn.inspect(network, trained.weights, dataset, labels)
    seen = outputs(network, trained.weights, dataset.pixels(dataset.test_images))
    told = [*trained.weights, *arrays.values(), *seen, repr(trained.history), repr(numbers)]
    digest = hashlib.sha256()
    for one in told:
        digest.update(one.encode() if isinstance(one, str) else np.ascontiguousarray(one).data)
    return digest.hexdigest()


if __name__ == "__main__":
    epochs, which, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    for name, dataset in datasets(folder):
        for choices in chosen(which):
            run = replace(choices, initializer=INITIALIZER, learning_rate=RATE, epochs=epochs)
            print(name, told(run), summed(dataset, run), flush=True)
