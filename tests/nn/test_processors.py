"""The same training on other processors: every kernel of the BLAS, numpy's older loops, an emulated processor.

Minutes, and so only in `make test-long`; where MNIST_DIR is set, on a thousand images of MNIST too.
"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.nn.test_products import HERE, KERNELS, portable
from tests.nn.trainings import chosen
from tests.registries import told
from workflow import environment

EPOCHS = 3
EMULATOR = shutil.which("qemu-x86_64")

pytestmark = [pytest.mark.long, portable]


def lines(*before, which="all", **settings):
    """What `trainings` says in a process of its own, with nothing set but this."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith(environment.SETTINGS)}
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.nn.trainings", str(EPOCHS), which, os.environ.get("MNIST_DIR", "")],
        env=outside | {"OPENBLAS_NUM_THREADS": "1"} | settings,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def here():
    found = lines()
    assert len(set(found)) == len(found) > 100
    return found


@pytest.mark.parametrize("name", [name for name, needed in KERNELS.items() if needed in HERE])
def test_no_kernel_changes_a_bit(here, name):
    assert lines(OPENBLAS_CORETYPE=name) == here


def test_loops_for_fewer_instructions_change_no_bit(here):
    assert lines(**environment.PLAIN) == here


@pytest.mark.skipif(EMULATOR is None, reason="no qemu-x86_64 on this machine")
def test_an_emulated_processor_with_avx2_changes_no_bit(here):
    # One network of each activation and loss: it takes a hundred times as long as without.
    found = lines(EMULATOR, "-cpu", "Haswell", which="pairs")
    names = {told(network) for network in chosen("pairs")}
    expected = [line for line in here if line.split()[1] in names]
    assert len(found) >= 20 and sorted(found) == sorted(expected)


def test_a_processor_without_fma_would(here):
    """So that the tests above could fail."""
    other = lines(OPENBLAS_CORETYPE="Nehalem")
    assert len(other) == len(here) and not set(other) & set(here)
