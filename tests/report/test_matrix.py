"""Many results beside these: who has the same bytes, who is within seeds, whose answers turn over."""

import json

import pytest

from report.pages import typeset
from report.pages.matrix import matrix, render, short_names
from tests.report.test_agreement import RUNS, results

__all__ = ["results"]


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch):
    monkeypatch.setattr(typeset, "font_faces", lambda _: "")


def cells(found, name):
    return {cell_name: [cell.verdict for cell in cells] for cell_name, cells in found[name]}


def test_each_of_the_others_is_a_column(results):
    here = results("here", RUNS)
    others = [
        results("alice", RUNS),
        results(
            "bob",
            {"a": [95.0, 96.2, 97.1], "b": [51.0, 69.0, 61.0], "c": RUNS["c"]},
            answer="b is best",
        ),
        results("carol", {"b": RUNS["b"], "d": [1.0]}, outcome="none", answer="none is"),
        results("dan", {"a": RUNS["a"][:1]}, asked=False),
    ]
    found = matrix(here, others)
    assert found["names"] == ["alice", "bob", "carol", "dan"]
    assert cells(found, "answers") == {
        "1 Which": ["same", "other numbers or words", "another outcome", "–"]
    }
    assert cells(found, "variants") == {
        "a": ["same bytes", "different", "–", "same bytes"],
        "b": ["same bytes", "within seeds", "same bytes", "–"],
        "c": ["same bytes", "same bytes", "–", "–"],
        "d": ["–", "–", "only there", "–"],
    }
    assert found["variants"][0][1][-1].said == "1 of 3 seeds"
    page = render(here, others)
    assert "none is" in page and "4 results beside these" in page


def test_other_settings_under_the_same_name_are_told(results):
    here, there = results("here", RUNS), results("there", RUNS)
    table = there.folder / "runs.csv"
    table.write_text(table.read_text().replace("a,0,0.1", "a,0,0.2"))
    (_, (cell,)), *_ = matrix(here, [there])["variants"]
    assert (cell.verdict, cell.said) == ("other settings", "learning_rate")


def test_what_a_student_wrote_is_text_and_no_page(results):
    here, there = results("here", RUNS), results("there", RUNS, answer="<script>alert(1)</script>")
    (there.folder / "runs" / "a" / "seed0" / "origin.json").write_text(
        json.dumps({"processor": "<b>mine</b>"})
    )
    page = render(here, [there, there])
    assert "<script>alert" not in page and "<b>mine" not in page


def test_names_are_what_tells_paths_apart():
    assert short_names(["class/alice/results/mnist", "class/bob/results/mnist"]) == ["alice", "bob"]
    assert short_names(["a.zip", "b.zip"]) == ["a.zip", "b.zip"]
    assert short_names(["x/mnist", "x/mnist"]) == ["x/mnist", "x/mnist"]


def test_other_bytes_behind_the_same_accuracies_are_told(results):
    here, there = results("here", RUNS), results("there", RUNS)
    (there.folder / "runs" / "a" / "seed0" / "weights.npz").write_text("other")
    (_, (cell,)), *_ = matrix(here, [there])["variants"]
    assert cell.verdict == "other bytes"
