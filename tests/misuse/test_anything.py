"""Anything at all: every text, number, header and configuration is understood, or refused in one line."""

import copy
import gzip
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from snakemake.utils import update_config

import nn
from nn import HyperparameterError, Hyperparameters
from nn.datasets import read_idx_images, read_idx_labels
from tests.misuse.test_configuration import COMMITTED
from workflow.configuration.names import slug
from workflow.configuration.numbers import numbers
from workflow.configuration.plan import plan
from workflow.configuration.reading import read
from workflow.configuration.reading import settings as configuration
from workflow.configuration.settings import in_order, settle
from workflow.errors import line_of

quick = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def one_line(error):
    line = line_of(error)
    assert line is not None, repr(error)
    assert line and "\n" not in line


HEADERS = st.tuples(st.sampled_from([0, 0, 0, 1]), st.integers(0, 255), st.integers(0, 5))
CONTENTS = st.one_of(
    st.binary(max_size=64),
    st.builds(
        lambda head, sides, rest: bytes((0, *head)) + struct.pack(f">{len(sides)}I", *sides) + rest,
        HEADERS,
        st.lists(st.one_of(st.integers(0, 4), st.integers(0, 2**32 - 1)), max_size=5),
        st.binary(max_size=80),
    ),
)


@quick
@given(content=CONTENTS, packed=st.booleans())
def test_a_file_is_an_array_of_bytes_or_one_line(tmp_path, content, packed):
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    for read_idx, dimensions in (
        (read_idx_images, 3),
        (lambda path: read_idx_labels(path, 2, 256), 1),
    ):
        try:
            array = read_idx(path)
        except nn.DataError as error:
            one_line(error)
        else:
            assert array.dtype == np.uint8 and array.ndim == dimensions and array.size


@quick
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.from_regex(r"[-+]?[0-9.]{1,5}([eE/][-+]?[0-9]{1,3})?", fullmatch=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
))  # fmt: skip
def test_whatever_stands_for_a_number_is_read_or_left_alone(value):
    for key in ("epochs", "seeds", "target_accuracy", "baseline", "experiments"):
        before = copy.deepcopy(value)
        once = numbers({key: value})
        assert value == before or value != value or isinstance(value, list | dict)
        assert str(numbers(copy.deepcopy(once))) == str(once)


PIECES = st.sampled_from([
    "a", "epochs", ": ", ":", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&x ", "*x", "<<: ", "? ", "!!set ",
    "!!python/name:os.system ", "!!binary ", "1e5", "2001-01-01", "1:30", "~", "'", '"', "|\n", "# ", "%YAML 1.2\n", "---\n",
    "\0", "\ufeff", "é",
])  # fmt: skip


@quick
@given(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=30)))
def test_any_text_is_keys_and_values_or_one_line(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_bytes(text.encode(errors="replace"))
    for take in (lambda: read(path), lambda: configuration([text])):
        try:
            config = copy.deepcopy(COMMITTED)
            update_config(config, take())
            settle(config, COMMITTED)
        except Exception as error:
            one_line(error)


POSITIVE = st.floats(1e-6, 1e3, allow_nan=False)
CHOICES = st.fixed_dictionaries({
    "activation": st.sampled_from(["sigmoid", "tanh", "relu", "relu6", "leaky_relu", "silu", "gelu"]),
    "loss": st.sampled_from(["squared_error", "binary_cross_entropy", "gated_cross_entropy"]),
    "learning_rate": POSITIVE,
    "initializer": st.one_of(
        POSITIVE.map(lambda std: {"name": "normal", "std": std}),
        POSITIVE.map(lambda limit: {"name": "uniform", "limit": limit}),
        st.tuples(POSITIVE, POSITIVE).map(lambda p: {"name": "poisson", "lam": p[0], "scale": p[1]}),
    ),
    "epochs": st.integers(1, 500),
    "hidden_units": st.tuples(st.integers(1, 300), st.integers(1, 300)),
    "labels": st.sampled_from(["original", "shuffled"]),
})  # fmt: skip


def in_six_digits(value):
    if isinstance(value, dict):
        return {key: in_six_digits(inner) for key, inner in value.items()}
    return f"{value:.6g}" if isinstance(value, float) else value


@quick
@given(CHOICES, CHOICES)
def test_two_different_choices_never_share_a_name(one, other):
    try:
        ours, theirs = Hyperparameters(**one), Hyperparameters(**other)
    except HyperparameterError as error:
        one_line(error)
        return
    same = in_six_digits(vars(ours)) == in_six_digits(vars(theirs))
    assert (slug(ours) == slug(theirs)) == same
    assert len(slug(ours)) < 200 and "/" not in slug(ours)


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**6), st.floats(), st.text(max_size=8),
    st.sampled_from(["relu", "softmax", "cosine", "1e-5", "1/3", "null", "original", "digits"]),
)  # fmt: skip
WORDS = st.sampled_from([
    "epochs", "seeds", "slope", "vary", "set", "activation", "initializer", "schedule", "name", "std",
    "learning_rate", "hidden_units", "title", "question", "files", "classes", "mirrors", "new", "Ä",
])  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@quick
@given(st.dictionaries(st.sampled_from([*COMMITTED, "other", "epoch"]), TREES, max_size=3))
def test_any_configuration_is_a_plan_or_one_line(overlay):
    config = copy.deepcopy(COMMITTED)
    update_config(config, overlay)
    try:
        assert plan(in_order(settle(config, COMMITTED), COMMITTED)).variants
    except Exception as error:
        one_line(error)


@pytest.mark.parametrize("n", [10**400, -(10**400)])
def test_a_number_longer_than_any_is_one_line(n):
    with pytest.raises(ValueError) as error:
        settle(copy.deepcopy(COMMITTED) | {"epochs": n, "seeds": [n]}, COMMITTED)
    one_line(error.value)
