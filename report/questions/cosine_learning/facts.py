"""Extra: the schedules of the cosine question, at a rate at which the baseline learns.

In: the evidence. Out: as of that question.
"""

from report.questions.cosine.facts import ASSUMES, OUTCOMES, facts

__all__ = ["ASSUMES", "OUTCOMES", "facts"]
