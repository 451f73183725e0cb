"""Where a thing was read, in words; a file that is called after a person is masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.provenance_text import cells_at, loads_of, source_text
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.graph import Place
from graph_model.keys import site_keys
from graph_model.profile import read_profile
from graph_model.store.store import Store
from loaders.map.column_map import CellMap
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save_round

PLACE = Place("2006-10", "党员王小明.xlsx", "欧阳小明", 12)
CELLS = CellMap("A12:F12", {}, {})


@pytest.mark.parametrize(
    ("viewer", "cells", "said"),
    [
        (Viewer(), None, "2006年10月批次，“党员王**.xlsx”文件“欧阳**”工作表第 12 行"),
        (Viewer(), CELLS, "2006年10月批次，“党员王**.xlsx”文件“欧阳**”工作表 A12:F12 单元格"),
        (
            Viewer(names=True),
            CELLS,
            "2006年10月批次，“党员王小明.xlsx”文件“欧阳小明”工作表 A12:F12 单元格",
        ),
        (Viewer(language="en"), None, "Round October 2006, file “党员王**.xlsx”, sheet “欧阳**”, row 12"),
    ],
)
def test_a_place_is_said_and_nobody_named_who_may_not_be(viewer: Viewer, cells, said: str) -> None:
    assert source_text(PLACE, cells, Words(viewer.language), viewer) == said


def test_the_row_of_a_thousand_is_written_without_a_separator() -> None:
    at = Place("2006-10", "a.xlsx", "单位", 12_345)
    assert source_text(at, None, Words("en"), Viewer()).endswith("row 12345")


def test_cells_are_known_of_the_loads_of_this_folder_and_no_others(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    save_round(tmp_path / "2006-10", 单位=[["单位名称", "单位类别"], ["甲物业", "物业公司"]])
    request = LoadRequest([tmp_path / "2006-10"], keys=site_keys(data), complete=True, data=data)
    apply(store, prepare(store, request))
    answers = Answers(store, Catalogue(()), read_profile())
    [unit] = store.held().nodes.values()
    assert unit.place is not None
    found = cells_at(answers, data, unit.place)
    assert found is not None
    assert (found.row, found.properties["kind"]) == ("A2:B2", "B2")
    assert cells_at(answers, data, unit.place._replace(round="2006-04")) is None
    assert cells_at(answers, data, unit.place._replace(sheet="党员")) is None
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert cells_at(answers, elsewhere, unit.place) is None
    assert [load.round for load in loads_of(answers, data)] == ["2006-10"]
