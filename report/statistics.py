"""The only place that compares accuracies: higher, lower, same, undecided; agrees or differs.

In: accuracies in per cent, by seed. Out: differences with their intervals, and a verdict on each. Used
by report/facts and by compare.py; nothing else subtracts two accuracies to decide.

Training is full-batch, so the seed is a run's only chance, and a variant's accuracies are one sample
for each seed. A difference is judged by the t interval of its mean; all pairs of a question are judged
together (Holm 1979), so that in at most one question of twenty an equal pair is told apart. Where the only question
is which is best, each is judged beside the highest alone (Hsu, Annals of Statistics 9, 1981): in at most one of twenty
the best in truth is passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import combinations
from math import fsum, sqrt
from statistics import fmean

import numpy as np
from scipy.special import ndtri, stdtr, stdtrit

ERROR_RATE = 0.05
POWER = 0.8  # how often the seeds that would settle a pair would do so
MOST_SEEDS = 1000  # a search for them ends here

HIGHER, LOWER, SAME, UNDECIDED, UNJUDGED = "higher", "lower", "same", "undecided", "one seed"
AGREES, DIFFERS, OPEN = "agrees", "differs", "open"  # of somebody else's figure, see `Prediction`
OPPOSITE = {HIGHER: LOWER, LOWER: HIGHER}


@dataclass(frozen=True)
class Difference:
    """Two variants' accuracies, the first minus the second, in points.

    Attributes
    ----------
    mean : float
    low, high : float or None
        The 95 % t interval of the mean difference; None where one seed leaves it unknown.
    p : float or None
        The chance of so large a difference between equals, corrected for all that is judged with it.
    paired : bool
        Whether seeds were compared one by one, because both variants start from the same draws.
    n_seeds : int
        Seeds that it rests on; of unpaired variants with different numbers the smaller.
    verdict : str
        `HIGHER`, `LOWER`, `SAME`, `UNDECIDED`, or `UNJUDGED` with one seed.
    settling : callable or None
        Of an undecided pair: number of seeds → whether so many would settle it.
    """

    mean: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    paired: bool = False
    n_seeds: int = 1
    verdict: str = UNJUDGED
    settling: Callable[[int], bool] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def seeds_needed(self):
        """About how many seeds in all would settle it four times of five, if means and spreads are these in truth.

        None where it is settled, or where `MOST_SEEDS` would not do.
        """
        if self.settling is None or not self.settling(MOST_SEEDS):
            return None
        # More seeds never unsettle what fewer settle, so halving the range finds the fewest.
        fewest, enough = self.n_seeds, MOST_SEEDS
        while enough - fewest > 1:
            middle = (fewest + enough) // 2
            fewest, enough = (fewest, middle) if self.settling(middle) else (middle, enough)
        return enough

    def turned(self):
        """The second minus the first."""
        low, high = (None if end is None else -end for end in (self.high, self.low))
        verdict = OPPOSITE.get(self.verdict, self.verdict)
        return replace(self, mean=-self.mean, low=low, high=high, verdict=verdict)


def judge(
    samples: Sequence[Mapping[int, float]],
    same_draws: Callable[[int, int], bool],
    same_points: float,
    highest: int | None = None,
):
    """Compare every pair of variants of one question, or one of them with every other.

    Parameters
    ----------
    samples : sequence of {seed: accuracy}
        One a variant.
    same_draws : callable
        Whether two of them (by their places) start from the same random draws with the same seed.
    same_points : float
        Accuracies no further apart than this are the same for every purpose here.
    highest : int, optional
        The place of the one with the highest mean, where nothing is asked but which is best. Whichever is that in
        truth is passed over only if it is told from some other, so that each p is corrected for being one of
        so many others (Bonferroni), not of all pairs.

    Returns
    -------
    dict of (int, int) to Difference
        For every pair of places that is judged, both ways round.
    """
    places = range(len(samples))
    if highest is None:
        pairs, correct = list(combinations(places, 2)), holm
    else:
        pairs, correct = [(highest, j) for j in places if j != highest], bonferroni
    spreads = [_spread(samples[i], samples[j], same_draws(i, j)) for i, j in pairs]
    found = dict(zip(pairs, _judged(spreads, same_points, correct), strict=True))
    return found | {(j, i): difference.turned() for (i, j), difference in found.items()}


def judge_pairs(pairs: Sequence[Sequence[Mapping[int, float]]], same_points: float):
    """Compare the two of each pair, which start from the same draws, all pairs judged together.

    Parameters
    ----------
    pairs : sequence of two {seed: accuracy}
    same_points : float

    Returns
    -------
    list of Difference
    """
    return _judged(
        [_spread(one, other, same_draws=True) for one, other in pairs], same_points, holm
    )


def _judged(spreads, same_points, correct):
    tested = [spread for spread in spreads if spread.error is not None]
    corrected = iter(correct([spread.p for spread in tested]))
    return [
        Difference(spread.mean, paired=spread.paired, n_seeds=spread.n)
        if spread.error is None
        else _verdict(spread, next(corrected), same_points, len(tested))
        for spread in spreads
    ]


def holm(p_values):
    """p values, each corrected for being one of so many (Holm 1979)."""
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(len(order), 0, -1)
    corrected = np.empty(len(order))
    corrected[order] = np.minimum(
        1, np.maximum.accumulate(np.asarray(p_values, float)[order] * factors)
    )
    return corrected.tolist()


def bonferroni(p_values):
    """p values, each corrected for being one of so many, whatever the others are."""
    return [min(1.0, p * len(p_values)) for p in p_values]


@dataclass(frozen=True)
class _Spread:
    """A mean difference and what its t interval is made of; `error` is None with one seed."""

    mean: float
    paired: bool
    n: int
    variances: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def error(self):
        """Standard error of the mean difference."""
        if not self.variances:
            return None
        return sqrt(sum(v / n for v, n in zip(self.variances, self.counts, strict=True)))

    @property
    def freedom(self):
        """Degrees of freedom: n - 1 of pairs, Welch's of two samples."""
        parts = [v / n for v, n in zip(self.variances, self.counts, strict=True)]
        if not any(parts):
            return min(self.counts) - 1
        squares = sum(part**2 / (n - 1) for part, n in zip(parts, self.counts, strict=True))
        return sum(parts) ** 2 / squares

    @property
    def p(self):
        if self.error == 0:
            return float(self.mean == 0)
        return float(2 * stdtr(self.freedom, -abs(self.mean) / self.error))

    def reach(self, error_rate=ERROR_RATE):
        """Half the width of the interval that misses the mean with this chance."""
        return self.error and float(-self.error * stdtrit(self.freedom, error_rate / 2))

    def shortfall(self):
        """How much nearer to zero than in truth the mean may come out, but for one time of five."""
        return float(self.error * stdtrit(self.freedom, POWER))

    def with_seeds(self, n):
        """The same spread, had it come from n seeds of each."""
        return replace(self, n=n, counts=(n,) * len(self.counts))


