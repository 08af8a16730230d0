"""The report as a whole, from hand-made runs: cover, seeds, original, table, and nothing that contradicts."""

import json
import re

import numpy as np
import pytest

from nn.activations import ACTIVATIONS
from nn.losses import LOSSES
from report.facts.whole import whole
from report.pages import render as rendering
from report.pages.answers import answers, words
from report.questions import ABOUT_ALL, ask, serving
from report.rounding import decided
from tests.report import made
from tests.report.made import STUCK, Diverged

CALLED = {"title": "A network of ours", "course": None, "author": None, "inside": "4"}
CONFIG = {
    "epochs": made.EPOCHS, "dataset": "digits", "hidden_units": [256, 128], "seeds": [0], "report": CALLED,
}  # fmt: skip
ORIGIN = {
    "n": 2, "runs": [], "arithmetic": "portable", "python": "3.11.7", "numpy": "2.4.1", "processor": "a processor",
    "blas": {"name": "openblas", "version": "0.3", "architecture": "Zen"}, "source": None,
}  # fmt: skip


@pytest.fixture
def report(tmp_path, monkeypatch):
    """A function: evidence → the printed report's text up to its provenance, and its answers."""
    monkeypatch.setattr(rendering, "Pictures", lambda *_: made.NoPictures())

    def text(some, until='id="provenance"', **changed):
        asked = {key: ask(serving(some.about(key)), some.about(key)) for key in some.experiments}
        asked |= {key: ask(key, some.about(None)) for key in ABOUT_ALL}
        questions = {key: rendering.Question(made.as_stored(facts)) for key, facts in asked.items()}
        parts = rendering._parts(
            [questions[key] for key in some.experiments], [questions[key] for key in ABOUT_ALL]
        )
        everything = made.as_stored(whole(some.about(None)))
        context = made.context(some) | {
            "config": CONFIG, "configuration_text": "", "parts": parts, "results": tmp_path,
            "quoted_images": 60_000, "origins": [ORIGIN], "commit": "no commit", "stands_in_for": "",
            "verification": None, "rounding": None,
            "whole": everything, "n_seeds": everything["n_seeds"],
            "s": {standing["name"]: standing for standing in everything["variants"]},
        }  # fmt: skip
        page = rendering.render(context | changed, for_print=True)
        told = answers(rendering.questions(context), rendering.sayer(context))
        return words(page[page.index("<body>") : page.index(until)]), told

    return text


def rates(*accuracies):
    variants = [
        made.variant({"learning_rate": 10.0 ** -(i + 3)}, ends) for i, ends in enumerate(accuracies)
    ]
    return made.evidence(
        made.experiment("learning_rate", "learning_rate", variants),
        baseline=variants[0].name,
    )


def test_a_report_is_called_what_its_configuration_says(report):
    text, _ = report(rates([90]))
    assert text.startswith("A network of ours Trained on")
    called = CALLED | {"course": "Networks 1 & 2", "author": "Ada <Lovelace>"}
    text, _ = report(rates([90]), config=CONFIG | {"report": called})
    assert text.startswith("Networks 1 & 2 A network of ours Ada <Lovelace> Trained on")


def test_there_is_a_section_beside_the_original_only_where_there_is_one(report):
    variant = made.variant({}, [70.9], name="sigmoid_mse_uniform_lr3e-05")
    one = made.experiment("learning_rate", "learning_rate", [variant])
    with_one, _ = report(made.evidence(one, original_data=True))
    assert with_one.count("Beside the original") == 2 and "1 of 1 comparisons" in with_one
    for without in (made.evidence(one), rates([90])):
        assert "Beside the original" not in report(without)[0]


def test_every_function_in_use_is_defined_before_it_is_spoken_of(report):
    text, _ = report(rates([90, 91], [50, 51]))
    defined = text[text.index("Words and functions") : text.index("The data")]
    assert ACTIVATIONS["sigmoid"].label in defined and LOSSES["squared_error"].label in defined
    assert ACTIVATIONS["tanh"].label not in defined


