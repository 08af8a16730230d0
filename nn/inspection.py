"""Look inside a trained network: what its units, gradients and predictions do on the whole data.

In: a network, weights, the dataset. Out: plain arrays and numbers. Used by
workflow/scripts/inspect.py, which stores them for the report's facts and figures.
"""

import numpy as np

from nn import blocks
from nn.datasets import one_hot
from nn.products import matmul
from nn.training import add, scaled

# An output counts as saturated within this distance of a limit of its activation.
SATURATION_MARGIN = 0.01
HISTOGRAM_BINS = 50
# Of how many images, the first training images, the second layer's view is kept and later mapped.
N_MAPPED = 500


def inspect(network, weights, dataset, labels):
    """Measure one set of weights.

    Parameters
    ----------
    network : Network
    weights : three float32 arrays, (fan_in, fan_out)
    dataset : Dataset
    labels : uint8 array, (n_images,)
        The training labels in use.

    Returns
    -------
    arrays : dict of str to array
        For each layer i: ``mean_activation_i``, ``max_activation_i``, ``min_activation_i``
        (n_units,), ``histogram_i`` (`HISTOGRAM_BINS`,) counts and ``edges_i``; for each matrix i
        ``gradient_i``, the sum over images, shaped like W_i; ``confusion_train`` and
        ``confusion_test`` (n_classes, n_classes) counts, rows true, columns predicted.
    numbers : dict
        Lists with one number a layer: ``saturated`` (share of outputs within `SATURATION_MARGIN` of
        a limit), ``mean_delta`` (mean |delta|), ``mean_derivative`` (mean f', None for softmax),
        ``mean_gradient`` (mean |gradient|), ``dead_units`` (outputs zero for every image),
        ``pre_activation_mean`` and ``pre_activation_std`` (of all z of the layer),
        ``pre_activation_spread`` (a unit's std of z over the images, mean over units). And numbers
        of training images: ``silent_images`` (every output zero), ``tied_images`` (no output
        larger than all others), ``tied_right`` (those of them that count as right, because the first of
        the largest outputs is that of their class), ``overflowing_images`` (an output not finite).
    """
    with np.errstate(all="ignore"):
        train_blocks = blocks.cut(dataset.train_images, labels, dataset.train_order)
        activations, gradients, numbers, confusion = _training_pass(
            network, weights, train_blocks, dataset
        )
        test_blocks = blocks.cut(dataset.test_images, dataset.test_labels, dataset.test_order)
        arrays = {
            f"{name}_{i}": value[i - 1] for name, value in activations.items() for i in (1, 2, 3)
        }
        arrays |= {f"gradient_{i}": G for i, G in enumerate(gradients, 1)}
        arrays["confusion_train"] = confusion
        arrays["confusion_test"] = sum(
            _confusion(block.labels, L3)
            for block, _, (_, _, L3) in _layers(network, weights, test_blocks, dataset.pixel_max)
        )
    return arrays, numbers


def outputs(network, weights, X):
    """The three layers' outputs for images X of float32 in [0, 1], (n_images, n_pixels)."""
    with np.errstate(all="ignore"):
        return network.forward(X, *weights)


def _layers(network, weights, some_blocks, pixel_max):
    W1, W2, W3 = weights
    for block in some_blocks:
        X = scaled(block.images, pixel_max)
        yield block, X, network.forward(X, W1[block.pixels], W2, W3)


