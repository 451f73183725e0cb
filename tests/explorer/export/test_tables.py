import io

import openpyxl

from explorer.export.tables import to_xlsx
from explorer.scene.scene import Scene, SceneEdge, SceneNode

UNIT = SceneNode("u_1", "Unit", "=甲", "#000", "square", 9, 0, 0, ring="high", detail="单位")
MEMBER = SceneNode("m_1", "Member", "张*", "#000", "dot", 9, 0, 0)
TIE = SceneEdge("e", "m_1", "u_1", "EMPLOYED_BY", "就职于", "#000")


def book(language="zh", *edges):
    scene = Scene((UNIT, MEMBER), edges, (), "关系图", "来源：2006-10", language)
    made = openpyxl.load_workbook(io.BytesIO(to_xlsx(scene)))
    return {s.title: [[c.value for c in row] for row in s] for s in made}


def test_things_and_ties_are_rows_with_their_keys():
    found = book("zh", TIE)
    assert found["对象"][1:] == [
        ["单位", "=甲", "问题：高", 1, "单位", "u_1"],
        ["党员", "张*", None, 1, None, "m_1"],
    ]
    assert found["关系"][1:] == [["张*", "就职于", "=甲", "党员", "单位", "m_1", "u_1"]]
    assert found["说明"] == [["关系图"], ["来源：2006-10"]]


def test_a_tie_of_a_thing_with_itself_counts_once():
    loop = SceneEdge("l", "u_1", "u_1", "MANAGES", "管理", "#000")
    assert [row[3] for row in book("en", loop)["Things"]] == ["Ties", 1, 0]


def test_what_looks_like_a_formula_is_text():
    made = openpyxl.load_workbook(io.BytesIO(to_xlsx(Scene((UNIT,), (), (), "=1", "+2"))))
    assert made["对象"]["B2"].data_type == "s"
    assert [made["说明"][at].data_type for at in ("A1", "A2")] == ["s", "s"]
