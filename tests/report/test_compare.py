"""What differs between two results is said, and what seeds explain is not called a difference."""

import json

import pytest
import yaml

from report.agreement import changed_answers
from report.pages import typeset
from report.pages.answers import answers
from report.pages.compare import compare, render
from report.pages.render import Question, say
from report.questions import ask, serving
from report.results import opened
from tests.report import made


def record(some):
    """A question's record, as answers.json has it."""
    question = Question(made.as_stored(ask(serving(some), some)))
    variables = made.variables(some)
    (found,) = answers([question], lambda asked, block: say(variables, asked, block))
    return made.as_stored(found)


def rates(*accuracies, seeds=None):
    """What the learning rates ended at."""
    return made.evidence(
        made.experiment(
            "learning_rate",
            "learning_rate",
            [
                made.variant({"learning_rate": rate}, ends, seeds)
                for rate, ends in zip((3e-5, 1e-5), accuracies, strict=False)
            ],
        )
    )


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A function: name, {variant: [accuracy of each seed]}, settings → a results folder."""
    # Fonts for the page take seconds, and say nothing.
    monkeypatch.setattr(typeset, "font_faces", lambda _: "")

    def make(name, runs, epochs=200, numpy="2.4", said=()):
        folder = tmp_path / name
        folder.mkdir()
        rows = [
            f"{run},{seed},,{accuracy},{accuracy - 1}"
            for run, accuracies in runs.items()
            for seed, accuracy in enumerate(accuracies)
        ]
        header = "run,seed,diverged_at,train_accuracy,test_accuracy"
        (folder / "runs.csv").write_text("\n".join([header, *rows]) + "\n")
        (folder / "config.yaml").write_text(yaml.safe_dump({"epochs": epochs, "seeds": [0, 1]}))
        (folder / "machine.json").write_text(json.dumps({"versions": {"numpy": numpy}}))
        (folder / "answers.json").write_text(json.dumps(list(said)))
        return opened(folder)

    return make


def verdicts(here, there):
    return {pair.name: pair.verdict for pair in compare(here, there)["pairs"]}


def test_a_difference_is_one_only_beyond_the_seeds(results):
    seeds = {"a": [50, 52, 51], "b": [50, 52, 51], "c": [50, 52, 51], "d": [50, 52, 51]}
    here = results("here", seeds)
    there = results(
        "there", seeds | {"b": [51, 50, 53], "c": [60, 62, 61.1], "d": [50.1, 52.1, 51.1]}
    )
    assert verdicts(here, there) == {
        "a": "identical", "b": "undecided", "c": "lower", "d": "same",
    }  # fmt: skip


def test_one_seed_cannot_say(results):
    here, there = results("here", {"a": [50]}), results("there", {"a": [60]})
    assert verdicts(here, there) == {"a": "one seed"}
    assert "one seed cannot say" in render(here, there)


def test_settings_and_variants_that_only_one_has_are_named(results):
    here = results("here", {"a": [50, 52], "b": [1, 2]})
    there = results("there", {"a": [50, 52], "c": [1, 2]}, epochs=100, numpy="2.5")
    found = compare(here, there)
    assert found["configuration"] == (("epochs", "200", "100"),)
    assert found["machine"] == (("versions.numpy", '"2.4"', '"2.5"'),)
    assert (found["only_here"], found["only_there"]) == (["b"], ["c"])


def test_equal_results_are_called_equal(results):
    runs = {"a": [50, 52], "b": [10, 20]}
    said = [record(rates([70, 71, 72], [50, 51, 52]))]
    page = render(results("here", runs, said=said), results("there", runs, said=said))
    assert "All 2 variants that both have are the same to the last digit." in page
    assert "Their configurations are the same, and so are versions and machine." in page
    assert "The one answer is the same, word for word." in page


HERE = rates([70, 71, 72], [50, 51, 52])


@pytest.mark.parametrize(
    ("there", "outcome", "why"),
    [
        (rates([50, 51, 52], [70, 71, 72]), True, ["numbers"]),
        (rates([70, 71.5, 72], [50, 51, 52]), False, ["numbers"]),
        (rates([70, 71], [50, 51]), False, ["seeds"]),
        (rates([70, 71, 72]), True, ["variants"]),
    ],
    ids=["turned", "other numbers", "fewer seeds", "fewer variants"],
)
def test_an_answer_that_changed_is_shown_with_the_reason(there, outcome, why):
    (changed,) = changed_answers({"q": record(HERE)}, {"q": record(there)})
    assert (changed.outcome, changed.why) == (outcome, why)
    assert "lr" in changed.here and "lr" in changed.there


def test_the_same_numbers_in_other_words_are_a_matter_of_judgement():
    here = record(HERE)
    (changed,) = changed_answers({"q": here}, {"q": here | {"answer": "Otherwise said."}})
    assert (changed.outcome, changed.why) == (False, ["judgement"])


def test_an_answer_that_quotes_another_question_rests_on_that_ones_runs_too():
    """The shipped configuration asks fewer questions than the published one: that is no other judgement."""
    asked = record(HERE)
    quoting = asked | {"answer": "And under another question.", "quotes": ["by_rate"]}
    more = record(rates([1, 2, 3], [4, 5, 6])) | {"key": "by_rate"}
    more["variants"] = {f"{name} again": v for name, v in more["variants"].items()}
    changed = changed_answers({"q": asked}, {"q": quoting, "by_rate": more})
    assert [(one.key, one.why) for one in changed] == [("q", ["variants"]), ("by_rate", [])]


def test_what_an_answer_links_to_is_what_it_quotes():
    said = {
        "asked": "?",
        "answer": 'See <a href="#question-slope">there</a>, <a href="#question-learning_rate">here</a>.',
    }
    question = Question(made.as_stored(ask(serving(HERE), HERE)))
    (found,) = answers([question], lambda _, block: said[block])
    assert found["quotes"] == ["slope"]


def test_a_question_that_only_one_asks_is_told():
    (changed,) = changed_answers({"q": record(HERE)}, {})
    assert changed.absent and not changed.outcome and changed.there is None
