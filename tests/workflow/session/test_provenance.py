"""What made each result is recorded beside the results, wherever these go."""

import pytest

from workflow.session.provenance import keep_provenance_with_results


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
