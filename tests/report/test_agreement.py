"""A run that was made again has the same bits, or is explained by rounding and seeds, or drifted."""

import json

import pytest
import yaml

from report import verification
from report.agreement import DRIFTED, EXPLAINED, SAME_BITS, SAME_NUMBERS, UNDECIDED, agreements
from report.results import ORIGINS, SUMS, opened

PORTABLE = {
    "arithmetic": "portable",
    "numpy": "2.4.6",
    "blas": {"name": "openblas", "version": "0.3.31", "architecture": "Haswell"},
    "processor": "one",
    "source": {"commit": "abc", "changed": False},
}
OTHER_KERNEL = PORTABLE | {
    "blas": PORTABLE["blas"] | {"architecture": "SkylakeX"},
    "processor": "another",
}
NATIVE = PORTABLE | {"arithmetic": "native"}
OTHER_NUMPY = PORTABLE | {"numpy": "2.5.0"}
FILES = ("history.csv", "weights.npz", "inside.npz", "inside.json", "run.json")
COLUMNS = ("run", "seed", "learning_rate", "diverged_at", "train_accuracy", "test_accuracy")


@pytest.fixture
def results(tmp_path):
    """A function: name, {run: [accuracy of each seed, None: diverged]}, what made them → results of one question."""

    def make(name, runs, origin=PORTABLE, answer="a is best", outcome="best", asked=True):
        folder = tmp_path / name
        lines = [",".join(COLUMNS)]
        for run, accuracies in runs.items():
            for seed, accuracy in enumerate(accuracies):
                diverged, shown = (7, 10.0) if accuracy is None else ("", accuracy)
                lines.append(f"{run},{seed},0.1,{diverged},{shown},{shown}")
                place = folder / "runs" / run / f"seed{seed}"
                place.mkdir(parents=True)
                for file in FILES:
                    (place / file).write_text(f"{file} of {run} {seed}: {accuracy}")
                (place / "origin.json").write_text(json.dumps(origin))
        (folder / "runs.csv").write_text("\n".join(lines) + "\n")
        (folder / "data").mkdir()
        (folder / "data" / "dataset.npz").write_text("images")
        (folder / "config.yaml").write_text(yaml.safe_dump({"experiments": {"q": {}}}))
        (folder / "machine.json").write_text("{}")
        record = {
            "key": "q",
            "question": "1",
            "title": "Which",
            "outcome": outcome,
            "claim": [],
            "answer": answer,
            "variants": {
                run: {"by_seed": [{"seed": k, "train": a} for k, a in enumerate(accuracies)]}
                for run, accuracies in runs.items()
            },
        }
        (folder / "answers.json").write_text(json.dumps([record] if asked else []))
        return opened(folder)

    return make


def verdicts(here, there):
    return {(run.run, run.seed): run.verdict for run in agreements(here, there)}


RUNS = {"a": [90.0, 91.0, 92.0], "b": [50.0, 70.0, 60.0], "c": [50.0, 50.0, 53.0]}


def test_the_same_files_and_row_are_the_same_bits_whoever_made_them(results):
    here, there = results("here", RUNS, OTHER_KERNEL), results("there", RUNS, NATIVE)
    assert set(verdicts(here, there).values()) == {SAME_BITS}


@pytest.mark.parametrize("file", FILES)
def test_one_bit_of_one_file_is_drift(results, file):
    here, there = results("here", RUNS, OTHER_KERNEL), results("there", RUNS)
    path = here.folder / "runs" / "a" / "seed1" / file
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    (drifted,) = [run for run in agreements(here, there) if run.verdict != SAME_BITS]
    assert (drifted.run, drifted.seed, drifted.verdict) == ("a", 1, DRIFTED)
    assert (drifted.files, drifted.points) == ((file,), 0.0)
    assert ("processor", "another", "one") in drifted.origins


def test_a_file_that_is_gone_is_drift(results):
    here, there = results("here", RUNS), results("there", RUNS)
    (here.folder / "runs" / "a" / "seed1" / "weights.npz").unlink()
    assert verdicts(here, there)["a", 1] == DRIFTED


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("a,1,0.1,,91.0", "a,1,0.1,,91.5", "train_accuracy"), ("a,1,0.1", "a,1,0.2", "learning_rate")],
    ids=["a cell", "a hyperparameter"],
)
@pytest.mark.parametrize("origin", [PORTABLE, NATIVE], ids=["portable", "native"])
def test_an_edited_cell_of_the_table_is_drift_however_sums_are_rounded(
    results, old, new, column, origin
):
    here, there = results("here", RUNS, origin), results("there", RUNS)
    table = here.folder / "runs.csv"
    table.write_text(table.read_text().replace(old, new))
    (drifted,) = [run for run in agreements(here, there) if run.verdict != SAME_BITS]
    assert (drifted.run, drifted.seed, drifted.verdict) == ("a", 1, DRIFTED)
    assert [name for name, _, _ in drifted.columns] == [column]
    assert bool(drifted.settings) == (column == "learning_rate")


