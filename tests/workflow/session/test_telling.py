"""What ends a call is told once, and what was not made is not said to be there."""

import sys
from types import SimpleNamespace

import pytest
import snakemake.api
import snakemake.cli
from snakemake.exceptions import InputFunctionException, MissingRuleException

from workflow.configuration.plan import Named
from workflow.configuration.schema import ConfigurationError
from workflow.session import telling
from workflow.session.telling import Told


@pytest.fixture
def told():
    said = Told()
    said.made = lambda: ["results/digits/report.pdf"]
    return said


def test_a_call_ends_with_what_it_has_made(told, capsys):
    told.say()
    assert capsys.readouterr().err == "results/digits/report.pdf\n"


def test_a_call_that_was_interrupted_before_its_first_job_has_made_nothing(
    told, capsys, monkeypatch
):
    # As Python keeps what ended it, which has been told by then.
    monkeypatch.setattr(sys, "last_value", KeyboardInterrupt(), raising=False)
    told.say()
    assert capsys.readouterr().err == ""


def test_what_a_function_of_ours_says_is_told_without_snakemakes_words_around_it():
    rule = SimpleNamespace(
        name="train", lineno=1, snakefile="Snakefile", workflow=SimpleNamespace(linemaps={})
    )
    with pytest.raises(InputFunctionException) as raised:
        try:
            Named(base=1)["bse"]
        except ConfigurationError as error:
            raise InputFunctionException(error, wildcards={"variant": "bse"}, rule=rule) from None
    told = telling._of_snakemake(raised.value)
    assert told == (
        "bse: found no variant of that name, expected one that the configuration asks for; did you mean 'base'?"
    )


def test_a_file_of_what_could_not_be_had_is_told_where_its_twin_is(capsys, monkeypatch):
    # All that it changes for the rest of a process.
    for module in (snakemake.api, snakemake.cli, telling.job_scheduler):
        monkeypatch.setattr(module, "print_exception", module.print_exception)
    monkeypatch.setattr(telling.logging, "raiseExceptions", True)
    monkeypatch.setattr(telling.signal, "signal", lambda *_: None)
    monkeypatch.setattr(telling.atexit, "register", lambda _: None)
    monkeypatch.setattr(telling, "_of_snakemake", lambda _: "results/mnist/runs.csv: found no rule")
    said = telling.tell_failures_last()
    said.instead["results/mnist"] = "results/digits"
    snakemake.cli.print_exception(MissingRuleException.__new__(MissingRuleException))
    said.say()
    assert capsys.readouterr().err.startswith(
        "results/mnist/runs.csv: found no rule; results/digits stands in for results/mnist"
    )
