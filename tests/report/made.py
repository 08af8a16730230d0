"""Runs by hand: accuracies by seed and a few facts → evidence as real run files would give it.

Nothing is trained. What a test does not name is as unremarkable as can be.
"""

import json
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np

from nn import Hyperparameters
from report import labels
from report.facts.evidence import Evidence
from report.pages import render as rendering
from report.pages.answers import words
from report.pages.numbering import Numbers
from report.questions import ask, serving
from report.runs import Experiment, Run, Variant
from workflow.files import json_text

EPOCHS = 20
CLASSES = ["0", "1", "2", "3"]
SUMMARY = {
    "title": "hand-made digits",
    "classes": CLASSES,
    "train_counts": [260, 250, 250, 240],
    "test_counts": [26, 25, 25, 24],
    "image_shape": [2, 2],
    "pixels_agree": 85.0,
    "sha256": {},
}
FORMULA = re.compile(r'<img class="math[^>]*>')
STUCK = 26.0  # per cent: the share of class 0


class Diverged(int):
    """The epoch at which a seed diverged, in the place of its accuracy."""


def run(name, hyperparameters, seed, accuracy, **changed):
    """A run that ends at an accuracy (or `Diverged`), as run.json and its arrays would have it."""
    diverged = int(accuracy) if isinstance(accuracy, Diverged) else None
    length = diverged or EPOCHS
    train = STUCK if diverged else float(accuracy)
    measured = {
        "saturated": [0.1, 0.2, 0.1],
        "mean_gradient": [1.0, 2.0, 3.0],
        "mean_delta": [0.1, 0.2, 0.3],
        "mean_derivative": [0.2, 0.2, 0.2],
        "pre_activation_mean": [0.0, 0.0, 0.0],
        "pre_activation_std": [1.0, 1.0, 1.0],
        "pre_activation_spread": [0.5, 0.5, 0.5],
        "dead_units": [0, 0, 0],
        "silent_images": 0,
        "tied_images": 0,
        "tied_right": 0,
        "overflowing_images": 0,
    }
    facts = {
        "run": name,
        "seed": seed,
        "hyperparameters": hyperparameters,
        "diverged_at": diverged,
        "unchanged_since": None,
        "final_loss": None if diverged else 0.5,
        "train_accuracy": train,
        "test_accuracy": train - 1,
    }
    facts |= {key: changed.pop(key) for key in list(changed) if key in facts}
    rising = np.linspace(min(20.0, train), train, length)
    second_layer, second_layer_labels = layer(changed.pop("agreement", train))
    inside = {
        "initial_second_layer": second_layer,
        "second_layer": second_layer,
        "second_layer_labels": second_layer_labels,
        "last_confusion_train": confusion(train, changed.pop("never", ())),
        "last_max_activation_1": np.full(4, 2.0),
        "last_max_activation_2": np.full(4, 3.0),
        "last_min_activation_3": np.full(4, 0.0),
        "last_mean_activation_3": np.full(4, 0.25),
        "last_max_activation_3": np.full(4, 1.0),
    }
    made = Run(Path("nowhere"), facts)
    known = {
        "measured": {part: measured | changed.pop(part, {}) for part in ("initial", "last")},
        "history": {
            "epoch": np.arange(1, length + 1),
            "loss": np.linspace(3, 0.5, length),
            "train_accuracy": rising,
            "test_accuracy": rising - 1,
            "learning_rate": np.full(length, hyperparameters["learning_rate"]),
            **{f"update_w{i}": np.full(length, 1e-3) for i in (1, 2, 3)},
        }
        | changed.pop("history", {}),
        "inside": inside | changed.pop("inside", {}),
        "weights": {
            f"{part}W{i}": np.full((4, 4), (1 + i) * (1 + (not part) * train / 100))
            for part in ("", "initial_")
            for i in (1, 2, 3)
        }
        | changed.pop("weights", {}),
    }
    made.__dict__.update(known)
    assert not changed, f"unknown: {', '.join(changed)}"
    return made


def confusion(accuracy, never=()):
    """Training images by true and predicted class: one column at the share of class 0."""
    counts = np.array(SUMMARY["train_counts"])
    if accuracy == STUCK:
        predicted = np.zeros((4, 4), dtype=int)
        predicted[:, 0] = counts
        return predicted
    right = np.diag(np.rint(counts * accuracy / 100).astype(int))
    rest = counts - right.diagonal()
    spread = right + np.roll(np.diag(rest), 1, axis=1)
    for name in never:
        column = CLASSES.index(name)
        spread[:, (column + 1) % 4] += spread[:, column]
        spread[:, column] = 0
    return spread


