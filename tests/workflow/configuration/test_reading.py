"""What a user wrote is keys and values, never anything that is run, or one line says what is wrong."""

import pytest

from workflow.configuration.reading import read, settings
from workflow.configuration.schema import ConfigurationError

FILES = {
    "": "found no keys, expected",
    "- epochs\n": "found no keys, expected",
    "epochs: 3\nseeds: [0\n": "line 3: found no YAML (expected ',' or ']'",
    "epochs:\n\t- 3\n": "line 2: found no YAML (found character '\\t' that cannot start any token)",
    "epochs: \x01\n": "found no YAML (special characters are not allowed)",
    "epochs: 3\nseeds: 2\nepochs: 5\n": "line 3: found the key 'epochs' a second time, expected it once",
    "baseline:\n  slope: 1\n  slope: 2\n": "line 3: found the key 'slope' a second time",
    "seeds: &all [*all]\n": "line 1: found an alias inside of what an alias may stand for",
    "a: &a {b: &b [1]}\nc: &c [*a]\n": "line 2: found an alias inside of what an alias may stand for",
    "seeds: " + "[" * 2000: "found brackets hundreds deep",
    "a: !!python/object/apply:os.system [true]\n": "line 1: found no YAML (could not determine a constructor",
    "title: !!set a\n": "found no YAML (",
    "epochs: !!bool maybe\n": "found no YAML (",
    b"\xff\xfe": "found no text in UTF-8",
    b"\x1f\x8b\x08": "found no text in UTF-8",
}


@pytest.mark.parametrize(("content", "said"), FILES.items())
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, content, said):
    path = tmp_path / "config.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigurationError) as error:
        read(path)
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_what_is_no_file_is_named(tmp_path, name):
    with pytest.raises(ConfigurationError, match="found no file to read"):
        read(tmp_path / name)


def test_an_anchor_stands_for_what_it_is_on(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("baseline: &mine {loss: mse}\nother: {<<: *mine, loss: other}\n")
    assert read(path) == {"baseline": {"loss": "mse"}, "other": {"loss": "other"}}


def test_numbers_are_those_that_people_read(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("a: 010\nb: 1:30\nc: 2001-01-01\nd: 0x1f\ne: 1_000\nf: -3\ng: .5\nh: 1.5e-3\n")
    assert read(path) == {
        "a": "010", "b": "1:30", "c": "2001-01-01", "d": "0x1f", "e": "1_000",
        "f": -3, "g": 0.5, "h": 1.5e-3,
    }  # fmt: skip


def test_words_after_config_are_keys_and_values():
    assert settings(["epochs=3", "seeds=[0, 1]", "experiments={slope: null}", "other=a=b"]) == {
        "epochs": 3,
        "seeds": [0, 1],
        "experiments": {"slope": None},
        "other": "a=b",
    }


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("epochs", "--config: found 'epochs', expected key=value; a target goes before --config"),
        ("seeds=[0", "--config seeds, line 1: found no YAML (expected ',' or ']'"),
        (
            "baseline={loss: mse, loss: bce}",
            "--config baseline, line 1: found the key 'loss' a second",
        ),
    ],
)
def test_words_that_are_none_are_named(entry, said):
    with pytest.raises(ConfigurationError) as error:
        settings(["epochs=3", entry])
    assert str(error.value).startswith(said)
