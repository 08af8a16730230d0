"""What made each result is recorded beside the results, wherever these go."""

import base64

import pytest

from workflow.session.provenance import (
    drop_damaged_records,
    keep_provenance_with_results,
    recorded,
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_records_are_written_into_the_results(folder):
    for _ in range(2):
        keep_provenance_with_results()
    (folder / ".snakemake/metadata/record").write_text("made")
    assert (folder / "results/.provenance/record").read_text() == "made"


def test_records_of_earlier_calls_are_taken_along(folder):
    (folder / ".snakemake/metadata").mkdir(parents=True)
    (folder / ".snakemake/metadata/record").write_text("made")
    keep_provenance_with_results()
    assert (folder / "results/.provenance/record").read_text() == "made"
    assert (folder / ".snakemake/metadata/record").read_text() == "made"


def test_where_the_folder_moved_the_link_is_made_anew(folder):
    (folder / ".snakemake").mkdir()
    (folder / ".snakemake/metadata").symlink_to("nowhere")
    keep_provenance_with_results()
    assert (folder / ".snakemake/metadata").is_dir()


def test_a_record_that_is_none_is_dropped(folder):
    keep_provenance_with_results()
    kept = folder / "results" / ".provenance"
    whole = '{"rule": "train", "input": [], "params": []}'
    for name, content in {
        "results/a.json": "", "results/b.json": "[]", "results/c.json": '{"params": 7}',
        "results/d.json": whole,
        "results/e.json": '{"rule": "train"}',
    }.items():  # fmt: skip
        (kept / base64.urlsafe_b64encode(name.encode()).decode()).write_text(content)
    (kept / "no name").write_text(whole)
    drop_damaged_records()
    assert len(list(kept.iterdir())) == 2
    assert set(recorded()) == {"results/d.json", ""}
