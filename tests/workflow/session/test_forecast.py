"""The forecast tells what is missing, measured here and now."""

import logging

import pytest
from snakemake_interface_logger_plugins.common import LogEvent
from threadpoolctl import threadpool_info, threadpool_limits

from nn import Hyperparameters
from workflow.demand import DIGITS
from workflow.session import forecast as forecasts
from workflow.session.forecast import ForecastError, forecast
from workflow.session.remaining import Remaining


def test_the_forecast_is_measured_as_jobs_run_one_thread_each(monkeypatch):
    measured, threads = forecasts.descend, set()

    def descend(*arguments):
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
        threads.update(pool["num_threads"] for pool in pools)
        return measured(*arguments)

    monkeypatch.setattr(forecasts, "descend", descend)
    missing = dict.fromkeys(range(3), Hyperparameters(epochs=10))
    with threadpool_limits(2, "blas"):
        line, _ = forecast(missing, {}, 2, DIGITS)
    assert line.startswith("Training: 3 missing, about ")
    assert threads == {1}


def test_every_training_counts_with_its_own_epochs(monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    missing = {1: Hyperparameters(epochs=10), 2: Hyperparameters(epochs=70)}
    told, expected = forecast(missing, {}, 1, DIGITS)
    assert told == "Training: 2 missing, about 83 seconds with 1 core(s)."
    assert expected == {1: 11.5, 2: 71.5}


def test_what_is_done_besides_counts_too(monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    others = {2: "facts", 3: "run_figure"}
    told, expected = forecast({1: Hyperparameters(epochs=10)}, others, 1, DIGITS)
    assert told.endswith(
        "about 12 seconds with 1 core(s); with all that comes before and after, about 18 seconds."
    )
    assert expected == {1: 11.5, 2: 6, 3: 0.5}
    assert forecast({}, others, 1, DIGITS) == ("Training: nothing is missing.", {2: 6, 3: 0.5})


def finished(number):
    record = logging.makeLogRecord({})
    record.event, record.job_id = LogEvent.JOB_FINISHED, number
    return record


def test_a_line_a_minute_says_what_is_left_at_the_pace_of_what_is_done(capsys):
    now = [0]
    remaining = Remaining({1: 40, 2: 40, 3: 80}, 1, clock=lambda: now[0])
    now[0] = 30
    assert remaining.filter(finished(9))
    assert capsys.readouterr().err == ""
    now[0] = 80  # twice what was expected
    assert remaining.filter(finished(1))
    assert capsys.readouterr().err == "About 4 minutes left: 1 of 3 jobs are done.\n"
    now[0] = 100
    remaining.filter(finished(2))
    assert capsys.readouterr().err == ""
    now[0] = 300
    remaining.filter(finished(3))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "2 seconds"), (89, "89 seconds"), (600, "10 minutes"), (9000, "2.5 hours"),
        (259_200, "3.0 days"), (3.2e9, "101 years"),
    ],
)  # fmt: skip
def test_a_time_is_told_in_the_unit_that_fits(seconds, said):
    assert forecasts.duration(seconds) == said


def test_a_network_beyond_memory_is_refused_before_it_starts(monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    missing = [Hyperparameters(hidden_units=(200_000, 200_000))]
    with pytest.raises(ForecastError, match=r"found \[200000, 200000\], which need about 1,2"):
        forecast(dict(enumerate(missing)), {}, 1, DIGITS)
