"""What other results must be to be compared with; all else is one line."""

import json
import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml

from report.results import LARGEST
from workflow.others import ANSWER as ANSWERS
from workflow.others import NEEDED, OthersError, other_results, published_results
from workflow.session import sums

KINDS = {"string": "", "array": [], "object": {}}
ANSWER = {key: KINDS[kind["type"]] for key, kind in ANSWERS.items()}


@pytest.fixture
def other(tmp_path):
    (tmp_path / "answers.json").write_text(json.dumps([ANSWER]))
    (tmp_path / "machine.json").write_text(json.dumps({"processor": "x"}))
    (tmp_path / "config.yaml").write_text(yaml.safe_dump({"dataset": "digits"}))
    (tmp_path / "runs.csv").write_text(f"{','.join(NEEDED)}\nname,0,,90,90\n")
    return tmp_path


def test_whole_results_of_the_same_dataset_are_taken(other):
    assert other_results(str(other), asked=True, dataset="digits") == [str(other)]
    assert other_results(None, asked=False, dataset="digits") == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("answers.json", None, "found no answers.json in "),
        ("answers.json", "", "found no list in "),
        ("answers.json", "{}", "found no list in "),
        ("answers.json", "[1]", "found no answers in "),
        ("answers.json", '[{"key": "slope"}]', "found no answers in "),
        *(
            ("answers.json", json.dumps([ANSWER | {key: 1}]), "found no answers in ")
            for key in ANSWERS
        ),
        ("runs.csv", f"{','.join(NEEDED)}\na,{'9' * 5000},,90,90\n", "in line 2 of "),
        ("answers.json", "[" * 100_000, "found no list in "),
        ("config.yaml", "a: &a [*a]" + "[" * 5000, "found no keys and values in "),
        ("machine.json", "{broken", "found no keys and values in "),
        ("config.yaml", "a: [", "found no keys and values in "),
        ("config.yaml", "dataset: mnist", "found results of 'mnist' in "),
        ("config.yaml", "epochs: 3", "found results of None in "),
        ("runs.csv", "", "found no column 'run' in "),
        ("runs.csv", f"{','.join(NEEDED)}\n", "found a header and no run in "),
        ("runs.csv", "run,seed\na,0\n", "found no column 'diverged_at' in "),
        ("runs.csv", "\x00\x01garbage", "found no column 'run' in "),
        ("runs.csv", f"{','.join(NEEDED)}\na,0,,90\n", "found 'a,0,,90,' in line 2 of "),
        (
            "runs.csv",
            f"{','.join(NEEDED)}\na,0,,90,90\na,0,,99,99\n",
            "found 2 rows of a/seed0 in ",
        ),
        ("runs.csv", f"{','.join(NEEDED)}\na,0,,90,90,more\n", "found 'a,0,,90,90' in line 2 of "),
        ("answers.json", json.dumps([ANSWER | {"variants": {"a": {}}}]), "found no answers in "),
        ("origins.json", "[1]", "found no origins with their runs in "),
        ("config.yaml", "dataset: digits\na: &a {b: *a}", "found no keys and values in "),
        (
            "runs.csv",
            f"{','.join(NEEDED)}\na,0,,90,90\na,x,,90,90\n",
            "found 'a,x,,90,90' in line 3",
        ),
        ("runs.csv", f"{','.join(NEEDED)}\na,0,,90,900\n", "found 'a,0,,90,900' in line 2 of "),
        ("runs.csv", f"{','.join(NEEDED)}\na,0,,nan,90\n", "found 'a,0,,nan,90' in line 2 of "),
    ],
)
def test_what_is_no_result_is_named_in_one_line(other, name, content, said):
    if content is None:
        (other / name).unlink()
    else:
        (other / name).write_text(content)
    with pytest.raises(OthersError) as error:
        other_results(str(other), asked=True, dataset="digits")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_what_its_sums_tell_to_be_edited_is_compared_with_nothing(other):
    table = other / "runs.csv"
    sums.record([table], "a mark")
    assert other_results(str(other), asked=True, dataset="digits")
    table.write_text(table.read_text().replace("90", "91"))
    with pytest.raises(OthersError, match=r"runs\.csv damaged or edited"):
        other_results(str(other), asked=True, dataset="digits")