@pytest.mark.parametrize("origin", [NATIVE, OTHER_NUMPY], ids=["native", "another numpy"])
@pytest.mark.parametrize(
    ("again", "verdict"),
    [
        ({"c": [51.5, 50.0, 53.0]}, EXPLAINED),  # as another of its seeds
        ({"b": [65.0, 70.0, 60.0]}, UNDECIDED),  # whose seeds may end anywhere
        (
            {"a": [90.0, 91.3, 92.0]},
            EXPLAINED,
        ),  # no further than what is the same for every purpose
        ({"a": [90.0, 20.0, 92.0]}, DRIFTED),
        ({"a": [90.0, None, 92.0]}, DRIFTED),
    ],
)
def test_where_sums_are_rounded_otherwise_the_seeds_judge(results, origin, again, verdict):
    here, there = results("here", RUNS | again, origin), results("there", RUNS)
    (judged,) = [run for run in agreements(here, there) if run.verdict != SAME_BITS]
    assert judged.verdict == verdict
    assert judged.reach is None or judged.reach >= 0.5


@pytest.mark.parametrize("again", [{"a": [90.0, 91.01, 92.0]}, {"b": [65.0, 70.0, 60.0]}])
def test_where_sums_are_rounded_alike_nothing_explains_other_bits(results, again):
    here, there = results("here", RUNS | again, OTHER_KERNEL), results("there", RUNS)
    assert DRIFTED in verdicts(here, there).values()


def test_a_run_may_diverge_where_another_of_its_seeds_does(results):
    there = results("there", {"a": [90.0, None, 92.0]})
    here = results("here", {"a": [None, 91.0, 92.0]}, NATIVE)
    assert verdicts(here, there) == {
        ("a", 0): EXPLAINED, ("a", 1): EXPLAINED, ("a", 2): SAME_BITS,
    }  # fmt: skip


def test_one_seed_cannot_judge(results):
    here, there = results("here", {"a": [80.0]}, NATIVE), results("there", {"a": [90.0]})
    assert verdicts(here, there) == {("a", 0): UNDECIDED}


@pytest.mark.parametrize("origin", [NATIVE, {}, {"blas": None}, [1], "mine"], ids=str)
def test_no_rounding_explains_what_follows_from_what_is_the_same(results, origin):
    """Whoever changes a run may write anything into its origin.json, or take it away."""
    here, there = results("here", RUNS, origin), results("there", RUNS)
    (here.folder / "runs" / "a" / "seed1" / "weights.npz").write_text("other weights, same history")
    assert verdicts(here, there)["a", 1] == DRIFTED


def test_what_is_inside_may_be_rounded_otherwise_where_training_is_the_same(results):
    """Of a run that never learns, history and weights are the same however products are rounded."""
    here, there = results("here", RUNS, NATIVE), results("there", RUNS)
    for file in ("inside.npz", "inside.json"):
        (here.folder / "runs" / "a" / "seed1" / file).write_text("rounded otherwise")
    assert verdicts(here, there)["a", 1] == EXPLAINED


def test_another_test_accuracy_is_judged_as_another_training_accuracy(results):
    here, there = results("here", RUNS, NATIVE), results("there", RUNS)
    (there.folder / "runs").rename(there.folder / "gone")
    table = here.folder / "runs.csv"
    table.write_text(table.read_text().replace("a,1,0.1,,91.0,91.0", "a,1,0.1,,91.0,99.9"))
    assert verdicts(opened(here.folder), opened(there.folder))["a", 1] == DRIFTED


def test_the_same_bits_are_those_of_all_files(results):
    here, there = results("here", RUNS), results("there", RUNS)
    (there.folder / "runs" / "a" / "seed1" / "weights.npz").unlink()
    assert verdicts(here, there)["a", 1] == SAME_NUMBERS


