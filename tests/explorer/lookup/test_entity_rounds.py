"""One thing through the rounds, in words of both languages; values that may name somebody are hidden.

What a history holds is tested in tests/loaders/history/test_entity_history.py.
"""

from __future__ import annotations

from pathlib import Path

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.entity_rounds import RoundSeen, RoundsSeen, rounds_seen
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.keys import site_keys
from graph_model.profile import read_profile
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save_round

UNITS = ["单位名称", "单位类别", "法定代表人", "口号"]
MEMBERS = ["姓名", "入党时间", "所在单位"]
PEOPLE = [f"{surname}小明" for surname in "王李张刘陈杨赵"]


def load(store: Store, data: Path, folder: Path, *, complete: bool = True) -> None:
    request = LoadRequest([folder], keys=site_keys(data), complete=complete, data=data)
    apply(store, prepare(store, request))


def told(store: Store, data: Path, name: str, viewer: Viewer) -> RoundsSeen:
    key = next(k for k, n in store.held().nodes.items() if n.properties["name"] == name)
    answers = Answers(store, Catalogue(()), read_profile())
    return rounds_seen(answers, data, key, viewer, Words(viewer.language))


def test_what_changed_is_said_as_far_as_it_may_be_seen(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for round_, person, motto in (("2006-04", "王小明", "甲"), ("2006-10", "李小红", "李小红好")):
        company = ["甲物业", "物业公司", person, motto]
        load(store, data, save_round(tmp_path / round_, 单位=[UNITS, company]))
    first = RoundSeen("2006-04", ("首次列入",))
    assert told(store, data, "甲物业", Viewer()).rounds == (
        RoundSeen(
            "2006-10",
            ("列入，有变化", "法定代表人：已变更（无权查看内容）", "口号：已变更（无权查看内容）"),
        ),
        first,
    )
    assert told(store, data, "甲物业", Viewer(names=True)).rounds == (
        RoundSeen("2006-10", ("列入，有变化", "法定代表人：王小明 → 李小红", "口号：甲 → 李小红好")),
        first,
    )
    english = told(store, data, "甲物业", Viewer(language="en"))
    assert english.note == ""
    assert english.rounds[0].lines == (
        "Listed, with changes",
        "Legal representative: changed (you may not see the value)",
        "口号: changed (you may not see the value)",
    )


def test_of_many_who_came_a_few_are_named_and_all_counted(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    company = [UNITS[:2], ["甲物业", "物业公司"]]
    load(store, data, save_round(tmp_path / "2006-04", 单位=company))
    members = [MEMBERS, *([name, "2001", "甲物业"] for name in PEOPLE)]
    load(store, data, save_round(tmp_path / "2006-10", 单位=company, 党员=members))
    [now, _] = told(store, data, "甲物业", Viewer()).rounds
    assert now.lines[1].startswith("新增职工党员：")
    assert now.lines[1].endswith("等 7 个")
    assert now.lines[1].count("**") == 6
    [now, _] = told(store, data, "甲物业", Viewer(names=True, language="en")).rounds
    assert now.lines[1].startswith("New, employs: ")
    assert now.lines[1].endswith(" and others, 7 in all")


def test_several_loads_of_a_round_are_told_apart_by_day(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for count, complete in ((5, True), (9, False)):
        folder = save_round(
            tmp_path / str(count) / "2006-10",
            单位=[["单位名称", "单位类别", "从业人数"], ["甲物业", "物业公司", count]],
        )
        load(store, data, folder, complete=complete)
    rounds = told(store, data, "甲物业", Viewer()).rounds
    assert [r.round for r in rounds] == ["2006-10", "2006-10"]
    assert rounds[0].lines[0].startswith("列入，有变化（")
    assert rounds[0].lines[0].endswith("日导入）")
    assert rounds[0].lines[1:] == ("从业人数：5 → 9",)


def test_a_history_that_cannot_be_read_is_a_note_and_no_fault(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    load(store, data, save_round(tmp_path / "2006-10", 单位=[UNITS[:2], ["甲物业", "物业公司"]]))
    [entry] = data.glob("rounds/*/*/manifest.json")
    entry.write_text("{", "utf-8")
    found = told(store, data, "甲物业", Viewer(language="en"))
    assert found.rounds == ()
    assert found.note
