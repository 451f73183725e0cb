from pathlib import Path

import openpyxl
import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from loaders.survey import read_round
from loaders.template.prefill import find_area, rows_of_area
from loaders.template.template import HEADER_ROW, write_template
from tests.support.graphs import graph, node, tie

SECRET = b"test"
SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "2006-10"


@pytest.fixture(scope="module")
def held():
    return read_round([SAMPLE], keys=KeyMaker(SECRET)).graph


def areas(held):
    return [n for n in held.nodes.values() if n.label in ("ResidentialArea", "CommercialArea")]


def test_an_area_is_found_by_name_or_number(held):
    found = find_area(held, "檀香居民区")
    assert found.properties["name"] == "檀香居民区"
    with pytest.raises(InputError, match="檀香居民区"):
        find_area(held, "檀香园居民区")


def test_a_template_filled_for_any_area_changes_nothing_when_it_is_loaded(held, tmp_path):
    for area in areas(held):
        path = tmp_path / f"{area.key}.xlsx"
        write_template(path, rows_of_area(held, area.key))
        reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10", known=held)
        assert [p for p in reading.problems if p.blocking] == []
        plan = make_plan(reading.graph, held, complete=False)
        assert plan.empty, (area.properties["name"], plan.counts(), plan.changed_nodes, plan.changed_edges)
        assert area.key in reading.graph.nodes


def test_only_what_belongs_to_the_area_is_filled_in():
    known = graph(
        node("r_1"), node("r_2"), node("u_1"), node("u_2"), node("m_1", joined="2001-10"), node("m_2"),
        tie("u_1 MANAGES r_1"), tie("u_2 MANAGES r_2"),
        tie("m_1 EMPLOYED_BY u_1", position="经理"), tie("m_2 EMPLOYED_BY u_2"),
    )  # fmt: skip
    rows = rows_of_area(known, "r_1")
    assert rows["units"] == ({"单位名称": "u_1", "管理区域": "r_1"},)
    assert rows["members"] == ({"姓名": "m_1", "入党时间": "2001-10", "所在单位": "u_1", "职务": "经理"},)


def test_what_is_filled_in_stays_text(tmp_path):
    path = tmp_path / "a.xlsx"
    write_template(path, {"units": ({"单位名称": "=1+1", "从业人数": "007"},)})
    sheet = openpyxl.load_workbook(path)["单位"]
    cells = {sheet.cell(HEADER_ROW, c.column).value: c for c in sheet[HEADER_ROW + 1]}
    assert (cells["单位名称"].value, cells["单位名称"].data_type) == ("=1+1", "s")
    assert cells["从业人数"].value == "007"
