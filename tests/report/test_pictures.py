"""Figures in the report: numbered in their order, described, and each with ids of its own."""

import base64
import gzip
import re

import pytest

from report.figures import style
from report.pages import pictures


@pytest.fixture
def folder(tmp_path):
    """Two small figures, first.svg and second.svg, and their numbers."""
    for name in ("first", "second"):
        fig = style.figure(1)
        fig.subplots().plot([0, 1], [0, 1])
        style.save(fig, tmp_path / f"{name}.svg", 'from 0 to 1 & "back"')
        (tmp_path / f"{name}.csv").write_text("x,y\n0,0\n1,1\n")
    return tmp_path


def test_a_figure_may_be_referred_to_before_it_is_shown(folder):
    report = pictures.Pictures(folder, for_print=True)
    page = report.numbers.see("second.svg") + "".join(
        str(report.show(name)["number"]) for name in ("first.svg", "second.svg")
    )
    assert report.numbers.put_in(page) == '<a href="#figure-2">Figure\u00a02</a>12'


def test_in_print_a_figure_is_a_file_with_its_description(folder):
    shown = pictures.Pictures(folder, for_print=True).show("first.svg")["shown"]
    assert f'src="{(folder / "first.svg").as_uri()}"' in shown
    assert 'alt="from 0 to 1 &amp; &#34;back&#34;"' in shown


def test_in_a_page_a_figure_has_its_description_and_ids_of_its_own(folder):
    report = pictures.Pictures(folder, for_print=False)
    first, again = (str(report.show("first.svg")["shown"]) for _ in range(2))
    assert 'aria-label="from 0 to 1 &amp; &#34;back&#34;"' in first
    ids = [set(re.findall(r' id="([^"]+)"', shown)) for shown in (first, again)]
    assert ids[0] and ids[0].isdisjoint(ids[1])
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', first)) == ids[0]


@pytest.mark.parametrize(
    ("n_rows", "every", "n_kept"), [(2, 1, 2), (1000, 1, 1000), (2500, 3, 834)]
)
def test_a_page_carries_a_figures_numbers_of_long_tables_every_so_manyth_row(
    folder, n_rows, every, n_kept
):
    rows = [f"{i},{i}" for i in range(n_rows)]
    (folder / "first.csv").write_text("\n".join(["x,y", *rows]) + "\n")
    table = pictures.Pictures(folder, for_print=False).table("first.svg")
    assert (table["n_rows"], table["every"]) == (n_rows, every)
    kept = gzip.decompress(base64.b64decode(table["packed"])).decode().splitlines()
    assert kept == ["x,y", *rows[::every]] and len(kept) == n_kept + 1
