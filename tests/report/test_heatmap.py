"""A question of two keys is a grid: its cells, its best, and how it looks. To keep a new look, see
test_looks.py.
"""

from types import SimpleNamespace

import pytest
from matplotlib.patches import Rectangle

from report import figures
from report.figures import heatmap
from report.labels import key_label, value_label
from report.runs import Run, Variant

KEYS = ("learning_rate", "slope")
GRID = {
    (1e-5, 0.4): (31.25, 30.5, 33.0),
    (1e-5, 1): (64.5, 63.75, 65.25),
    (1e-5, 1.2): (62.0, 61.0, 66.0),
    (3e-5, 0.4): (88.0, 87.5, 88.5),
    (3e-5, 1): (93.21, 92.9, 93.5),
    (1e-3, 0.4): (9.87, 9.87, 10.2),
    (1e-3, 1): (None, 11.0, None),
    (1e-3, 1.2): (None, None, None),
}


def called(*pair):
    return ", ".join(map(value_label, KEYS, pair))


def grid(accuracies):
    """A question of two keys; None is a seed that diverged."""
    values = tuple(dict(zip(KEYS, pair, strict=True)) for pair in accuracies)
    variants = tuple(
        Variant(
            tuple(
                Run(
                    None,
                    {
                        "seed": seed,
                        "train_accuracy": value or 9.8,
                        "diverged_at": None if value else 5,
                    },
                )
                for seed, value in enumerate(seeds)
            )
        )
        for seeds in accuracies.values()
    )
    return SimpleNamespace(
        varied=KEYS,
        values=values,
        variants=variants,
        labels=tuple(called(*pair) for pair in accuracies),
        seeds=variants[0].seeds,
    )


def texts(fig):
    return [text.get_text() for text in fig.axes[0].texts]


def frames(fig):
    """(row, column) of the framed cells."""
    boxes = [
        box for box in fig.axes[0].patches if isinstance(box, Rectangle) and not box.get_fill()
    ]
    return {(box.get_y() + 0.5, box.get_x() + 0.5) for box in boxes}


def test_each_pair_has_a_cell_with_its_mean_and_range():
    fig, _ = heatmap.draw(grid(GRID), 90, {})
    assert {"93.20", "92.9–93.5", "31.58", "30.5–33.0"} <= set(texts(fig))
    assert len(texts(fig)) == 2 * len(GRID)
    ax = fig.axes[0]
    for axis, key, values in (
        (ax.yaxis, "learning_rate", (1e-5, 3e-5, 1e-3)),
        (ax.xaxis, "slope", (0.4, 1, 1.2)),
    ):
        names = [label.get_text() for label in axis.get_ticklabels()]
        assert names == [value_label(key, value) for value in values]
    assert (ax.get_ylabel(), ax.get_xlabel()) == tuple(map(key_label, KEYS))


def test_a_pair_of_which_a_seed_diverged_says_so_and_is_never_the_best():
    fig, words = heatmap.draw(grid(GRID), 90, {})
    assert texts(fig).count("diverged") == 2
    assert {"2 of 3 seeds", "3 of 3 seeds"} <= set(texts(fig))
    assert frames(fig) == {(0, 1), (1, 1), (2, 0)}
    assert f"Diverged: {called(1e-3, 1)}; {called(1e-3, 1.2)}." in words


def test_the_words_name_the_highest_pair_and_that_of_each_row():
    _, words = heatmap.draw(grid(GRID), 90, {})
    assert "by learning rate (rows) and slope k (columns), mean of 3 seed(s)." in words
    assert f"Highest: {called(3e-5, 1)} (93.20 %)." in words
    assert (
        f"Highest of each row: {called(1e-5, 1)} (64.50 %); {called(3e-5, 1)} (93.20 %); "
        f"{called(1e-3, 0.4)} (9.98 %)."
    ) in words


def test_means_that_read_the_same_are_best_together():
    fig, words = heatmap.draw(grid({(1e-5, 1): (50.001,), (1e-5, 2): (50.004,)}), 90, {})
    assert frames(fig) == {(0, 0), (0, 1)}
    assert texts(fig) == ["50.00", "50.00"]
    assert f"Highest: {called(1e-5, 1)} and {called(1e-5, 2)} (50.00 %)." in words


def test_where_every_pair_diverged_there_is_no_best():
    fig, words = heatmap.draw(grid({(1e-5, 1): (None,), (1e-3, 1): (None,)}), 90, {})
    assert frames(fig) == set()
    assert texts(fig) == ["diverged", "diverged"]
    assert words.endswith("Every pair diverged.")


@pytest.mark.mpl_image_compare(
    baseline_dir="looks",
    style=figures.__path__[0] + "/style.mplstyle",
    savefig_kwargs={"dpi": 80, "metadata": {"Software": None}},
    tolerance=5,
)
def test_heatmap():
    return heatmap.draw(grid(GRID), 90, {})[0]
