"""Marked workbooks are never written over what was read, nor where they would be read the next time."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from explorer.commands.load.marked_file import check_place, write_marked
from graph_model.errors import InputError
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.store.store import State
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.read.discovery import list_files
from loaders.read.file_source import sources
from loaders.survey import read_round
from tests.support.books import save, save_round

GOOD = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]
BAD = [["单位名称", "单位类别"], ["甲物业", "某某"]]


def prepared(path: Path) -> PreparedLoad:
    """A load of these workbooks into nothing."""
    request = LoadRequest([path], KeyMaker(b"test"), round="2006-10")
    reading = read_round([path], keys=request.keys, round="2006-10")
    plan = make_plan(reading.graph, Graph.of((), ()))
    return PreparedLoad(request, reading, plan, State(), (), {}, sources(list_files([path]).files))


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("round/a.xlsx", "不能写在它上面"),  # what is loaded itself, by its folder
        ("round", "之内"),
        ("round/deep/b.xlsx", "之内"),
        ("link.xlsx", "不能写在它上面"),
        ("one.xlsx", "不能写在它上面"),
    ],
)
def test_a_place_among_what_is_read_is_refused(tmp_path: Path, out: str, said: str) -> None:
    save_round(tmp_path / "round", 单位=GOOD)
    one = save(tmp_path / "one.xlsx", 单位=GOOD)
    (tmp_path / "link.xlsx").symlink_to(one)
    given = [one, tmp_path / "round"] if out != "round/a.xlsx" else [tmp_path / "round" / "a.xlsx"]
    with pytest.raises(InputError, match=said) as refused:
        check_place(tmp_path / out, given)
    assert refused.value.text.en


def test_a_place_beside_it_is_allowed(tmp_path: Path) -> None:
    save_round(tmp_path / "round", 单位=GOOD)
    for out in ("marked.xlsx", "round.xlsx", "elsewhere/a.xlsx"):
        check_place(tmp_path / out, [tmp_path / "round"])


def test_problems_are_marked_in_a_file_of_the_right_ending(tmp_path: Path) -> None:
    save_round(tmp_path / "round", 单位=BAD)
    load = prepared(tmp_path / "round")
    out = write_marked(load, tmp_path / "marked.zip", [tmp_path / "round"], "zh")
    assert out == tmp_path / "marked.xlsx"
    [cell] = [
        c for row in openpyxl.load_workbook(out)["单位"].iter_rows() for c in row if c.value == "某某"
    ]
    assert cell.comment is not None
    folder = tmp_path / "there"
    folder.mkdir()
    inside = write_marked(load, folder, [tmp_path / "round"], "en")
    assert inside is not None
    assert inside.parent == folder


def test_no_problem_no_file(tmp_path: Path) -> None:
    save_round(tmp_path / "round", 单位=GOOD)
    assert (
        write_marked(prepared(tmp_path / "round"), tmp_path / "m.xlsx", [tmp_path / "round"], "zh") is None
    )
    assert not (tmp_path / "m.xlsx").exists()
