"""CONTRIBUTING.md, done as it says: one more of each kind works, and who forgets a place is told which."""

import subprocess
import sys

import pytest

from tests.workflow.tree import SMALL, Tree
from workflow.warm import SOCKET

# Kind → file → (what stands there, what comes before it); a file that is not there is written.
ADDED = {
    "activation": {
        "nn/activations.py": [
            (
                "def softmax(z):",
                '''def hard_sigmoid(z):
    """z / 6 + 1 / 2 between 0 and 1."""
    z /= 6
    z += 0.5
    return np.clip(z, 0, 1, out=z)


def hard_sigmoid_derivative(y):
    return ((y > 0) & (y < 1)) / y.dtype.type(6)


''',
            ),
            (
                '    "softmax": Activation(',
                """    "hard_sigmoid": Activation(
        hard_sigmoid,
        hard_sigmoid_derivative,
        label="hard sigmoid",
        formula=r"f(z) = \\min(\\max(z / 6 + 1 / 2, 0), 1)",
        limits=(0, 1),
    ),
""",
            ),
        ],
        "config/README.md": [("`silu` (Swish)", "`hard_sigmoid`, ")],
    },
    "loss": {
        "nn/losses.py": [
            (
                "def delta_plain(",
                '''def log_cosh(Y, T):
    """Sum of ln cosh(Y - T)."""
    return float(np.log(np.cosh(Y - T)).sum())


def delta_of_log_cosh(Y, T, output):
    """tanh(Y - T) f'(Y)."""
    return np.tanh(Y - T) * output.derivative(Y)


''',
            ),
            ("    delta_plain: r", '    delta_of_log_cosh: r"\\tanh(y - t)\\,g\'(y)",\n'),
            (
                '    "binary_cross_entropy": Loss(',
                """    "log_cosh": Loss(
        log_cosh,
        delta_of_log_cosh,
        label="log cosh",
        short="log-cosh",
        formula=r"\\sum_j \\ln \\cosh (y_j - t_j)",
    ),
""",
            ),
        ],
        "config/README.md": [("`categorical_cross_entropy`, `gated", "`log_cosh`, ")],
    },
    "initializer": {
        "nn/initializers.py": [
            (
                "@dataclass(frozen=True)\nclass Initializer:",
                """def he_uniform(rng, fan_in, fan_out):
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))


""",
            ),
            (
                '    "lecun_normal": Initializer(',
                """    "he_uniform": Initializer(he_uniform, label=lambda number: "uniform, ±√(6/fan_in)"),
""",
            ),
        ],
        "config/README.md": [("`lecun_normal` (std", "`he_uniform`, ")],
    },
    "schedule": {
        "nn/schedules.py": [
            (
                "def _cosine_label(",
                '''def exponential(learning_rate, t, epochs, decay=0.99):
    """The rate times decay after every epoch."""
    return learning_rate * decay**t


''',
            ),
            (
                '    "cosine": Schedule(',
                """    "exponential": Schedule(
        exponential, label=lambda number, decay: f"exponential, {number(decay)} an epoch"
    ),
""",
            ),
        ],
        "config/README.md": [("`{name: cosine, minimum", "`{name: exponential, decay: 0.99}`, ")],
        "workflow/schemas/config.schema.yaml": [
            (
                "      cycles: {type: integer, minimum: 1}\n",
                "      decay: {type: number, exclusiveMinimum: 0, maximum: 1}\n",
            )
        ],
    },
    "figure": {
        "report/figures/ends.py": '''"""Where every run of a question ends, a dot each.

In: an `Experiment`. Out: a figure and its description.
"""

import pandas

from report.figures import style


def draw(experiment, target, summary):
    fig = style.figure(2)
    ax = fig.subplots()
    for row, variant in enumerate(experiment.variants):
        ax.plot(variant.values("train_accuracy"), [row] * len(variant.seeds), "o")
    ax.set_yticks(range(len(experiment.labels)), experiment.labels)
    ax.set(xlim=(0, 100), xlabel="training accuracy (%)")
    return fig, "Where every run ends."


def numbers(experiment, summary):
    return pandas.concat(
        pandas.DataFrame({"variant": label, "train_accuracy": variant.values("train_accuracy")})
        for label, variant in zip(experiment.labels, experiment.variants, strict=True)
    )
''',
        "workflow/rules/figures.smk": [('    "bars": [],\n', '    "ends": [],\n')],
    },
    "question": {
        "report/questions/width/facts.py": '''"""How wide must it be?

In: the evidence. Out: a sweep.
"""

from report.facts.sweep import OUTCOMES, sweep

ASSUMES = {"varied": ["hidden_units"]}

__all__ = ["ASSUMES", "OUTCOMES", "facts"]


def facts(evidence):
    return sweep(evidence) | {"n_widths": len(evidence.experiment.variants)}
''',
        "report/questions/width/section.html.j2": """{% extends "general/section.html.j2" %}
{% block asked %}How wide must it be?{% endblock %}
{% block figures %}
{{ m.figure("experiments/width/ends.svg", "Where " ~ f.n_widths ~ " widths end.") }}
{% endblock %}
""",
        "config/config.yaml": [
            (
                "  slope:\n",
                """  width:
    vary:
      hidden_units: [[8, 4], [16, 8]]

""",
            )
        ],
        "config/more.yaml": """dataset: digits
epochs: 5
seeds: [0]
experiments:
  activation: {vary: {activation: [sigmoid, hard_sigmoid]}}
  loss: {vary: {loss: [squared_error, log_cosh]}}
  initializer: {vary: {initializer: [lecun_normal, he_uniform]}}
  schedule: {vary: {schedule: [constant, {name: exponential, decay: 0.9}]}}
""",
    },
}
# Which of the steps may be forgotten, by kind, and what is told then.
FORGOTTEN = [
    ("activation", "config/README.md", "hard_sigmoid"),
    ("loss", "config/README.md", "log_cosh"),
    ("initializer", "config/README.md", "he_uniform"),
    ("schedule", "config/README.md", "exponential"),
    ("schedule", "workflow/schemas/config.schema.yaml", "decay"),
    ("figure", "workflow/rules/figures.smk", "ends"),
    ("question", "report/questions/width/section.html.j2", "width"),
    ("question", "config/config.yaml", "config.yaml asks no width"),
]


