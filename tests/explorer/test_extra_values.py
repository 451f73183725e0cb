"""Extra values from a workbook to everything that is shown: texts for who may see names, headings for everybody."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import networkx as nx
import openpyxl
import pytest

from explorer.answers import Answers
from explorer.export.formats import export
from explorer.i18n import Words
from explorer.loading.blind_load import as_seen
from explorer.loading.load_facts import names_in, steps
from explorer.lookup.entity import entity
from explorer.lookup.find import find
from explorer.lookup.questions.query import run_query
from explorer.scene.compose import compose_scene
from explorer.viewer import Viewer
from graph_model.coverage.open_columns import columns_held
from graph_model.errors import StoreDenied
from graph_model.keys import site_keys
from graph_model.store.store import Store
from loaders.history.undo import undo_last
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest, PreparedLoad
from tests.support.books import save_round
from tests.support.graphs import answers_of

MASKED, NAMES = Viewer(), Viewer(names=True)
SECRET = "联系人王小明"
SPELLED = (SECRET, json.dumps(SECRET)[1:-1], "".join(f"&#{ord(c)};" for c in SECRET))
HEAD = ["单位名称", "单位类别", "备注", "来源"]
FIRST = [HEAD, ["合生物业", "物业公司", SECRET, "Excel"], ["新桃源物业", "物业公司", None, None]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def load(
    store: Store, data: Path, folder: Path, *rows: list[str | None], write: bool = True
) -> PreparedLoad:
    request = LoadRequest(
        [save_round(folder, 单位=rows)],
        keys=site_keys(data),
        data=data,
        complete=folder.name == "2006-10",
    )
    prepared = prepare(store, request)
    assert not prepared.reading.blocking
    if write:
        apply(store, prepared)
    return prepared


@pytest.fixture
def answers(store: Store, data: Path, tmp_path: Path) -> Answers:
    load(store, data, tmp_path / "2006-10", *FIRST)
    return answers_of(store)


def unit(store: Store, name: str = "合生物业") -> tuple[str, dict[str, object]]:
    [found] = [n for n in store.held().nodes.values() if n.properties["name"] == name]
    return found.key, dict(found.properties)


def test_they_are_rows_of_their_own_on_the_page_of_the_thing(answers: Answers, store: Store) -> None:
    key, _ = unit(store)
    facts = {}
    for viewer in (NAMES, MASKED):
        found = entity(answers, key, viewer, Words("zh"))
        assert found is not None
        facts[viewer] = [(f.heading, f.value) for f in found.facts]
        assert "备注信息" not in found.unknown
    assert facts[NAMES] == [("类别", "物业公司"), ("备注", SECRET), ("来源", "Excel")]
    assert facts[MASKED] == [("类别", "物业公司"), ("备注", "**"), ("来源", "**")]


def test_they_are_found_by_who_may_see_names_only(answers: Answers, store: Store) -> None:
    key, _ = unit(store)
    for typed in ("王小明", "公司:王小明", "excel", "EXCEL"):
        assert [(h.key, h.how) for h in find(answers, typed, NAMES).hits] == [(key, "noted")]
        assert find(answers, typed, MASKED).hits == ()
    assert find(answers, "来源", NAMES).hits == ()  # a heading is no value


def test_they_are_in_every_file_and_tooltip(answers: Answers, store: Store) -> None:
    key, properties = unit(store)
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    drawn.add_node(key, label="Unit", properties=properties)
    clear, masked = (compose_scene(drawn, v, title="", footer="") for v in (NAMES, MASKED))
    assert clear.nodes[0].detail.splitlines()[-2:] == [f"备注：{SECRET}", "来源：Excel"]
    assert masked.nodes[0].detail.splitlines()[-2:] == ["备注：**", "来源：**"]
    for ending in ("graphml", "gexf", "json", "html"):
        written = [export(scene, ending).decode() for scene in (clear, masked)]
        # a page may write characters by their numbers
        assert [any(form in text for form in SPELLED) for text in written] == [True, False], ending
    for scene, there in ((clear, True), (masked, False)):
        book = openpyxl.load_workbook(BytesIO(export(scene, "xlsx")))
        cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
        assert any(SECRET in cell for cell in cells) == there
        assert any("备注：" in cell for cell in cells)
    assert "备注" in export(masked, "json").decode()


def test_a_partial_load_is_merged_by_heading_and_undone(
    answers: Answers, store: Store, data: Path, tmp_path: Path
) -> None:
    rows = [["单位名称", "来源", "意见"], ["合生物业", None, "好"]]
    prepared = load(store, data, tmp_path / "2006-11", *rows)
    assert unit(store)[1]["extra"] == f'{{"备注": "{SECRET}", "意见": "好"}}'
    [step] = steps(prepared.plan, names_in(prepared.plan, prepared.graph), NAMES)
    assert [(c.text, c.before, c.after) for c in step.changes] == [
        ("意见", "", "好"),
        ("来源", "Excel", ""),
    ]
    [step] = steps(prepared.plan, names_in(prepared.plan, prepared.graph), MASKED)
    assert [(c.text, c.before, c.after) for c in step.changes] == [("意见", "", "**"), ("来源", "**", "")]
    key = unit(store)[0]
    told = {v: entity(answers_of(store), key, v, Words("zh"), data) for v in (NAMES, MASKED)}
    assert "来源" in repr(told[MASKED])
    assert "Excel" in repr(told[NAMES])
    assert "Excel" not in repr(told[MASKED])
    assert SECRET not in repr(told[MASKED])
    undo_last(store, data)
    assert unit(store)[1]["extra"] == f'{{"备注": "{SECRET}", "来源": "Excel"}}'


def test_a_load_does_not_tell_who_may_not_see_names_whether_a_text_was_guessed(
    answers: Answers, store: Store, data: Path, tmp_path: Path
) -> None:
    shown = []
    for name, guess in (("2006-11", SECRET), ("2006-12", "联系人赵小明")):
        rows = [["单位名称", "备注"], ["合生物业", guess]]
        prepared = load(store, data, tmp_path / name, *rows, write=False)
        plan = as_seen(prepared, MASKED, store, data).load.plan
        shown.append((plan.counts(), list(steps(plan, names_in(plan, prepared.graph), MASKED))))
    assert shown[0] == shown[1]
    [step] = shown[0][1]
    assert [(c.text, c.before, c.after) for c in step.changes][:1] == [("备注", "**", "**")]


@pytest.mark.parametrize("guess", ["王小明", "赵小明"])
def test_nor_whether_a_name_among_the_columns_of_a_unit_was_guessed(
    answers: Answers, store: Store, data: Path, tmp_path: Path, guess: str
) -> None:
    held = [["单位名称", "法定代表人"], ["合生物业", "王小明"]]
    load(store, data, tmp_path / "2006-11", *held)
    rows = [["单位名称", "单位类别", "法定代表人"], ["合生物业", "物业公司", guess]]
    prepared = load(store, data, tmp_path / "2006-12", *rows, write=False)
    plan = as_seen(prepared, MASKED, store, data).load.plan
    [step] = steps(plan, names_in(plan, prepared.graph), MASKED)
    [change] = [c for c in step.changes if c.text == "法定代表人"]
    assert (change.before, change.after) == ("**", guess[0] + "**")


@pytest.mark.parametrize("guess", ["王小明", "赵小明"])
def test_nor_whether_the_secretary_of_a_wide_table_is_held(
    answers: Answers, store: Store, data: Path, tmp_path: Path, guess: str
) -> None:
    save_round(tmp_path / "2006-11", 党员=[["姓名", "性别"], ["王小明", "男"]])
    apply(store, prepare(store, LoadRequest([tmp_path / "2006-11"], keys=site_keys(data), data=data)))
    wide = ["企业名称", "党组织名称", "党组织书记", "党建指导员姓名"]
    save_round(tmp_path / "2006-12", 企业=[wide, ["合生物业", "合生党支部", guess, "钱一"]])
    prepared = prepare(store, LoadRequest([tmp_path / "2006-12"], keys=site_keys(data), data=data))
    seen = as_seen(prepared, MASKED, store, data)
    assert (seen.blind, seen.needs_names) == (True, True)
    assert [p.code for p in seen.load.reading.problems] == []


def test_queries_and_own_rules_do_not_show_them(answers: Answers) -> None:
    text = "MATCH (u:Unit) RETURN u.extra AS x"
    with pytest.raises(StoreDenied):
        run_query(answers, text, MASKED)
    assert SECRET in repr(run_query(answers, text, NAMES))
    assert columns_held("MATCH (u:Unit) WITH u.key AS key, u.extra AS x") == {"key": "open"}
