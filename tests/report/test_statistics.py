"""Higher, lower, same, undecided: as often right as promised, and better with more seeds."""

import ast
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from report import statistics
from report.statistics import HIGHER, LOWER, OPEN, SAME, UNDECIDED, UNJUDGED, judge

POINTS = 0.5
REPORT = Path(statistics.__file__).parent


def by_seed(values):
    return dict(enumerate(map(float, values)))


def verdict(first, second, paired=True):
    return judge([by_seed(first), by_seed(second)], lambda i, j: paired, POINTS)[0, 1]


def test_what_every_seed_says_clearly_is_higher_and_the_other_way_round_lower():
    found = judge([by_seed([80, 81, 82]), by_seed([60, 61.5, 62])], lambda i, j: True, POINTS)
    assert (found[0, 1].verdict, found[1, 0].verdict) == (HIGHER, LOWER)
    assert found[0, 1].low < found[0, 1].mean < found[0, 1].high
    assert found[1, 0].low == -found[0, 1].high


def test_one_seed_judges_nothing():
    found = verdict([80], [20])
    assert (found.verdict, found.low, found.p, found.mean) == (UNJUDGED, None, None, 60)


def test_within_half_a_point_for_certain_is_the_same():
    assert verdict([80.0, 81.0, 79.0], [80.1, 81.1, 79.1]).verdict == SAME
    assert verdict([80, 80, 80], [80, 80, 80]).verdict == SAME


def test_seeds_that_start_alike_are_compared_one_by_one():
    ours, theirs = [50, 60, 70, 80], [52, 62.1, 72, 82.1]
    assert verdict(ours, theirs, paired=True).verdict == LOWER
    assert verdict(ours, theirs, paired=False).verdict == UNDECIDED


def test_the_intervals_are_those_of_scipy():
    rng = np.random.default_rng(0)
    a, b = rng.normal(50, 2, 6), rng.normal(48, 5, 4)
    welch = stats.ttest_ind(a, b, equal_var=False)
    found = verdict(a, b, paired=False)
    assert found.p == pytest.approx(welch.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(welch.confidence_interval()))
    paired = stats.ttest_rel(a[:4], b)
    found = verdict(a[:4], b)
    assert found.p == pytest.approx(paired.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(paired.confidence_interval()))


def test_holm_corrects_as_its_paper_does():
    assert statistics.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert statistics.holm([]) == []


def test_more_pairs_ask_for_more_evidence():
    clear, near = [80, 82, 81.5], [70, 73.5, 71]
    assert verdict(clear, near).verdict == HIGHER
    crowd = [by_seed(clear), by_seed(near), *(by_seed([50 + i, 55, 53]) for i in range(7))]
    assert judge(crowd, lambda i, j: True, POINTS)[0, 1].verdict == UNDECIDED


def test_an_undecided_pair_says_how_many_seeds_would_settle_it_four_times_of_five():
    gaps = np.array([1, 6, 2])
    few = verdict(60 + gaps, [60] * 3)
    assert few.verdict == UNDECIDED
    rng, n = np.random.default_rng(1), few.seeds_needed
    more = rng.normal(60 + gaps.mean(), gaps.std(ddof=1), (1000, n))
    settled = [verdict(one, [60] * n).verdict for one in more]
    # So few are a step of more than a tenth each.
    assert 0.78 <= np.mean([found == HIGHER for found in settled]) <= 0.9