def add(tree, kind, without=()):
    for path, steps in ADDED[kind].items():
        file = tree.folder / path
        if path in without:
            continue
        if isinstance(steps, str):
            file.parent.mkdir(exist_ok=True)
            file.write_text(steps)
        else:
            for stands, added in steps:
                tree.edit(path, stands, added + stands)


def walk(tree):
    """What the tests say that walk the tables, and those of the repository's own agreement."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *("tests/test_choices.py", "tests/nn/test_functions.py", "tests/report/test_labels.py"),
            *("tests/workflow/configuration/test_schema.py", "tests/test_repository.py"),
            *("-k", "not formatting and not conda and not lock"),
        ],
        cwd=tree.folder,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def test_one_more_of_each_kind_works(tmp_path):
    tree = Tree(tmp_path / "tree")
    for kind in ADDED:
        add(tree, kind)
    failed, said = walk(tree)
    assert not failed, said
    done = tree.call(*SMALL, "config/more.yaml", env={SOCKET: None})
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tree.folder / "results/digits/report.html").read_text()
    for text in ("How wide must it be?", "Where 2 widths end.", "hard sigmoid", "log cosh"):
        assert text in page
    assert (tree.folder / "results/digits/figures/experiments/width/ends.csv").exists()


@pytest.mark.parametrize(("kind", "place", "name"), FORGOTTEN)
def test_who_forgets_a_place_is_told_which(tmp_path, kind, place, name):
    tree = Tree(tmp_path / "tree")
    add(tree, kind, without=[place])
    failed, said = walk(tree)
    assert failed
    assert name in said