def layer(agreement):
    """Activations in which that many per cent have mostly neighbours of their class, and labels.

    A hundred groups of six images, each in a place of its own: of one class, or of all.
    """
    n_agree = 0 if np.isnan(agreement) else round(agreement)
    labels = [[0] * 6] * n_agree + [[0, 1, 2, 3, 0, 1]] * (100 - n_agree)
    places = np.repeat(np.arange(100.0), 6)[:, np.newaxis]
    return places * (np.nan if np.isnan(agreement) else 1), np.concatenate(labels)


def variant(choices, accuracies, seeds=None, **changed):
    """A variant: choices over the assignment's network, an accuracy a seed."""
    hyperparameters = asdict(Hyperparameters(**({"epochs": EPOCHS} | choices)))
    hyperparameters["hidden_units"] = list(hyperparameters["hidden_units"])
    name = changed.pop("name", labels.run_label(hyperparameters))
    seeds = range(len(accuracies)) if seeds is None else seeds
    return Variant(
        tuple(
            run(name, hyperparameters, seed, accuracy, **changed)
            for seed, accuracy in zip(seeds, accuracies, strict=True)
        )
    )


def experiment(key, varied, variants, question="2.1", kind=None, called=None):
    """An experiment that shows these variants, and what each is called if not by its values."""
    varied = (varied,) if isinstance(varied, str) else tuple(varied)
    values = tuple({k: v.hyperparameters[k] for k in varied} for v in variants)
    return Experiment(
        key=key,
        kind=kind or ("sweep" if len(varied) == 1 else "grid"),
        question=question,
        title=labels.key_label(varied[0]).capitalize(),
        varied=varied,
        seeds=tuple(run.seed for run in variants[0].seeds),
        labels=called
        or tuple(", ".join(labels.value_label(k, value[k]) for k in varied) for value in values),
        values=values,
        variants=tuple(variants),
    )


def evidence(*experiments, key=None, extra=(), **changed):
    """Evidence that holds these experiments' variants, about the first of them."""
    variants = {v.name: v for e in experiments for v in e.variants} | {v.name: v for v in extra}
    return Evidence(
        **{
            "variants": variants,
            "experiments": {e.key: e for e in experiments},
            "summary": SUMMARY,
            "target": 90,
            "key": key or experiments[0].key,
        }
        | changed
    )


class NoPictures:
    """Stands in for the figures of a report: numbered, but nothing is drawn."""

    def __init__(self):
        self.numbers = Numbers("Figure")

    def show(self, path):
        number = self.numbers.take(path)
        return {"shown": "", "target": f"figures/{path}", "number": number, "numbers": ""}

    def put(self, path, name):
        return ""

    def table(self, path):
        return {"packed": "", "n_rows": 0, "every": 1}


def context(some):
    """What a section's template may use beside its facts."""
    return {
        "config": {"epochs": EPOCHS, "dataset": "digits", "hidden_units": [256, 128]},
        "summary": SUMMARY,
        "target": some.target,
        "whole": {"thresholds": asdict(some.thresholds)},
        "n_train": some.n_train,
        "n_test": some.n_test,
        "commonest_share": some.commonest_share,
        "n_weights": 1234,
        "overlay": "",
        "for_print": True,
    }


def variables(some):
    """What a template is given, of a report without pictures."""
    tools, _ = rendering._tools("", NoPictures())
    return context(some) | tools


def said(some, folder=None):
    """A question's whole section as a reader hears it, its answer and its facts.

    Facts go through JSON on the way, as in the pipeline.
    """
    facts = as_stored(ask(folder or serving(some), some))
    question, given = rendering.Question(facts), variables(some)
    shown = rendering.templates().get_template(question.template)
    text = shown.render(**given | {"f": facts, "s": question.standings})
    text = rendering.with_apostrophes(text)
    answer = words(rendering.say(given, question, "answer"))
    return words(FORMULA.sub("(a formula)", text)), answer, facts


def as_stored(facts):
    """Facts as a file gives them back."""
    return json.loads(json_text(facts))
