"""The text follows from the runs: other configurations, other sentences, and none that is empty."""

import copy
import html
import json
import re
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import yaml
from workflow.experiments import numbers, plan

from report import render as rendering
from workflow.scripts import describe, embed, pocket, prepare, train

CONFIG = yaml.safe_load((Path(__file__).parents[2] / "config" / "config.yaml").read_text())

BLANK = {"shown": "", "target": "figure.svg"}


def call(script, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["script", *map(str, arguments)])
    script.main()


@pytest.fixture
def report(tmp_path, monkeypatch):
    """A function: experiments → the report's text, from real runs of a few epochs, no pictures."""
    results = tmp_path / "results" / "digits"
    monkeypatch.setattr(
        rendering.Pictures, "show", lambda self, path: BLANK | {"number": self.numbers.take(path)}
    )
    monkeypatch.setattr(rendering.typeset, "font_faces", lambda _: "")
    monkeypatch.setattr(embed, "lay_out", lambda activations: np.zeros((len(activations), 2)))

    def text(experiments, seeds=(0,), epochs=1):
        config = numbers(copy.deepcopy(CONFIG))
        config |= {"dataset": "digits", "epochs": epochs, "seeds": list(seeds)}
        config["experiments"] = numbers(experiments)
        planned = plan(config)
        data = results / "data"
        stored = ("--dataset", data / "dataset.npz")
        told = ("--summary", data / "summary.json")
        call(prepare, monkeypatch, *stored)
        call(describe, monkeypatch, *stored, *told, "--title", "digits")
        for name, choices in planned.runs.items():
            for seed in seeds:
                call(
                    train, monkeypatch, *stored, "--name", name,
                    "--choices", json.dumps(asdict(choices)), "--seed", seed,
                    "--folder", results / "runs" / name / f"seed{seed}",
                )  # fmt: skip
            first = results / "runs" / name / f"seed{seeds[0]}"
            call(
                embed, monkeypatch, "--inside", first / "inside.npz",
                "--embedding", first / "embedding.npz",
            )  # fmt: skip
        (results / "experiments").mkdir()
        for key, experiment in planned.experiments.items():
            facts = json.dumps(asdict(experiment))
            (results / "experiments" / f"{key}.json").write_text(facts)
        (results / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False))
        runs = sorted(results.glob("runs/*/*/run.json"))
        call(
            pocket, monkeypatch, *stored, *told, "--runs", *runs,
            "--drawing", "null", "--pocket", results / "pocket.json",
        )  # fmt: skip
        context = rendering.collect(results, results / "config.yaml", runs, planned.baseline)
        context |= {"stands_in_for": "", "overlay": "", "commit": "no commit"}
        return words(rendering.render(context, for_print=False))

    return text


def words(page):
    """What a reader would hear: the text, and every picture's alternative in its place."""
    page = page[page.index("<body>") : page.index('id="provenance"')]
    page = re.sub(r'<img[^>]* alt="([^"]*)"[^>]*>', r"\1", page)
    return " ".join(html.unescape(re.sub("<[^>]+>", "", page)).replace("\xa0", " ").split())


def cut(some):
    """The experiments of the assignment with only some values of each sweep."""
    return {
        key: block | {"vary": {varied: values[some] for varied, values in block["vary"].items()}}
        for key, block in CONFIG["experiments"].items()
    }


FIRST, LAST, FIRST_TWO = slice(1), slice(-1, None), slice(2)
NEVER = (
    "Undefined",
    "None %",
    " nan",
    "not a number",
    "()",
    " ,",
    "; .",
    ": .",
    "1 runs",
    "0 other",
)


@pytest.mark.parametrize(
    ("some", "seeds"),
    [(FIRST, [0]), (LAST, [0]), (FIRST_TWO, [0, 1])],
    ids=["first value", "last value", "first two values, two seeds"],
)
def test_every_sentence_is_whole_whatever_a_sweep_holds(report, some, seeds):
    text = report(cut(some), seeds)
    for wrong in (*NEVER, "<span", "&nbsp;"):
        assert wrong not in text, text[max(0, text.find(wrong) - 120) :][:240]
    if some != FIRST_TWO:
        assert "trains best" not in text
        assert "ends lowest" not in text


def test_where_nothing_learns_nothing_is_called_best(report):
    text = report({"learning_rate": {"vary": {"learning_rate": [10.0, 100.0]}}}, epochs=5)
    assert "None of the 2 learns: each ends up predicting one class" in text
    assert "Since epoch 2 its updates are too small to change any weight in float32" in text
    assert "unchanged since epoch 2" in text
    assert "trains best" not in text


def test_what_learns_is_called_best_and_its_rival_by_name(report):
    rates = {"set": {"activation": "relu", "initializer": "lecun_normal"}}
    text = report({"rates": rates | {"vary": {"learning_rate": [1e-5, 1e-9]}}}, epochs=30)
    assert "lr 1e−5 trains best" in text
    assert "lr 1e−9 ends lowest" in text


def test_one_seed_says_that_it_is_one_and_two_show_their_spread(report, tmp_path):
    slopes = {"slope": {"vary": {"slope": [0.5, 1]}}}
    one = report(slopes)
    assert "one seed each: how much of a difference is chance, this report cannot say" in one
    assert "These runs have one seed, 0." in one
    shutil.rmtree(tmp_path / "results")
    two = report(slopes, seeds=[0, 1])
    assert "2 seeds each; in brackets the lowest and the highest seed" in two
    assert re.search(r"variants with true labels, \S+ (has|have) seeds that end more than 5", two)
