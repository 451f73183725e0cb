"""One thing through the rounds: when it was listed, what each load changed; in words, masked."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.entity import entity
from explorer.lookup.entity_rounds import RoundSeen, rounds_seen
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.graph import Node
from graph_model.inverse_plan import invert_plan
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.profile import read_profile
from graph_model.secret import site_secret
from loaders.history.entity_history import read_entity_history
from loaders.history.entity_index import FILE, IndexedEntity, IndexedRelationship, find, lines
from loaders.history.load_journal import settle_history
from loaders.history.load_log import lineage
from loaders.history.undo import undo_last
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.graphs import graph, node, tie

UNITS = ["单位名称", "单位类别", "从业人数"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位"]
ALL = Viewer(names=True)


def save(folder, **sheets):
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder


@pytest.fixture
def rounds(tmp_path):
    """Three rounds: a member moves, a company is missing once and comes back, a number changes."""
    company = "物业公司"
    return [
        save(
            tmp_path / "2006-04",
            单位=[UNITS, ["甲物业", company, 5], ["乙物业", company, 6]],
            党员=[MEMBERS, ["张小三", "2001", "1970-01", "甲物业"]],
        ),
        save(
            tmp_path / "2006-10",
            单位=[UNITS, ["甲物业", company, 9], ["丙物业", company, 7]],
            党员=[MEMBERS, ["张小三", "2001", "1970-01", "丙物业"]],
        ),
        save(
            tmp_path / "2007-04",
            单位=[UNITS, ["甲物业", company, 9], ["乙物业", company, 6], ["丙物业", company, 7]],
            党员=[MEMBERS, ["张小三", "2001", "1970-01", "丙物业"]],
        ),
    ]


def load(store, data, folder, complete=True):
    secret = site_secret(data)
    prepared = prepare(store, LoadRequest([folder], keys=KeyMaker(secret), complete=complete, data=data))
    apply(store, prepared)


def key_of(store, name):
    return next(k for k, n in store.held().nodes.items() if n.properties["name"] == name)


def told(store, data, name, viewer=ALL):
    answers = Answers(store, Catalogue(()), read_profile())
    found = rounds_seen(answers, data, key_of(store, name), viewer, Words(viewer.language))
    return list(found.rounds), found.note


def test_what_three_rounds_said(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    for folder in rounds:
        load(store, data, folder)
    assert told(store, data, "甲物业") == (
        [
            RoundSeen("2007-04", ("列入，没有变化",)),
            RoundSeen("2006-10", ("列入，有变化", "从业人数：5 → 9", "不再有职工党员：张小三")),
            RoundSeen("2006-04", ("首次列入",)),
        ],
        "",
    )
    assert told(store, data, "乙物业")[0] == [
        RoundSeen("2007-04", ("重新列入",)),
        RoundSeen("2006-10", ("未列入",)),
        RoundSeen("2006-04", ("首次列入",)),
    ]
    assert told(store, data, "丙物业")[0] == [
        RoundSeen("2007-04", ("列入，没有变化",)),
        RoundSeen("2006-10", ("首次列入",)),
    ]
    assert told(store, data, "张小三")[0][1] == RoundSeen(
        "2006-10", ("列入，有变化", "任职于：甲物业 → 丙物业")
    )


def test_names_are_masked_and_hidden_values_only_said_to_have_changed(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    for folder in rounds[:2]:
        load(store, data, folder)
    assert told(store, data, "甲物业", Viewer())[0][0].lines[2] == "不再有职工党员：张**"
    assert "Listed, with changes" in told(store, data, "甲物业", Viewer(language="en"))[0][0].lines


def test_what_left_again_is_still_called_by_its_name(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    load(store, data, rounds[0])
    load(store, data, rounds[1])
    gone = save(
        tmp_path / "2007-10",
        单位=[UNITS, ["丙物业", "物业公司", 7]],
        党员=[MEMBERS, ["张小三", "2001", "1970-01", "丙物业"]],
    )
    load(store, data, gone)
    assert told(store, data, "张小三")[0][1].lines[1] == "任职于：甲物业 → 丙物业"


def test_a_partial_load_that_does_not_mention_it(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    load(store, data, rounds[0])
    load(store, data, save(tmp_path / "2006-07", 单位=[UNITS, ["甲物业", "物业公司", 5]]), complete=False)
    assert told(store, data, "甲物业")[0][0] == RoundSeen("2006-07", ("列入，没有变化",))
    assert told(store, data, "乙物业")[0][0] == RoundSeen("2006-07", ("部分导入，未涉及",))


def test_what_was_undone_is_not_told(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    load(store, data, rounds[0])
    load(store, data, rounds[1])
    undo_last(store, data)
    assert told(store, data, "甲物业")[0] == [RoundSeen("2006-04", ("首次列入",))]


def test_loads_made_elsewhere_are_said_to_be_unknown(store, tmp_path, rounds) -> None:
    here = tmp_path / "here"
    secret = site_secret(here)
    apply(store, prepare(store, LoadRequest([rounds[0]], keys=KeyMaker(secret), complete=True)))
    load(store, here, rounds[1])
    found, note = told(store, here, "甲物业")
    assert [r.round for r in found] == ["2006-10"]
    assert "无记录可查" in note


def test_a_lost_index_is_not_missed_and_settling_makes_it_again(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    load(store, data, rounds[0])
    load(store, data, rounds[1])
    (path,) = data.glob(f"rounds/*/*/{FILE}")
    before = path.read_bytes()
    path.unlink()
    key = key_of(store, "丙物业")
    assert read_entity_history(data, lineage(data, store), key).loads[0].standing == "first"
    assert not path.exists()
    settle_history(data, store)
    assert path.read_bytes() == before


def test_the_page_tells_the_cells_and_the_rounds(store, tmp_path, rounds) -> None:
    data = tmp_path / "data"
    load(store, data, rounds[0])
    load(store, data, rounds[1])
    answers = Answers(store, Catalogue(()), read_profile())
    page = entity(answers, key_of(store, "甲物业"), Viewer(), Words("zh"), data)
    assert page is not None
    assert {f.heading: f.cell for f in page.facts} == {"类别": "B2", "从业人数": "C2"}
    assert page.source == "2006年10月批次，“a.xlsx”文件“单位”工作表 A2:C2 单元格"
    assert [e.text for e in page.timeline] == [
        "调摸批次：列入，有变化；从业人数：5 → 9；不再有职工党员：张**",
        "调摸批次：首次列入",
    ]
    other = entity(answers, key_of(store, "丙物业"), Viewer(), Words("zh"), data)
    assert other is not None
    assert other.ties[0].to[0].source.endswith("“党员”工作表 D2 单元格")


# ---- the index


def test_the_index_of_a_plan() -> None:
    before = graph(node("u_1", name="甲", employees=5), node("u_2", name="乙"), node("m_1", name="王"))
    after = graph(
        node("u_1", name="甲", employees=6),
        node("m_1", name="王"),
        node("b_1", name="支部"),
        tie("m_1 AFFILIATED_WITH b_1"),
    )
    undo = invert_plan(make_plan(after, before), before)
    assert lines(undo).decode().splitlines() == [
        'b_1\t["added"]',
        'm_1\t["tie","added","AFFILIATED_WITH","b_1",true,{},{}]',
        'u_1\t["changed",{"name":"甲","employees":5},{"name":"甲","employees":6}]',
        'u_2\t["removed","Unit",{"name":"乙"}]',
    ]


@given(
    st.sets(st.text("ab_1", min_size=1, max_size=4), max_size=30), st.text("ab_1", min_size=1, max_size=4)
)
def test_every_key_is_found_and_no_other(tmp_path_factory, keys, asked) -> None:
    path = tmp_path_factory.mktemp("index") / FILE
    nodes = [Node("Unit", key, {"name": key}) for key in sorted(keys)]
    path.write_bytes(lines(invert_plan(make_plan(graph(*nodes), graph()), graph())))
    for key in keys:
        assert find(path, key) == IndexedEntity(added=True)
    assert find(path, asked) == IndexedEntity(added=asked in keys)


def test_a_tie_is_seen_from_both_ends_that_were_there(tmp_path) -> None:
    held = graph(node("m_1", name="王"), node("b_1", name="支部"))
    after = graph(node("m_1", name="王"), node("b_1", name="支部"), tie("m_1 SECRETARY_OF b_1"))
    path = tmp_path / FILE
    path.write_bytes(lines(invert_plan(make_plan(after, held), held)))
    assert find(path, "m_1").ties == (IndexedRelationship("added", "SECRETARY_OF", "b_1", True, {}, {}),)
    assert find(path, "b_1").ties == (IndexedRelationship("added", "SECRETARY_OF", "m_1", False, {}, {}),)