def test_where_nobody_wrote_down_how_sums_were_rounded_seeds_judge(results):
    here, there = (
        results("here", {"a": [90.01, 91.0, 92.0]}),
        results("there", {"a": RUNS["a"]}, {}),
    )
    assert verdicts(here, there)["a", 0] == EXPLAINED


def test_many_runs_are_judged_together(results):
    """Of runs that are another draw from the same, few enough are called drifted."""
    import numpy as np

    generator = np.random.default_rng(0)
    wrongly = 0
    for table in range(40):
        draws = lambda: {f"v{i}": generator.normal(50, 10, 3).tolist() for i in range(12)}  # noqa: E731
        first = draws()
        again = {name: generator.normal(50, 10, 3).tolist() for name in first}
        here = results(f"here{table}", again, NATIVE)
        there = results(f"there{table}", first)
        wrongly += DRIFTED in verdicts(here, there).values()
    assert wrongly <= 6  # 2 are expected of 40; more than 6 in one of 200 times


def test_sums_stand_for_files_that_are_not_there(results):
    here, there = results("here", RUNS), results("there", RUNS)
    sums, origins = [], []
    for path in sorted((there.folder / "runs").rglob("*")):
        relative = path.relative_to(there.folder)
        if path.name in FILES:
            sums.append(f"{there.sums(*_run(relative))[path.name]}  {relative}\n")
    origins = [PORTABLE | {"runs": [f"{run}/seed{k}" for run in RUNS for k in range(3)]}]
    (there.folder / SUMS).write_text("".join(sums))
    (there.folder / ORIGINS).write_text(json.dumps(origins))
    (there.folder / "runs").rename(there.folder / "gone")
    again = opened(there.folder)
    assert set(verdicts(here, again).values()) == {SAME_BITS}
    assert again.origin("a", 0)["numpy"] == "2.4.6"
    (there.folder / SUMS).unlink()
    assert set(verdicts(here, opened(there.folder)).values()) == {SAME_NUMBERS}


def _run(relative):
    _, run, seed, _ = relative.parts
    return run, int(seed.removeprefix("seed"))


def test_a_verification_names_what_drifted(results):
    here, there = results("here", RUNS), results("there", RUNS)
    found = verification.verify(here, there)
    assert (found["outcome"], verification.is_fault(found)) == (SAME_BITS, False)
    assert verification.line(found) == (
        "of 9 published runs 9 here: 9 same bits; of 1 answers 1 the same, 0 with another outcome"
    )
    (here.folder / "runs" / "b" / "seed2" / "weights.npz").write_text("other")
    found = verification.verify(here, there)
    assert (found["outcome"], verification.is_fault(found)) == (DRIFTED, True)
    assert "drifted: b/seed2 (+0.00 points, weights.npz)" in verification.line(found)


def test_fewer_seeds_are_no_drift(results):
    here = results("here", {run: accuracies[:1] for run, accuracies in RUNS.items()}, answer="?")
    found = verification.verify(here, results("there", RUNS))
    assert (found["outcome"], found["n_not_made"]) == (SAME_BITS, 6)
    assert found["answers"][0]["changed"]["why"] == ["seeds"]


def test_a_variant_that_a_question_lacks_is_drift_and_a_question_that_is_not_asked_is_none(results):
    there = results("there", RUNS)
    found = verification.verify(
        results("here", {"a": RUNS["a"], "c": RUNS["c"], "d": [1.0]}), there
    )
    assert (found["outcome"], found["missing"], found["n_unpublished"]) == (DRIFTED, ["b"], 1)
    assert "b (not here)" in verification.line(found)
    found = verification.verify(results("less", {"a": RUNS["a"]}, asked=False), there)
    assert (found["outcome"], found["missing"]) == (SAME_BITS, [])


def test_other_data_is_drift(results):
    here, there = results("here", RUNS), results("there", RUNS)
    (here.folder / "data" / "dataset.npz").write_text("other images")
    assert verification.verify(here, there)["outcome"] == DRIFTED


def test_results_that_share_no_run_verify_nothing(results):
    found = verification.verify(results("here", {"d": [1.0]}), results("there", RUNS))
    assert verification.is_fault(found)
    assert verification.line(found).startswith("found no run that ")


def test_an_answer_that_was_edited_is_drift(results):
    here, there = results("here", RUNS, answer="b is best"), results("there", RUNS)
    found = verification.verify(here, there)
    assert (found["outcome"], found["edited"]) == (DRIFTED, ["q"])
    assert "the answer q (another for the same numbers)" in verification.line(found)