def test_a_printed_figure_is_one_draw():
    narrow, wide = [70, 70.4, 69.8, 70.1], [60, 70, 80, 70]
    assert statistics.predicts(narrow, 71, 0.2).verdict == "differs"
    assert statistics.predicts(wide, 71, 0.2).verdict == "agrees"
    assert statistics.predicts(wide, 71, 0.2, wide_points=50).verdict == OPEN
    # Cut off at 100 %, the interval is narrower than what the seeds say.
    high = statistics.predicts([86, 87, 95], 92, 0.2, wide_points=40)
    assert high.high - high.low < 40 and high.verdict == OPEN
    anywhere = statistics.predicts([10, 20, 87], 71, 0.2)
    assert (anywhere.low, anywhere.high) == (0, 100)
    assert statistics.predicts([60], 71, POINTS).verdict == UNJUDGED
    # Two stuck networks: their share of one class is the same to a hundredth.
    assert statistics.predicts([9.87, 9.87], 9.86, POINTS).verdict == "agrees"


def test_one_more_run_falls_into_its_interval_as_often_as_promised():
    rng = np.random.default_rng(2)
    draws = rng.normal(50, 4, (4000, 4))
    hits = [statistics.predicts(d[:3], d[3], 0).verdict == "agrees" for d in draws]
    assert np.mean(hits) == pytest.approx(0.95, abs=0.015)


def test_agreement_does_not_become_easier_with_more_seeds():
    rng = np.random.default_rng(3)
    agreed = [
        np.mean([statistics.predicts(rng.normal(50, 1, n), 53.5, 0).verdict == "agrees"
                 for _ in range(300)])
        for n in (2, 3, 10, 30)
    ]  # fmt: skip
    assert agreed == sorted(agreed, reverse=True)
    assert agreed[-1] < 0.1


def test_ten_thousand_images_measure_to_four_tenths_of_a_point():
    # As statsmodels' proportion_confint(..., method="wilson") has it.
    assert statistics.sampled_from(96, 10_000) == pytest.approx((95.597, 96.367), abs=1e-3)
    assert statistics.sampled_from(100, 500) == pytest.approx(
        (99.238, 100), abs=1e-3
    )  # not nothing


def test_training_and_test_accuracy_differ_only_beyond_what_the_test_images_explain():
    assert statistics.gap([96.1], [96.0], 10_000).verdict == UNDECIDED
    assert statistics.gap([97.5], [96.0], 10_000).verdict == HIGHER
    assert statistics.gap([96.0], [97.5], 10_000).verdict == LOWER
    assert statistics.gap([97.5], [96.0], 300).verdict == UNDECIDED
    # Seeds share the test images: more seeds do not make them more.
    many = statistics.gap([96.3] * 50, [96.0] * 50, 10_000)
    assert many.verdict == UNDECIDED


def test_where_only_the_best_is_asked_for_pairs_of_others_ask_for_no_evidence():
    clear, near = [80, 82, 81.5], [70, 73.5, 71]
    crowd = [by_seed(clear), by_seed(near), *(by_seed([50 + i, 55, 53]) for i in range(7))]
    paired = lambda i, j: True  # noqa: E731
    assert judge(crowd, paired, POINTS)[0, 1].verdict == UNDECIDED
    found = judge(crowd, paired, POINTS, highest=0)
    assert {i for i, _ in found} == set(range(9)) and all(0 in pair for pair in found)
    assert found[0, 1].p == pytest.approx(8 * judge(crowd[:2], paired, POINTS)[0, 1].p)


def test_the_best_in_truth_is_passed_over_in_one_question_of_twenty_at_most():
    rng, passed = np.random.default_rng(7), 0
    for _ in range(QUESTIONS):
        samples = normal(rng, 8, 3)
        highest = int(samples.mean(axis=1).argmax())
        # All are best in truth: let it be the first.
        found = judge(list(map(by_seed, samples)), lambda i, j: False, POINTS, highest)
        passed += highest != 0 and found[highest, 0].verdict == HIGHER
    assert passed / QUESTIONS <= 0.05


# Questions of equal and of unequal variants: how often is one of them called higher?
QUESTIONS = 400


def normal(rng, n_variants, n_seeds):
    return rng.normal(50, 2, (n_variants, n_seeds))