def test_a_report_of_runs_that_all_answer_one_class_names_no_best(report):
    text, _ = report(rates([24.0], [24.0], [24.0]))
    assert "None of them learns" in text
    assert "The best," not in text and "The highest," not in text
    assert "none can be called best" in text


@pytest.mark.parametrize("ends", [[Diverged(3)], [Diverged(3), Diverged(4), Diverged(3)]])
def test_a_report_of_runs_that_all_diverge_shows_no_accuracy_of_theirs(report, ends):
    text, _ = report(rates(ends, ends))
    assert "All of them diverge." in text
    assert f"{STUCK:.2f} %" not in text.replace("commonest class, 26.00 %", "").replace(
        "commonest class would be right for 26.00 %", ""
    )
    assert "nan" not in text.split() and "None %" not in text


def test_a_best_that_seeds_cannot_tell_is_called_the_highest(report):
    noisy, _ = report(rates([80, 90, 70], [79, 88, 72]))
    assert "The highest mean, sigmoid" in noisy and "The best, sigmoid" not in noisy
    clear, _ = report(rates([80, 81, 80.5], [60, 61, 60.6]))
    assert "The best, sigmoid" in clear


def test_one_seed_says_that_it_is_one_and_three_show_their_spread(report):
    one, _ = report(rates([80], [70]))
    assert "one seed each: how much of a difference is chance, these runs cannot say" in one
    assert "These runs have one seed, 0." in one
    assert "With one seed nothing is called better" in one
    three, _ = report(rates([80, 81, 92], [70, 70.5, 71]))
    assert "3 seeds each; in brackets the lowest and the highest seed" in three
    assert "1 has seeds that end more than 5 points apart" in three
    assert "95 % t interval" in three


@pytest.mark.parametrize("ends", [[80], [80, 81, 92]])
@pytest.mark.parametrize("arithmetic", ["portable", "native"])
def test_every_sentence_stands_apart_from_the_next(report, ends, arithmetic):
    origins = [ORIGIN | {"arithmetic": arithmetic}]
    text, _ = report(rates(ends, [24.0] * len(ends)), until="</body>", origins=origins)
    assert not re.findall(r".{0,40}[a-z)%][.;:][A-Z][a-z]+", text)


def test_the_answers_are_the_sentences_of_the_report_with_their_evidence(report):
    some = rates([80, 81, 80.5], [60, 61, 60.6])
    text, told = report(some)
    assert [answer["key"] for answer in told] == ["learning_rate", *ABOUT_ALL]
    for answer in told:
        assert answer["answer"] in text and answer["asked"] in text
        assert answer["outcome"] and answer["firmness"]["holds"] in (True, False)
        for number in answer["numbers"]:
            assert number["text"] in answer["answer"]
            assert number["variant"] in some.variants
    (first, *_) = told
    assert first["verdicts"][0]["verdict"] == "higher"
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("arithmetic", "said"),
    [
        (["portable"], "the same seed gives the same bits on every x86-64 processor"),
        (["native"], "They come from a machine that rounds products of matrices in its own way"),
        (["portable", "native"], "2 of them come from a machine that rounds"),
    ],
)
def test_bits_are_promised_only_where_all_machines_keep_to_the_definition(report, arithmetic, said):
    origins = [ORIGIN | {"arithmetic": one} for one in arithmetic]
    text, _ = report(rates([90.0], [24.0]), until="</body>", origins=origins)
    assert said in text
    assert ("the same bits" in text) == (set(arithmetic) == {"portable"})
    assert ("to the last bit on every x86-64 processor" in text) == (
        set(arithmetic) == {"portable"}
    )


