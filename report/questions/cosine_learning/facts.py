"""Extra: the schedules of the cosine question, at a rate at which the baseline learns.

In: the evidence. Out: as of that question, whose words serve.
"""

from report.questions.cosine import facts as cosine
from report.questions.cosine.facts import ASSUMES, OUTCOMES

__all__ = ["ASSUMES", "OUTCOMES", "facts"]


def facts(evidence):
    return cosine.facts(evidence) | {"served_by": "cosine"}
