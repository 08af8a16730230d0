"""PyTorch in eager mode: autograd over blocks of images, gradients adding up in .grad."""

import re

import numpy as np
import torch


def prepare(task, block_size, transform=lambda function: function):
    torch.set_num_threads(1)
    dataset, lr = task.dataset, float(task.lr)
    weights = [torch.tensor(W, requires_grad=True) for W in task.weights]
    labels = torch.from_numpy(dataset.train_labels.astype(np.int64))
    X = torch.from_numpy(dataset.pixels(dataset.train_images))
    T = torch.nn.functional.one_hot(labels, len(dataset.classes)).float()
    blocks = list(zip(*(whole.split(block_size) for whole in (X, T, labels)), strict=True))

    @transform
    def forward(X, T, W1, W2, W3):
        L1 = torch.sigmoid(X @ W1)
        L2 = torch.sigmoid(L1 @ W2)
        L3 = torch.sigmoid(L2 @ W3)
        return (L3 - T).square().sum(), L3

    def epoch():
        loss, n_right = torch.zeros((), dtype=torch.float64), 0
        for W in weights:
            W.grad = None
        for X, T, labels in blocks:
            block_loss, L3 = forward(X, T, *weights)
            # The assignment's delta leaves out the squared error's factor 2.
            (block_loss / 2).backward()
            loss += block_loss.detach()
            n_right += (L3.detach().argmax(dim=1) == labels).sum()
        updates = []
        with torch.no_grad():
            for W in weights:
                update = lr * W.grad
                W -= update
                updates.append(update.abs().mean().item())
        return loss.item(), int(n_right), updates

    return epoch


def kernels():
    found = re.search(r"Math Kernel Library Version ([\d.]+)", torch.__config__.show())
    library = f"mkl {found[1]}" if found else "blas"
    return f"{library} {torch.backends.cpu.get_cpu_capability()}"
