"""Who writes words of their own is told the line that is wrong."""

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from report.pages.places import WordsError, named_places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{{ f.label }}\n{{ f.nothing }}",
            "line 2: found 'dict object' has no attribute 'nothing', ex",
        ),
        ("{% if f %}\n\n{{ f.label", "line 3: found unexpected end of template, expected"),
        ("{{ '%.2f' | format(f.label) }}", "line 1: found must be real number, not str, expected"),
    ],
)
def test_the_line_of_a_template_is_named(tmp_path, monkeypatch, text, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "section.html.j2").write_text(text)
    templates = Environment(loader=FileSystemLoader(tmp_path), undefined=StrictUndefined)
    with pytest.raises(WordsError) as error, named_places():
        templates.get_template("section.html.j2").render(f={"label": "k = 1"})
    assert str(error.value).startswith(f"section.html.j2, {said}")
    assert "\n" not in str(error.value)


def test_what_goes_wrong_elsewhere_stays_what_it_is():
    with pytest.raises(KeyError), named_places():
        {}["nothing"]
