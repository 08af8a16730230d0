"""The forecast tells what is missing, measured here and now."""

from threadpoolctl import threadpool_info, threadpool_limits

from nn import Hyperparameters
from workflow.session import forecast as forecasts
from workflow.session.forecast import forecast


def test_the_forecast_is_measured_as_jobs_run_one_thread_each(tmp_path, monkeypatch):
    measured, threads = forecasts.descend, set()

    def descend(*arguments):
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
        threads.update(pool["num_threads"] for pool in pools)
        return measured(*arguments)

    monkeypatch.setattr(forecasts, "descend", descend)
    missing = [Hyperparameters(epochs=10)] * 3
    with threadpool_limits(2, "blas"):
        line = forecast(missing, 2, tmp_path / "no summary yet", bundled=True)
    assert line.startswith("Training: 3 missing, about ")
    assert threads == {1}


def test_every_training_counts_with_its_own_epochs(tmp_path, monkeypatch):
    monkeypatch.setattr(forecasts, "_seconds_per_epoch", lambda *_: 1)
    missing = [Hyperparameters(epochs=10), Hyperparameters(epochs=70)]
    told = forecast(missing, 1, tmp_path / "no summary yet", bundled=True)
    assert told == "Training: 2 missing, about 86 seconds with 1 core(s)."
    assert forecast([], 1, tmp_path, bundled=True) == "Training: nothing is missing."
