"""Pictures of more variants than a reader can tell apart name a few and place the rest."""

import numpy as np
import pytest

from report.figures import bars, crowd, curves, layers
from tests.report import made
from tests.report.made import Diverged

NUMBERS = [float(rate) for rate in np.geomspace(1e-6, 1e-2, 30)]
SPECS = [{"name": "normal", "std": std / 50} for std in range(1, 31)]


def question(key, values, diverged=(7,)):
    """Variants of which a later one ends higher, and some diverge."""
    variants = [
        made.variant({key: value}, [Diverged(3) if i in diverged else 30 + 2 * i] * 2)
        for i, value in enumerate(values)
    ]
    return made.experiment("many", key, variants)


def test_of_few_all_are_named():
    asked = question("learning_rate", NUMBERS[: crowd.MANY])
    assert crowd.named(asked) is asked
    assert not crowd.others(asked) and not crowd.left_out(asked)


@pytest.mark.parametrize("values", [NUMBERS[:13], NUMBERS], ids=len)
def test_of_more_the_best_the_worst_and_the_failed_few_are(values):
    asked = question("learning_rate", values)
    few = crowd.named(asked)
    n = len(values)
    assert [values.index(v["learning_rate"]) for v in few.values] == [
        0,
        1,
        2,
        3,
        7,
        *range(n - 4, n),
    ]
    assert {v.name for v in few.variants}.isdisjoint(v.name for v in crowd.others(asked))
    assert crowd.left_out(asked) == f"; the best, worst and diverged few of {n}"


def test_many_numbers_stand_on_an_axis_of_numbers_every_seed_a_dot():
    fig, said = bars.draw(question("learning_rate", NUMBERS), 90, made.SUMMARY)
    ax = fig.axes[0]
    assert ax.get_xscale() == "log" and ax.get_xlabel() == "learning rate"
    train = next(line for line in ax.lines if line.get_label() == "train")
    assert np.array_equal(train.get_xdata(), np.repeat(NUMBERS, 2))
    (lost,) = (line for line in ax.lines if line.get_label() == "diverged")
    assert lost.get_xdata().tolist() == [NUMBERS[7]]
    assert "few of 30" in said


def test_many_that_are_no_numbers_have_bars_for_the_few():
    fig, _ = bars.draw(question("initializer", SPECS), 90, made.SUMMARY)
    assert len(fig.axes[0].get_yticklabels()) == 9
    assert fig.axes[0].get_title(loc="left").endswith("few of 30")


@pytest.mark.parametrize(("key", "values"), [("learning_rate", NUMBERS), ("initializer", SPECS)])
def test_no_legend_names_more_than_a_few(key, values):
    asked = question(key, values)
    for kind in (curves, layers):
        (legend,) = kind.draw(asked, 90, made.SUMMARY)[0].legends
        assert len(legend.get_texts()) <= 13
    (legend,) = curves.draw(asked, 90, made.SUMMARY)[0].legends
    assert legend.get_texts()[0].get_text() == "21 more"