RUN = {
    "run": "a", "seed": 1, "verdict": "same bits", "points": 0.0, "files": [], "columns": [], "origins": [], "reach": None,
}  # fmt: skip
DRIFTED = RUN | {"seed": 2, "verdict": "drifted", "points": -1.25, "files": ["weights.npz"]}
NONE = {"drifted": 0, "one seed": 0, "explained": 0, "same numbers": 0, "same bits": 0}
VERIFICATION = {
    "published": "expected/digits", "outcome": "same bits", "runs": [RUN], "n": NONE | {"same bits": 1}, "data": [],
    "missing": [], "n_published": 3, "n_not_made": 2, "n_unpublished": 0, "answers": [{"changed": None}], "n_turned": 0,
    "n_unasked": 0, "edited": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said", "unsaid"),
    [
        ({}, "Of 3 published runs 1 is here: 1 with the same bits.", "not the published results"),
        (
            {
                "outcome": "drifted",
                "runs": [RUN, DRIFTED],
                "n": NONE | {"same bits": 1, "drifted": 1},
            },
            "a/seed2: weights.npz, 1.25 points apart",
            "Every run that was published",
        ),
        (
            {"outcome": "drifted", "missing": ["b"]},
            "These are not the published results: something drifted.",
            "Every run that was published",
        ),
        (
            {
                "outcome": "explained",
                "runs": [RUN | {"verdict": "explained"}],
                "n": NONE | {"explained": 1},
            },
            "1 explained by rounding and seeds",
            "Every run that was published",
        ),
        (
            {"outcome": "nothing in common", "runs": [], "n": NONE, "n_unpublished": 4},
            "Of 3 published runs none are here. 4 runs here were never published.",
            "Every run that was published",
        ),
    ],
    ids=["same", "drifted", "missing", "explained", "nothing"],
)
def test_the_report_says_how_it_stands_to_what_was_published(report, changed, said, unsaid):
    verification = VERIFICATION | changed
    text, _ = report(rates([70, 71], [50, 51]), until="</body>", verification=verification)
    assert said in text and unsaid not in text
    on_the_cover = "These are not the published results. Something drifted"
    assert (on_the_cover in text) == (verification["outcome"] == "drifted")


def test_the_report_says_what_rounding_alone_decides(report):
    moved = RUN | {"verdict": "explained", "points": -9.5}
    answers = [
        {"heading": "2.1 Learning rate", "changed": {"outcome": True}},
        {"heading": "2.2 Slope", "changed": {"outcome": False}},
        {"heading": "2.3 Initialisation", "changed": None},
    ]
    found = decided({"runs": [RUN, moved, RUN | {"points": None}], "answers": answers})
    text, _ = report(rates([70, 71], [50, 51]), rounding=found)
    assert (
        "1 of 3 end with other bits, 1 of them more than 0.5 points of training accuracy away"
        in text
    )
    assert "by 9.5 points); of 3 answers 1 comes out differently (2.1 Learning rate)" in text
    none = decided({"runs": [RUN], "answers": [answers[2]]})
    text, _ = report(rates([70, 71], [50, 51]), rounding=none)
    assert (
        "none of 1 end with other bits, none of them more than 0.5 points of training accuracy away; of 1 answers none"
        in text
    )


def test_twenty_seeds_are_told_by_their_range(report):
    ends = [Diverged(3), *np.linspace(60, 80, 19)]
    text, _ = report(rates(ends, np.linspace(30, 31, 20)))
    assert "lowesthighestseeds that lose classesthat divergeapart by" in text
    assert "60.00–80.00, 20 seeds, of which 1 diverged" in text
    assert "30.00–31.00, 20 seeds" in text
    assert "19: 80.00" not in text


def test_what_failed_is_explained_once_and_referred_to_after_that(report):
    lost = made.variant({"learning_rate": 1e-3}, [60], never=["0"])
    fine = made.variant({"learning_rate": 1e-4}, [80])
    both = [
        made.experiment(key, "learning_rate", [lost, fine]) for key in ("learning_rate", "again")
    ]
    text, _ = report(made.evidence(*both, baseline=fine.name))
    n_referred = text.count("(details)")
    assert n_referred == 1


def test_seeds_that_would_decide_stand_in_one_table_with_the_command(report):
    text, _ = report(rates([80, 70, 60], [65, 79, 55]))
    assert text.count("--config 'experiments={learning_rate: {seeds: ") == 1
    assert "about how many seeds in all would decide" in text
    decided, _ = report(rates([80, 81, 82], [40, 41, 42]))
    assert "about how many seeds in all would decide" not in decided
