"""Questions: a folder each, with facts.py (what is so) and section.html.j2 (words for it).

In: the evidence. Out: a question's facts, with how firmly they hold. A facts.py has

- ``ASSUMES``: what its words take for granted of every variant, hyperparameter → allowed values, and
  under ``varied`` the keys that the experiment must vary. Where a configuration breaks that, `general` serves;
- ``OUTCOMES``: every outcome that it can come to, with a few words for it;
- ``facts(evidence)``: plain data with an ``outcome`` and a ``claim``, the labels that it is about.

An experiment of the configuration is answered by the folder of its name, and without one by that of its kind: `general`,
or `ablation` and `path`, whose words assume nothing. A folder that has words alone tells the facts of its kind.
"""

from importlib import import_module
from pathlib import Path

from report.facts.evidence import Evidence
from report.facts.firmness import firmness

GENERAL = "general"
BY_KIND = {"sweep": GENERAL, "grid": GENERAL, "ablation": "ablation", "path": "path"}
# Questions about all runs, which no experiment of the configuration asks.
ABOUT_ALL = ("inside", "best")


HERE = Path(__file__).parent


def folders():
    """The names of all questions that have facts of their own."""
    return sorted(path.parent.name for path in HERE.glob("*/facts.py"))


def module(name):
    """The facts.py of a question's folder."""
    return import_module(f"report.questions.{name}.facts")


def serving(evidence: Evidence):
    """The folder that answers an experiment: its own, if what that assumes is so, or that of its kind."""
    key, experiment = evidence.key, evidence.experiment
    own = key in folders() and key not in (*BY_KIND.values(), *ABOUT_ALL)
    return key if own and fits(module(key).ASSUMES, experiment) else BY_KIND[experiment.kind]


def template(facts):
    """The section that tells a question's facts: that of who found them, or its own words for them."""
    key, served_by = facts["key"], facts["served_by"]
    words_alone = key not in folders() and (HERE / key / "section.html.j2").exists()
    return f"{key if words_alone else served_by}/section.html.j2"


def fits(assumed, experiment):
    """Whether every variant of an experiment is what some words take for granted."""
    assumed = dict(assumed)
    if (
        experiment.kind not in ("sweep", "grid")
        or tuple(assumed.pop("varied")) != experiment.varied
    ):
        return False
    return all(
        variant.hyperparameters[key] in allowed
        for variant in experiment.variants
        for key, allowed in assumed.items()
    )


def ask(folder, evidence: Evidence):
    """A question's facts from the folder that answers it, and how firmly they hold."""
    of = module(folder).facts
    found = of(evidence)
    return {"served_by": folder, **found, "firmness": firmness(of, evidence, found)}
