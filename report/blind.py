"""The loss of a network that answers every image alike, as it does before it has learned to see.

In: a loss, how often each class occurs. Out: the loss of the best such answer. Used by
report/facts and report/figures/curves.py.
"""

import numpy as np
from scipy.special import entr


def blind_loss(loss, counts):
    """The smallest loss that one answer for all images can have.

    Every output then is the share p of its class: that costs sum p (1 - p) in squared error, the
    entropy of each output in binary and that of the classes in categorical cross-entropy.

    Parameters
    ----------
    loss : str
        A name in `nn.losses.LOSSES`.
    counts : list of int
        Training images of each class.

    Returns
    -------
    float
        Per image.
    """
    p = np.asarray(counts) / sum(counts)
    if loss == "squared_error":
        return float((p * (1 - p)).sum())
    of_classes = float(entr(p).sum())
    return (
        of_classes if loss == "categorical_cross_entropy" else of_classes + float(entr(1 - p).sum())
    )


def silent_loss(loss, output_activation):
    """The loss of answering zero to every output; None where that is not finite or not possible."""
    possible = output_activation != "softmax"
    return 1.0 if loss == "squared_error" and possible else None


def beyond_blind(counts):
    """Twice the commonest class's share, per cent: no answer that is the same for all images comes near."""
    return 200 * max(counts) / sum(counts)


def reference_losses(choices, counts):
    """What answering every image alike costs some variants, where it costs all the same.

    Parameters
    ----------
    choices : list of dict
        Hyperparameters of each.
    counts : list of int

    Returns
    -------
    dict of str to float
        "blind" and, where there is one, "silent"; empty where losses or output activations differ.
    """
    kinds = {(h["loss"], h["output_activation"]) for h in choices}
    if len(kinds) > 1:
        return {}
    ((loss, output_activation),) = kinds
    known = {"blind": blind_loss(loss, counts), "silent": silent_loss(loss, output_activation)}
    return {name: value for name, value in known.items() if value is not None}