def _spread(first, second, same_draws):
    shared = sorted(first.keys() & second.keys())
    if same_draws and len(shared) > 1:
        gaps = [first[seed] - second[seed] for seed in shared]
        return _Spread(fmean(gaps), True, len(gaps), (_variance(gaps),), (len(gaps),))
    ours, theirs = list(first.values()), list(second.values())
    mean, n = fmean(ours) - fmean(theirs), min(len(ours), len(theirs))
    if n == 1:
        return _Spread(mean, same_draws, 1)
    return _Spread(mean, False, n, (_variance(ours), _variance(theirs)), (len(ours), len(theirs)))


def _variance(values):
    # Of equal values it is zero: rounding in their mean would leave some.
    if max(values) - min(values) <= 1e-9:
        return 0.0
    # Of so few values, plain Python is ten times as quick as numpy.
    mean = fmean(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _verdict(spread, p, same_points, n_pairs):
    reach = spread.reach()
    verdict = UNDECIDED
    if abs(spread.mean) + reach <= same_points:
        verdict = SAME
    elif p < ERROR_RATE:
        verdict = HIGHER if spread.mean > 0 else LOWER
    return Difference(
        mean=spread.mean,
        low=spread.mean - reach,
        high=spread.mean + reach,
        p=p,
        paired=spread.paired,
        n_seeds=spread.n,
        verdict=verdict,
        settling=partial(_settles, spread, same_points, n_pairs) if verdict == UNDECIDED else None,
    )


def _settles(spread, same_points, n_pairs, n_seeds):
    """Whether this mean and spread, had so many seeds shown them, would be decided either way."""
    more = spread.with_seeds(n_seeds)
    apart = more.reach(ERROR_RATE / n_pairs) + more.shortfall() < abs(spread.mean)
    return apart or abs(spread.mean) + more.reach() + more.shortfall() <= same_points


@dataclass(frozen=True)
class Prediction:
    """Where one more run of a variant is to be expected, and whether a printed figure is one.

    Attributes
    ----------
    low, high : float or None
        The 95 % prediction interval of one more run (None with one seed), per cent.
    verdict : str
        "agrees": inside, or within `same_points` of the mean; `OPEN`: inside, but of an interval too
        wide to mean anything; "differs"; or `UNJUDGED`.
    reach : float or None
        How far from the mean "differs" begins, points: also beyond 0 or 100 per cent.
    """

    low: float | None
    high: float | None
    verdict: str
    reach: float | None = None


def predicts(accuracies, printed, same_points, wide_points=100, n_judged=1):
    """Hold a figure that somebody else got, which is one draw, against one more run of ours.

    mean ± t s √(1 + 1/n), the prediction interval of a normal sample, as far as accuracies go.

    Parameters
    ----------
    accuracies : sequence of float
        Per cent, a value a seed.
    printed : float
        Per cent.
    same_points : float
        What is no further from our mean than this agrees.
    wide_points : float
        Inside an interval wider than this nearly anything lies.
    n_judged : int
        How many figures are judged together: in one of twenty such tables one is wrongly said to differ (Bonferroni).

    Returns
    -------
    Prediction
    """
    mean, n = float(np.mean(accuracies)), len(accuracies)
    near = abs(printed - mean) <= same_points
    if n == 1:
        return Prediction(None, None, AGREES if near else UNJUDGED)
    error = sqrt(_variance(accuracies) * (1 + 1 / n))
    reach = float(-stdtrit(n - 1, ERROR_RATE / n_judged / 2) * error)
    low, high = max(0.0, mean - reach), min(100.0, mean + reach)
    if not (abs(printed - mean) <= reach or near):
        return Prediction(low, high, DIFFERS, max(reach, same_points))
    # As wide as the seeds make it: that no accuracy lies beyond 100 % makes them say no more.
    verdict = OPEN if 2 * reach > wide_points and not near else AGREES
    return Prediction(low, high, verdict, max(reach, same_points))


def sampled_from(accuracy, n_images):
    """The 95 % interval (low, high) of an accuracy that so many images measured, all in per cent.

    Wilson's (Journal of the American Statistical Association 22, 1927), which is not nothing at 0 and
    100 per cent.
    """
    share, z = accuracy / 100, -float(ndtri(ERROR_RATE / 2))
    squared = share * (1 - share) / n_images + (z / n_images / 2) ** 2
    shrunk = 1 + z**2 / n_images
    middle, reach = (share + z**2 / n_images / 2) / shrunk, z * sqrt(squared) / shrunk
    return 100 * (middle - reach), 100 * (middle + reach)


def gap(train, test, n_test):
    """Training minus test accuracy of one variant, and whether the test images can tell it from none.

    The test images are the same for every seed, so their sampling error stays however many seeds
    there are; what the seeds add is the error of their mean gap. The ends of both intervals are put together
    each on its side, as MOVER does (Zou and Donner, Statistics in Medicine 27, 2008): near 100 % an
    accuracy's interval reaches further down than up.

    Parameters
    ----------
    train, test : sequences of float
        Per cent, a value a seed.
    n_test : int
        Test images.

    Returns
    -------
    Difference
    """
    gaps = np.subtract(train, test)
    tested = float(np.mean(test))
    lowest, highest = sampled_from(tested, n_test)
    of_seeds = 0.0
    if len(gaps) > 1:
        spread = _Spread(0.0, True, len(gaps), (_variance(gaps),), (len(gaps),))
        of_seeds = spread.reach()
    mean = float(gaps.mean())
    low = mean - sqrt((highest - tested) ** 2 + of_seeds**2)
    high = mean + sqrt((tested - lowest) ** 2 + of_seeds**2)
    verdict = HIGHER if low > 0 else LOWER if high < 0 else UNDECIDED
    return Difference(mean, low, high, n_seeds=len(gaps), verdict=verdict)


def above(accuracies, level, points=0.0):
    """How many of a variant's seeds end above a level by more than so many points."""
    return int(np.count_nonzero(np.asarray(accuracies) > level + points))


def all_above(one, other):
    """Whether every seed of a variant ends above every seed of another, accuracies in lists."""
    return bool(np.min(one) > np.max(other))


def reached(accuracies, target):
    """How many of a variant's seeds end at or above a target."""
    return int(np.count_nonzero(np.asarray(accuracies) >= target))


def gained(accuracies, since):
    """Points of accuracy between an earlier epoch (a place in the list) and the last."""
    return float(accuracies[-1] - accuracies[since])


def apart(one, other):
    """One accuracy minus another of the same seed, points; None where either is None."""
    return None if one is None or other is None else one - other


def within(one, other, points):
    """Whether two accuracies lie no further apart than that; not where either is None."""
    gap = apart(one, other)
    return gap is not None and abs(gap) <= points


def furthest(one, other):
    """How far two variants lie apart with the same seed, at the most.

    Parameters
    ----------
    one, other : dict of int to float or (n_epochs,) array
        Seed → accuracy, at the end or in every epoch, per cent.

    Returns
    -------
    float or None
        Points; None where they share no seed, or ran for different lengths.
    """
    shared = one.keys() & other.keys()
    if not shared or any(np.shape(one[seed]) != np.shape(other[seed]) for seed in shared):
        return None
    return max(float(np.abs(np.subtract(one[seed], other[seed])).max()) for seed in shared)