def two_peaked(rng, n_variants, n_seeds):
    """Like ReLU's 86, 87 and 95: whether a class is lost is a matter of the first weights."""
    peaks = np.where(rng.random((n_variants, n_seeds)) < 1 / 3, 95.0, 86.5)
    return peaks + rng.normal(0, 0.5, peaks.shape)


def false_higher(draw, n_variants, n_seeds, paired):
    """Share of questions of equal variants in which some pair is told apart."""
    rng = np.random.default_rng([n_variants, n_seeds, paired])
    told = 0
    for _ in range(QUESTIONS):
        found = judge(
            list(map(by_seed, draw(rng, n_variants, n_seeds))), lambda i, j: paired, POINTS
        )
        told += any(difference.verdict in (HIGHER, LOWER) for difference in found.values())
    return told / QUESTIONS


SIZES = [(n_variants, n_seeds) for n_variants in (2, 5, 9) for n_seeds in (2, 3, 5, 10, 30)]


@pytest.mark.parametrize(("n_variants", "n_seeds"), SIZES)
@pytest.mark.parametrize("paired", [True, False], ids=["paired", "unpaired"])
def test_equal_variants_are_told_apart_in_one_question_of_twenty_at_most(
    n_variants, n_seeds, paired
):
    # So many questions measure one of twenty to two and a half points.
    assert false_higher(normal, n_variants, n_seeds, paired) <= 0.05 + 0.025


@pytest.mark.parametrize(("n_seeds", "at_most"), [(2, 0.3), (3, 0.3), (5, 0.08), (30, 0.08)])
def test_two_peaks_and_very_few_seeds_are_told_apart_too_often(n_seeds, at_most):
    """What no t interval sees: two or three seeds that all fell on one peak. From five on it holds."""
    assert false_higher(two_peaked, 5, n_seeds, paired=False) <= at_most


@pytest.mark.parametrize(("n_variants", "with_ten"), [(2, 0.95), (5, 0.7), (9, 0.3)])
def test_a_true_difference_is_recognised_more_often_with_more_seeds(n_variants, with_ten):
    """One variant better by two standard deviations."""
    rng = np.random.default_rng(4)
    recognised = []
    for n_seeds in (2, 3, 5, 10, 30):
        told = 0
        for _ in range(150):
            samples = normal(rng, n_variants, n_seeds)
            samples[0] += 4
            found = judge(list(map(by_seed, samples)), lambda i, j: False, POINTS)
            told += all(found[0, j].verdict == HIGHER for j in range(1, n_variants))
        recognised.append(told / 150)
    assert recognised == sorted(recognised)
    assert recognised[-1] == 1
    assert recognised[-2] > with_ten


def test_every_pair_has_a_verdict_both_ways():
    found = judge([by_seed([1, 2])] * 4, lambda i, j: True, POINTS)
    assert set(found) == {pair for i, j in combinations(range(4), 2) for pair in ((i, j), (j, i))}


def test_how_far_two_lie_apart_with_the_same_seed():
    assert statistics.furthest({0: 80.0, 1: 70.0}, {1: 73.0, 2: 10.0}) == 3
    curves = {0: np.array([10.0, 50.0])}
    assert statistics.furthest(curves, {0: np.array([14.0, 49.0])}) == 4
    assert statistics.furthest(curves, {0: np.array([14.0])}) is None
    assert statistics.furthest({0: 80.0}, {1: 80.0}) is None


@pytest.mark.parametrize("path", sorted(REPORT.glob("**/*.py")), ids=lambda path: path.stem)
def test_nothing_else_subtracts_two_accuracies(path):
    """Both sides of a minus speak of what was trained or tested: that is a comparison, made here."""
    accuracy = re.compile(r"train|test(?!s)|accurac")
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            sides = [re.sub(r"len\(\w+\)", "", ast.unparse(x)) for x in (node.left, node.right)]
            compares = all(accuracy.search(side) for side in sides)
            assert path.name == "statistics.py" or not compares, ast.unparse(node)
