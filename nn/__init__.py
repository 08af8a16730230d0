"""A neural network from numpy alone: three weight matrices, full-batch gradient descent.

In: images, labels and a few named choices. Out: trained weights, their history, and what
can be seen inside the network. Used by workflow/scripts and, for names and formulas, by report.

>>> import nn
>>> digits = nn.load_digits()
>>> choices = nn.Hyperparameters(
...     activation="relu", loss="binary_cross_entropy", initializer="lecun_normal", epochs=100
... )
>>> trained = nn.train(digits, choices, seed=0)
>>> bool(trained.history["train_accuracy"][-1] > 90)
True
"""

from nn.datasets import DataError, Dataset, load_digits, load_idx, one_hot
from nn.hyperparameters import HyperparameterError, Hyperparameters
from nn.inspection import inspect
from nn.network import Network
from nn.training import Trained, train

__all__ = [
    "DataError",
    "Dataset",
    "HyperparameterError",
    "Hyperparameters",
    "Network",
    "Trained",
    "inspect",
    "load_digits",
    "load_idx",
    "one_hot",
    "train",
]