def _training_pass(network, weights, train_blocks, dataset):
    W1, W2, W3 = weights
    n_classes, n_images = len(dataset.classes), len(dataset.train_labels)
    n_units = [W.shape[1] for W in weights]
    sums = [np.zeros(n) for n in n_units]
    highest = [np.full(n, -np.inf, np.float32) for n in n_units]
    lowest = [np.full(n, np.inf, np.float32) for n in n_units]
    saturated, delta_sums, derivative_sums = np.zeros(3), np.zeros(3), np.zeros(3)
    pre_sums, pre_squares = ([np.zeros(n) for n in n_units] for _ in range(2))
    gradients = [np.zeros_like(W) for W in weights]
    confusion = np.zeros((n_classes, n_classes), dtype=np.int64)
    silent = tied = tied_right = overflowing = 0
    for block, X, (L1, L2, L3) in _layers(network, weights, train_blocks, dataset.pixel_max):
        T = one_hot(block.labels, n_classes)
        deltas = network.backward(T, L1, L2, L3, W2, W3)
        add(gradients, block.pixels, network.gradients(X, L1, L2, *deltas))
        for i, (L, activation) in enumerate(
            zip((L1, L2, L3), (network.f, network.f, network.g), strict=True)
        ):
            sums[i] += L.sum(axis=0, dtype=np.float64)
            np.maximum(highest[i], L.max(axis=0), out=highest[i])
            np.minimum(lowest[i], L.min(axis=0), out=lowest[i])
            saturated[i] += sum(
                np.count_nonzero(np.abs(L - limit) <= SATURATION_MARGIN)
                for limit in activation.limits
            )
            delta_sums[i] += np.abs(deltas[i]).sum(dtype=np.float64)
            if activation.derivative:
                derivative_sums[i] += activation.derivative(L).sum(dtype=np.float64)
        for i, Z in enumerate((matmul(X, W1[block.pixels]), matmul(L1, W2), matmul(L2, W3))):
            pre_sums[i] += Z.sum(axis=0, dtype=np.float64)
            pre_squares[i] += np.square(Z, dtype=np.float64).sum(axis=0)
        confusion += _confusion(block.labels, L3)
        silent += int(np.count_nonzero((L3 == 0).all(axis=1)))
        ties = (L3.max(axis=1, keepdims=True) == L3).sum(axis=1) > 1
        tied += int(np.count_nonzero(ties))
        tied_right += int(np.count_nonzero(L3[ties].argmax(axis=1) == block.labels[ties]))
        overflowing += int(np.count_nonzero(~np.isfinite(L3).all(axis=1)))

    edges = [_edges(low, high) for low, high in zip(lowest, highest, strict=True)]
    histograms = [np.zeros(HISTOGRAM_BINS, dtype=np.int64) for _ in range(3)]
    for _, _, layers in _layers(network, weights, train_blocks, dataset.pixel_max):
        for histogram, L, edge in zip(histograms, layers, edges, strict=True):
            histogram += np.histogram(L, bins=edge)[0]

    activations = {
        "mean_activation": [total / n_images for total in sums],
        "max_activation": highest,
        "min_activation": lowest,
        "histogram": histograms,
        "edges": edges,
    }
    n_outputs = n_images * np.array(n_units)
    means = [total / n_images for total in pre_sums]
    squares = [total / n_images for total in pre_squares]
    numbers = {
        "saturated": (saturated / n_outputs).tolist(),
        "mean_delta": (delta_sums / n_outputs).tolist(),
        # Softmax has no elementwise derivative.
        "mean_derivative": [
            float(total) / n if activation.derivative else None
            for total, n, activation in zip(
                derivative_sums, n_outputs, (network.f, network.f, network.g), strict=True
            )
        ],
        "mean_gradient": [float(np.abs(G).mean(dtype=np.float64)) for G in gradients],
        "dead_units": [
            int(np.count_nonzero((low == 0) & (high == 0)))
            for low, high in zip(lowest, highest, strict=True)
        ],
        "pre_activation_mean": [float(mean.mean()) for mean in means],
        "pre_activation_std": [
            _std(mean.mean(), square.mean()) for mean, square in zip(means, squares, strict=True)
        ],
        "pre_activation_spread": [
            float(np.mean(_std(mean, square))) for mean, square in zip(means, squares, strict=True)
        ],
        "silent_images": silent,
        "tied_images": tied,
        "tied_right": tied_right,
        "overflowing_images": overflowing,
    }
    return activations, gradients, numbers, confusion


def _std(mean, square):
    """The standard deviation of what has this mean and this mean square."""
    # Rounding may leave a little less than nothing of what is constant.
    return np.sqrt(np.maximum(square - mean**2, 0))


def _edges(lowest, highest):
    """Histogram edges over all finite outputs: those of a diverging network may not be finite."""
    ends = np.concatenate([lowest, highest])
    ends = ends[np.isfinite(ends)]
    low, high = (ends.min(), ends.max()) if len(ends) else (0, 1)
    return np.linspace(low, max(high, low + 1e-6), HISTOGRAM_BINS + 1, dtype=np.float64)


def _confusion(labels, L3):
    n_classes = L3.shape[1]
    pairs = labels.astype(np.intp) * n_classes + L3.argmax(axis=1)
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)
