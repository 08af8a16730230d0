"""Every threshold that a judgement rests on, by name.

In: nothing. Out: `Thresholds`, and the same with each one halved and doubled, which is how firmly an
answer is tested. Used by everything in report/facts and report/questions.
"""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Thresholds:
    """Where "little" ends.

    Attributes
    ----------
    same_points : float
        Accuracies no further apart than this are the same, whatever the seeds say.
    learned_points : float
        Training accuracy beyond the commonest class's share by more than this is learning; on
        shuffled labels it is memory.
    still_learning_points : float
        A run is still learning if the last tenth of its epochs gained more than this.
    no_change_points : float
        An accuracy that moved by less than this did not change: printed, it would be 0.0 points.
    seeds_matter_points : float
        Seeds further apart than this make a variant's accuracy a matter of its first weights.
    wide_points : float
        That a figure lies where one more run is to be expected says little of an interval wider than
        this: ten points either way are a class of ten that is lost or not.
    often_rising_share : float
        Gradient descent at a fitting rate lowers the loss at every step; from this share of the
        epochs on, a rising loss is more than now and then.
    saturated_share : float
        A layer is saturated if more than this share of its outputs is at a limit.
    vanishing_share : float
        A gradient vanishes beside another if it is less than this share of it.
    near_start_share : float
        A matrix whose change is smaller than this share of its start is still mostly that start.
    separated_percent : float
        A layer keeps classes apart if more images than this have mostly neighbours of their class.
    orders_well_share : float
        A measure orders runs well whose rank correlation with their accuracy is at least of this size.
    wide_gap_times : float
        Between two rates further apart than by this factor the best may well lie.
    answers_badly_percent : float
        A network answers badly whose accuracy is below this.
    alike_times : float
        First updates are as large as others that differ from them by no more than this factor, either way.
    """

    same_points: float = 0.5
    learned_points: float = 1.0
    still_learning_points: float = 1.0
    no_change_points: float = 0.05
    seeds_matter_points: float = 5.0
    wide_points: float = 20.0
    often_rising_share: float = 0.1
    saturated_share: float = 0.5
    vanishing_share: float = 0.1
    near_start_share: float = 0.5
    separated_percent: float = 80.0
    orders_well_share: float = 0.9
    wide_gap_times: float = 4.0
    answers_badly_percent: float = 50.0
    alike_times: float = 1.25

    def halved_and_doubled(self):
        """(name, "halved" or "doubled", all thresholds with that one changed)."""
        for field in fields(self):
            for change, factor in (("halved", 0.5), ("doubled", 2)):
                value = factor * getattr(self, field.name)
                # More than all is no share: doubled, half is nearly all.
                for ending, all_ in (("_share", 1), ("_percent", 100)):
                    value = min(value, 0.95 * all_) if field.name.endswith(ending) else value
                # A factor of one is none.
                value = max(value, 1.05) if field.name.endswith("_times") else value
                yield field.name, change, replace(self, **{field.name: value})


# What each is called where the report says that an answer hangs on it.
LABELS = {
    "same_points": "the points within which accuracies are the same",
    "learned_points": "the points that count as learning",
    "still_learning_points": "the points that count as still learning",
    "no_change_points": "the points below which nothing changed",
    "seeds_matter_points": "the points by which seeds differ much",
    "wide_points": "the points from which an interval is wide",
    "often_rising_share": "the share of epochs that is often",
    "saturated_share": "the share of outputs that saturates a layer",
    "vanishing_share": "the share below which a gradient vanishes",
    "near_start_share": "the share below which weights stay near their start",
    "separated_percent": "the share of images that keeps classes apart",
    "orders_well_share": "the rank correlation that is a good order",
    "wide_gap_times": "the factor from which a gap between rates is wide",
    "answers_badly_percent": "the accuracy below which a network answers badly",
    "alike_times": "the factor within which first updates are alike",
}
