"""numpy's product of two square matrices: the rate that this machine reaches at best."""

import numpy as np

SIDE = 2048
OPERATIONS = 2 * SIDE**3


def prepare(task, block_size):
    A, B = np.random.default_rng(0).random((2, SIDE, SIDE), dtype=np.float32)

    def epoch():
        A @ B
        return None, None, []

    return epoch
