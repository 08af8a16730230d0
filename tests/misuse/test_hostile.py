"""What SECURITY.md says is defended: texts of a user are texts, wherever they come to stand."""

import ast
import html
import re
from dataclasses import replace
from pathlib import Path

import jinja2
import numpy as np
import pytest

from report.pages import render
from tests.report import made
from workflow.datasets import read_dataset

ROOT = Path(__file__).parents[2]
SOURCES = [
    path for folder in ("nn", "report", "workflow") for path in ROOT.glob(f"{folder}/**/*.py")
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><link rel=attachment href="file:///etc/passwd">',
    "{{ 7 * 7 }}{% raw %}",
    "$(touch pwned) `id` ' \" \\",
]


def calls(path):
    """(what is called, the call) of every call in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def argument(call, name):
    return next((ast.unparse(k.value) for k in call.keywords if k.arg == name), None)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_that_is_read_is_run(path):
    for called, call in calls(path):
        assert called not in {"eval", "exec", "pickle.load", "pickle.loads", "os.system"}
        assert argument(call, "shell") != "True"
        if called == "np.load":
            assert argument(call, "allow_pickle") == "False"
        if called == "yaml.load":
            assert [ast.unparse(a) for a in call.args[1:]] == ["_KeysOnce"], "PyYAML's safe loader"


# Parameters of rules that hold what a user may write.
FREE = (
    "choices",
    "experiment",
    "configuration",
    "title",
    "classes",
    "drawing",
    "asked_for",
    "there",
)


@pytest.mark.parametrize("path", sorted(ROOT.glob("workflow/rules/*.smk")), ids=lambda p: p.stem)
def test_texts_of_a_user_are_quoted_in_commands(path):
    for command in re.findall(r"    shell:\n((?: {8}.*\n)+)", path.read_text()):
        for name, quoted in re.findall(r"\{+params\.(\w+)(:q)?\}+", command):
            assert quoted or name not in {*FREE, "overlay"}, f"{name} in {command}"
        assert "SOURCE" not in command and "MIRRORS" not in command


def test_braces_in_texts_of_a_user_are_no_wildcards():
    """Snakemake looks for wildcards in a parameter that is a text, not in what a function returns."""
    rules = "".join(path.read_text() for path in ROOT.glob("workflow/rules/*.smk"))
    params = "".join(re.findall(r"^    params:\n((?: {8}.*\n)+)", rules, re.MULTILINE))
    for name in FREE:
        given = re.findall(rf"^ {{8}}{name}=(.+)$", params, re.MULTILINE)
        assert given and all(value.startswith("lambda wildcards:") for value in given), name


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_a_user_are_shown_as_they_are(text):
    variants = [made.variant({"slope": k}, [80 + k, 81 + k]) for k in (1, 2, 3)]
    asked = made.experiment("mine", "slope", variants)
    asked = replace(asked, title=text, question=text, labels=(text, f"{text}2", f"{text}3"))
    some = made.evidence(asked)
    some = replace(some, summary=some.summary | {"title": text})
    facts = made.as_stored(made.ask("general", some))
    shown = render.templates().get_template("general/section.html.j2")
    question = render.Question(facts)
    page = shown.render(**made.variables(some) | {"f": facts, "s": question.standings})
    assert not re.search("<script|<img src=x|<link", page)
    assert text in html.unescape(page)


def test_a_template_that_names_what_is_not_there_fails():
    with pytest.raises(jinja2.UndefinedError):
        render.templates().from_string("{{ nothing }}").render()


def test_arrays_with_objects_in_them_are_not_unpacked(tmp_path):
    np.savez(tmp_path / "dataset.npz", train_images=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        read_dataset(tmp_path / "dataset.npz")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_say_of_their_results_is_text(text):
    """On the page that holds them against these, and on their certificate."""
    run = {
        "run": text, "seed": 0, "verdict": "drifted", "said": "contradicted", "points": 1.0, "files": [text],
        "columns": [[text, text, text]], "origins": [["processor", text, text]], "reach": None, "here": {"train": 1.0, "test": 1.0}, "there": {"train": None},
        "made": {"date": "", "processor": text, "numpy": "", "arithmetic": "", "blas": {"name": text, "version": "", "architecture": ""}},
    }  # fmt: skip
    changed = {"outcome": True, "there": text, "here": text, "why": []}
    verification = {
        "here": text, "published": text, "sources": [text], "outcome": "drifted", "runs": [run], "data": [text],
        "n": {"drifted": 1}, "missing": [text], "n_published": 1, "n_unpublished": 0, "n_turned": 1,
        "n_unasked": 0, "edited": [text],
        "answers": [{"heading": text, "changed": changed}], "configuration": [[text, text, text]],
    }  # fmt: skip
    certificate = {
        "there": text, "dataset": text, "tables": {text: text}, "draw": 1, "outcome": "drifted", "runs": [run],
        "answers": {text: [text]}, "untrusted": [text], "same_data": True, "data_known": True, "answers_rest_on_table": True, "n_claimed": 1, "n_left_out": 0,
        "n_false": 1, "missed": 0.0,
    }  # fmt: skip
    for template, context in (
        ("verification.html.j2", {"v": verification}),
        ("certificate.html.j2", {"c": certificate, "source": None}),
    ):
        shown = (
            render.templates()
            .get_template(template)
            .render(**context, css="", table_number=lambda _: 1)
        )
        assert html.escape(text, quote=False).replace("'", "&#39;").replace('"', "&#34;") in shown
        for raw in ("<script", "<img", "<link"):
            assert raw not in shown.partition("</head>")[2]
