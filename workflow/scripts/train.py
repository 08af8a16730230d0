"""Train one run with one seed.

In: dataset.npz, hyperparameters as JSON, a seed. Out, in one folder: history.csv, weights.npz,
run.json, and origin.json, which tells what made them. Rule: train.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

import nn
from nn.training import COLUMNS
from workflow.datasets import read_dataset
from workflow.files import write_arrays, write_csv, write_json
from workflow.fingerprint import fingerprint
from workflow.origin import origin

SNAPSHOTS = 12
WITHOUT_EFFECT = {"Progress", "fingerprint", "origin"}  # on results; see workflow/fingerprint.py


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--choices", type=json.loads, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()

    dataset = read_dataset(args.dataset)
    choices = nn.Hyperparameters(**args.choices)
    progress, snapshots = Progress(choices.epochs), Snapshots(choices.epochs)

    def on_epoch(row, weights):
        progress(row)
        snapshots(row["epoch"], weights)

    trained = nn.train(dataset, choices, args.seed, on_epoch)

    weights = {f"W{i}": W for i, W in enumerate(trained.weights, 1)}
    weights |= {f"initial_W{i}": W for i, W in enumerate(trained.initial_weights, 1)}
    write_arrays(args.folder / "weights.npz", weights | snapshots.arrays())
    columns = [trained.history[name] for name in COLUMNS]
    write_csv(args.folder / "history.csv", COLUMNS, zip(*columns, strict=True))
    write_json(
        args.folder / "run.json",
        {
            "run": args.name,
            "seed": args.seed,
            "hyperparameters": asdict(choices),
            "diverged_at": trained.diverged_at,
            "unchanged_since": trained.unchanged_since,
            "final_loss": trained.history["loss"][-1],
            "train_accuracy": trained.history["train_accuracy"][-1],
            "test_accuracy": trained.history["test_accuracy"][-1],
        },
    )
    write_json(
        args.folder / "origin.json",
        origin(fingerprint("workflow.scripts.train", numbers_only=True)),
    )


class Snapshots:
    """The weights at some epochs, closer together at first: each unit's mean over its outputs."""

    def __init__(self, epochs):
        self.chosen = set(np.geomspace(1, epochs, SNAPSHOTS).round().astype(int).tolist())
        self.epochs, self.means = [], []

    def __call__(self, epoch, weights):
        if epoch in self.chosen:
            self.epochs.append(epoch)
            self.means.append([W.mean(axis=1) for W in weights])

    def arrays(self):
        """``snapshot_epochs`` (n,) and, for each matrix i, ``snapshot_W_i`` (n, fan_in)."""
        stacked = {
            f"snapshot_W_{i}": np.stack(W) for i, W in enumerate(zip(*self.means, strict=True), 1)
        }
        return {"snapshot_epochs": np.array(self.epochs), **stacked}


class Progress:
    """One line an epoch on standard error, with the time that remains."""

    def __init__(self, epochs):
        self.epochs, self.began = epochs, time.monotonic()

    def __call__(self, row):
        epoch = row["epoch"]
        remaining = (time.monotonic() - self.began) / epoch * (self.epochs - epoch)
        print(
            f"epoch {epoch:>4}/{self.epochs}  loss {row['loss']:.5f}  "
            f"train {row['train_accuracy']:5.2f} %  test {row['test_accuracy']:5.2f} %  "
            f"{remaining:4.0f} s left",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