@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_to_compare_with_says_how_to_name_it(nothing):
    with pytest.raises(OthersError, match="add --config other="):
        other_results(nothing, asked=True, dataset="digits")


def test_a_folder_of_several_gives_those_of_the_dataset(other, tmp_path_factory, capsys):
    several = tmp_path_factory.mktemp("several")
    for name in ("bob", "alice/results/digits"):
        shutil.copytree(other, several / name)
    shutil.copytree(other, several / "carol")
    (several / "carol" / "config.yaml").write_text(yaml.safe_dump({"dataset": "mnist"}))
    with ZipFile(several / "dan.zip", "w") as archive:
        for path in other.iterdir():
            archive.write(path, f"results/digits/{path.name}")
    (several / "notes.zip").write_text("no zip")
    shutil.copytree(
        other, several / "erin" / "expected" / "digits"
    )  # what erin's repository published
    found = other_results(str(several), asked=True, dataset="digits")
    assert f"other: found results of 'mnist' in {several}/carol" in capsys.readouterr().err
    assert [name.removeprefix(f"{several}/") for name in found] == [
        "bob", "dan.zip", "alice/results/digits",
    ]  # fmt: skip
    again = other_results([str(several), str(several / "bob")], asked=True, dataset="digits")
    assert again == found


def test_a_folder_with_no_results_in_it_is_named(tmp_path):
    with pytest.raises(OthersError, match=r"other: found no answers\.json in "):
        other_results(str(tmp_path), asked=True, dataset="digits")


@pytest.mark.parametrize("name", ["answers.json", "runs.csv"])
def test_what_is_no_text_is_named(other, name):
    (other / name).write_bytes(b"\xff\xfe")
    with pytest.raises(OthersError, match="found no text in UTF-8"):
        other_results(str(other), asked=True, dataset="digits")


@pytest.mark.parametrize("damage", [b"\x00" * 40, b""])
def test_a_bundle_that_is_damaged_is_named(other, tmp_path_factory, damage):
    path = tmp_path_factory.mktemp("damaged") / "bundle.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in other.iterdir():
            archive.writestr(f"results/digits/{file.name}", file.read_bytes() + b" " * 1000)
    content = path.read_bytes()
    path.write_bytes(
        content[:70] + damage + content[70 + len(damage) :] if damage else content[:-30]
    )
    with pytest.raises(OthersError, match=r"found (no results|no file to read|no text)"):
        other_results(str(path), asked=True, dataset="digits")


@pytest.mark.parametrize("content", [b"", b"PK no zip", None])
def test_a_file_that_is_no_bundle_is_named(tmp_path, content):
    path = tmp_path / "bundle.zip"
    if content is None:
        with ZipFile(path, "w") as archive:
            archive.writestr("readme", "nothing here")
    else:
        path.write_bytes(content)
    with pytest.raises(OthersError, match="other: found no results in "):
        other_results(str(path), asked=True, dataset="digits")


def test_a_table_that_would_fill_the_memory_is_not_read(other):
    with (other / "answers.json").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(OthersError, match="expected at most"):
        other_results(str(other), asked=True, dataset="digits")


def test_where_nothing_is_published_there_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert published_results("digits", asked=False) is None
    with pytest.raises(OthersError, match="found no published results of digits"):
        published_results("digits", asked=True)


def test_what_is_published_needs_its_sums(other, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("repository"))
    shutil.copytree(other, "expected/digits")
    with pytest.raises(OthersError, match=r"expected/digits: found no results\.sha256"):
        published_results("digits", asked=False)
