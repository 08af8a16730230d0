"""PyTorch, the forward and backward pass of a block compiled by torch.compile."""

import torch

from benchmarks.contenders import pytorch


def prepare(task, block_size):
    return pytorch.prepare(task, block_size, transform=torch.compile)


kernels = pytorch.kernels
