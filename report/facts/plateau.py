"""Runs with squared error → whether they learn to answer all images alike before they tell them apart.

In: the evidence. Out: plain data, counted over every run with that loss. Used by the learning rate's question.
"""

import numpy as np

from report.blind import beyond_blind, blind_loss, silent_loss
from report.facts.evidence import Evidence

# A loss that has come down to so many times that of a network that answers nothing is down.
WITHIN = 1.05


def plateau(evidence: Evidence):
    """How the runs with sigmoid outputs and squared error come to tell images apart.

    Returns
    -------
    dict or None
        ``blind``, ``silent``: the losses of answering the classes' shares, and zeros; ``down_at``: the
        loss that counts as down there; ``twice``: twice
        the commonest class's share, per cent, which no answer that is the same for all images comes
        near; ``n_runs``: networks, all seeds, that end above that; ``n_plateau``: those of them whose loss
        is down at `silent` while their accuracy is still below ``twice``; ``n_below_blind``: those of these whose
        loss comes below ``blind`` before, so that their outputs differ between images; ``down``, ``rising``: the
        middle epoch in which these are down, and from which they stay above ``twice``, with the first
        and last of them; None where no run ends above it.
    """
    silent, counts = silent_loss("squared_error", "sigmoid"), evidence.summary["train_counts"]
    twice = beyond_blind(counts)
    level = WITHIN * silent
    blind = blind_loss("squared_error", counts)
    seen = [
        (
            run.first_epoch(run.history["loss"] <= level),
            run.stays_from(twice),
            run.first_epoch(run.history["loss"] < blind),
        )
        for run in evidence.networks(_of_this_kind)
    ]
    learned = [epochs for epochs in seen if epochs[1]]
    on_it = [epochs for epochs in learned if epochs[0] and epochs[0] < epochs[1]]
    if not learned:
        return None
    return {
        "blind": blind,
        "silent": silent,
        "down_at": level,
        "twice": twice,
        "n_runs": len(learned),
        "n_plateau": len(on_it),
        "n_below_blind": sum(bool(below) and below < rising for _, rising, below in on_it),
        "down": _middle([down for down, *_ in on_it]),
        "rising": _middle([rising for _, rising, _ in on_it]),
    }


def _of_this_kind(h):
    return (h["loss"], h["output_activation"], h["labels"]) == (
        "squared_error",
        "sigmoid",
        "original",
    )


def _middle(epochs):
    if not epochs:
        return None
    return {"epoch": int(np.median(epochs)), "first": min(epochs), "last": max(epochs)}
