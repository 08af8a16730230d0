"""Findings say what the numbers show: other numbers, other findings."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import yaml

from nn import Hyperparameters
from report import findings, labels
from report.runs import Experiment, Run, Variant
from workflow.experiments import plan


def run(name, seed=0, train=50.0, history=None, **facts):
    """A run as run.json and history.csv would have it."""
    made = Run(
        Path("nowhere"),
        {
            "run": name,
            "seed": seed,
            "hyperparameters": {"labels": "original", "learning_rate": 1e-5},
            "train_accuracy": train,
            "test_accuracy": train - 1,
            "loss": 1.0,
            "diverged_at": None,
            "unchanged_since": None,
        }
        | facts,
    )
    made.__dict__["history"] = history or {
        "epoch": np.arange(1, 11),
        "loss": np.linspace(5, 1, 10),
        "train_accuracy": np.linspace(10, train, 10),
    }
    return made


def ranking(**accuracies):
    """Variants of one question by learning rate label, each a list of accuracies by seed."""
    variants = [
        Variant(tuple(run(name, seed, value) for seed, value in enumerate(values)))
        for name, values in accuracies.items()
    ]
    rates = tuple(10.0**-place for place in range(len(variants)))
    return findings.rank(
        Experiment("lr", "2.1", "Learning rate", "learning_rate", rates, tuple(variants))
    )


def test_the_best_has_the_highest_mean():
    made = ranking(a=[50, 60], b=[70, 80], c=[10, 10])
    assert (made.best.name, made.worst.name) == ("b", "c")


def test_variants_whose_seeds_overlap_cannot_be_told_apart():
    made = ranking(a=[60, 80], b=[65, 70], c=[10, 20])
    assert [standing.name for standing in made.tied] == ["b"]


def test_variants_whose_seeds_do_not_overlap_can():
    assert ranking(a=[70, 80], b=[60, 69]).tied == []


def test_what_beats_a_variant_beats_it_with_every_seed():
    made = ranking(constant=[15, 18], cosine=[20, 28], restarts=[10, 48])
    assert [standing.name for standing in made.above(made.standings[0])] == ["cosine"]


def test_half_a_point_is_never_a_difference():
    assert [standing.name for standing in ranking(a=[70.3], b=[70.0]).tied] == ["b"]
    assert ranking(a=[71.0], b=[70.0]).tied == []


def test_the_aim_is_reached_only_with_every_seed():
    made = ranking(a=[95, 89], b=[91, 92])
    assert [standing.name for standing in made.reached(90)] == ["b"]


def test_a_run_that_still_gains_is_told_from_one_that_has_arrived():
    rising = Variant((run("a", train=90.0),))
    flat = {"epoch": np.arange(1, 11), "train_accuracy": np.full(10, 60.0), "loss": np.ones(10)}
    arrived = Variant((run("b", train=60.0, history=flat),))
    assert findings.Standing("x", None, rising).still_learning
    assert not findings.Standing("x", None, arrived).still_learning
    assert findings.Standing("x", None, arrived).late_gain == 0


def test_a_loss_that_rises_is_counted():
    bumpy = {
        "epoch": np.arange(1, 6),
        "train_accuracy": np.full(5, 60.0),
        "loss": np.array([5, 4, 4.5, 3, 3.5]),
    }
    standing = findings.Standing("x", None, Variant((run("a", history=bumpy),)))
    assert standing.rising_share == pytest.approx(0.5)
    assert standing.rises_often


def confused(predicted):
    """A run that predicts only these classes (of four)."""
    made = run("a")
    confusion = np.zeros((4, 4), dtype=int)
    confusion[:, predicted] = 5
    made.__dict__["inside"] = {"last_confusion_train": confusion}
    return findings.Standing("a", None, Variant((made,)))


def test_output_units_that_never_win_are_named():
    assert confused([0, 2]).never_predicted == [1, 3]
    assert confused([0, 2]).share_lost == 50
    assert confused([0, 1, 2, 3]).never_predicted == []
    assert confused([2]).only_predicted == 2
    assert confused([1, 2]).only_predicted is None


@pytest.mark.parametrize(
    ("ours", "verdict"), [([70.5], "agrees"), ([60, 80], "spread"), ([60, 65], "differs")]
)
def test_the_verdict_on_a_printed_figure(ours, verdict):
    standing = ranking(a=ours).best
    assert findings.Comparison("2.1", 71, standing).verdict == verdict


ORIGINAL = Path(labels.__file__).parent / "original.yaml"


def trained(name, *accuracies):
    """A variant with a seed for each accuracy."""
    choices = asdict(Hyperparameters())
    return Variant(
        tuple(
            run(name, seed, train, hyperparameters=choices) for seed, train in enumerate(accuracies)
        )
    )


def test_the_original_is_compared_only_with_runs_of_the_same_settings():
    assert findings.compare({}, ORIGINAL) == []
    name = "sigmoid_mse_uniform_lr3e-05"
    assert findings.compare({f"{name}_5-epochs": trained(f"{name}_5-epochs", 70)}, ORIGINAL) == []
    (row,) = findings.compare({name: trained(name, 70)}, ORIGINAL)
    assert (row.printed, row.ours.name, row.verdict) == (71, name, "agrees")


def test_the_best_of_a_sweep_is_compared_with_the_best_of_ours():
    names = ("sigmoid-k0.4_mse_uniform_lr1e-05", "sigmoid-k0.5_mse_uniform_lr1e-05")
    variants = {name: trained(name, train) for name, train in zip(names, (40, 44), strict=True)}
    (row,) = findings.compare(variants, ORIGINAL)
    assert (row.printed, row.ours.name) == (57, names[1])


def test_every_run_that_the_original_printed_is_one_of_ours():
    ours = plan(yaml.safe_load((ORIGINAL.parents[1] / "config" / "config.yaml").read_text())).runs
    for entry in yaml.safe_load(ORIGINAL.read_text()):
        assert set(entry["runs"]) <= set(ours), entry


def test_variants_that_hang_on_the_seed_are_told_from_those_that_do_not():
    standings = [
        findings.stand(trained("a", 50, 90)),
        findings.stand(trained("b", 50, 52)),
        findings.stand(trained("c", 50, 95)),
    ]
    assert [standing.name for standing in findings.apart(standings)] == ["c", "a"]


def sigmoid(k, initializer, rate, accuracies):
    """A variant with slope k."""
    chosen = asdict(Hyperparameters(slope=k, initializer=initializer, learning_rate=rate, epochs=3))
    history = {"epoch": np.arange(1, 4), "train_accuracy": np.array(accuracies, dtype=float)}
    return findings.stand(Variant((run(f"k{k}", history=history, hyperparameters=chosen),)))


def test_a_slope_is_known_again_in_the_weights_and_the_rate():
    sloped = sigmoid(0.5, {"name": "uniform", "limit": 1}, 1e-5, [10, 20, 30])
    plain = sigmoid(1, {"name": "uniform", "limit": 0.5}, 2.5e-6, [10, 20.5, 30])
    another = sigmoid(1, {"name": "uniform", "limit": 0.5}, 1e-5, [10, 20, 30])
    (pair,) = findings.same_networks([another, plain, sloped])
    assert (pair.sloped, pair.plain) == (sloped, plain)
    assert pair.furthest_apart == 0.5
    assert findings.same_networks([another, sloped]) == []


def separating(train, agreement, *other_seeds):
    standing = findings.stand(trained("a", train, *other_seeds))
    standing.variant.first.__dict__["embedding"] = {"agreement": agreement}
    return standing


def test_accuracy_and_separation_are_related_as_far_as_their_order_is_the_same():
    related = [separating(10, 70), separating(50, 80), separating(90, 96)]
    assert findings.separation_rank_correlation(related) == pytest.approx(1)
    against = [separating(10, 96), separating(50, 80), separating(90, 70)]
    assert findings.separation_rank_correlation(against) == pytest.approx(-1)
    assert findings.separation_rank_correlation(related[:2]) is None
    unmeasured = [*related, separating(20, float("nan"))]
    assert findings.separation_rank_correlation(unmeasured) == pytest.approx(1)


def test_weights_that_have_run_away_have_moved_a_finite_way():
    variant = trained("a", 10)
    start, end = np.ones((3, 2), np.float32), np.full((3, 2), 1e30, np.float32)
    variant.first.__dict__["weights"] = {"initial_W1": start, "W1": end}
    assert findings.stand(variant).moved(1) == pytest.approx(1e30)


def test_good_neighbours_are_odd_only_where_the_same_seed_answers_badly():
    answers_well, answers_badly = separating(86, 95, 10, 20), separating(40, 85, 90, 90)
    assert findings.untrained_separation([answers_well]) is None
    assert findings.untrained_separation([answers_well, answers_badly]) is answers_badly


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3e-5, "3e−5"),
        (6.168e-5, "6.168e−5"),
        (1e-3, "1e−3"),
        (0.4, "0.4"),
        (1 / 3, "1/3"),
        (2, "2"),
    ],
)
def test_numbers_are_as_short_as_they_can_be(value, text):
    assert labels.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0123, "0.012"),
        (1234.5, "1\u202f234"),
        (3.2e-9, "3.2e−9"),
        (float("nan"), "not a number"),
        (0.0, "0"),
    ],
)
def test_measurements_have_two_digits(value, text):
    assert labels.rounded(value) == text


def test_a_label_tells_every_run_from_every_other():
    standard = labels.run_label(asdict(Hyperparameters()))
    assert standard == "sigmoid · squared error · uniform [−1, 1) · lr 1e−5"
    others = [{"hidden_units": (64, 32)}, {"epochs": 50}, {"slope": 0.5}, {"labels": "shuffled"}]
    texts = {labels.run_label(asdict(Hyperparameters(**other))) for other in others}
    assert len(texts | {standard}) == 5
    assert f"{standard} · 64 – 32 units" in texts


def test_initialisers_read_as_formulas():
    spec = {"name": "variance_scaling", "scale": 0.5, "mode": "fan_avg"}
    assert labels.initializer_label(spec) == "normal, std √(1/(fan_in+fan_out))"
    spec = {"name": "poisson", "lam": 1, "scale": 0.25}
    assert labels.initializer_label(spec) == "Poisson(1)/4"
