"""The forecast tells what is missing, measured here and now."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from nn import Hyperparameters
from workflow.demand import DIGITS
from workflow.session import forecast as forecasts
from workflow.session.forecast import ForecastError, forecast


def test_the_forecast_is_measured_as_jobs_run_one_thread_each(monkeypatch):
    measured, threads = forecasts.descend, set()

    def descend(*arguments):
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
        threads.update(pool["num_threads"] for pool in pools)
        return measured(*arguments)

    monkeypatch.setattr(forecasts, "descend", descend)
    missing = [Hyperparameters(epochs=10)] * 3
    with threadpool_limits(2, "blas"):
        line = forecast(missing, 2, DIGITS)
    assert line.startswith("Training: 3 missing, about ")
    assert threads == {1}


def test_every_training_counts_with_its_own_epochs(monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    missing = [Hyperparameters(epochs=10), Hyperparameters(epochs=70)]
    told = forecast(missing, 1, DIGITS)
    assert told == "Training: 2 missing, about 86 seconds with 1 core(s)."
    assert forecast([], 1, DIGITS) == "Training: nothing is missing."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "2 seconds"), (89, "89 seconds"), (600, "10 minutes"), (9000, "2.5 hours"),
        (259_200, "3.0 days"), (3.2e9, "101 years"),
    ],
)  # fmt: skip
def test_a_time_is_told_in_the_unit_that_fits(seconds, said):
    assert forecasts._duration(seconds) == said


def test_a_network_beyond_memory_is_refused_before_it_starts(monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    missing = [Hyperparameters(hidden_units=(200_000, 200_000))]
    with pytest.raises(ForecastError, match=r"found \[200000, 200000\], which need about 1,2"):
        forecast(missing, 1, DIGITS)
