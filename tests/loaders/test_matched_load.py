"""A load of foreign tables: asked once, answered, remembered with the site, in the history, rebuilt the same."""

from __future__ import annotations

import pytest

from graph_model.errors import InputError
from graph_model.keys import site_keys
from graph_model.store.store import Store
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.history.load_log import read_history
from loaders.history.rebuild import rebuild
from loaders.match.answer_store import read_site_answers
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save_round

CONTACTS = [["姓名", "性别", "单位", "职务", "电话"], ["王甲", "男", "甲公司", "经理", "138"]]
UNITS = [["单位名称", "单位类别"], ["甲公司", "物业公司"]]
ROSTER = [["人员姓名", "入党年份", "现所在党组织"], ["李乙", "2001-05", "甲公司党支部"]]
BRANCHES = [["党支部名称", "组建单位"], ["甲公司党支部", "甲公司"]]


def prepared(store, folder, data, answers=NO_ANSWERS):
    return prepare(store, LoadRequest([folder], keys=site_keys(data), data=data, answers=answers))


def test_a_question_blocks_until_it_is_answered_and_is_not_asked_again(store: Store, tmp_path):
    data = tmp_path / "data"
    folder = save_round(tmp_path / "2024-06", 单位=UNITS, 通讯录=CONTACTS)
    asked = prepared(store, folder, data)
    assert [p.code for p in asked.reading.problems if p.blocking] == ["unmatched_sheet"]
    with pytest.raises(InputError):
        apply(store, asked)
    assert read_site_answers(data) == NO_ANSWERS

    [question] = asked.matches
    answered = prepared(store, folder, data, MatchAnswers((question.answer(day="2026-11-27"),)))
    assert not answered.blocked
    apply(store, answered)
    assert store.counts()["nodes"]["Member"] == 1
    assert [a.form for a in read_site_answers(data).sheets] == ["members"]

    second = save_round(
        tmp_path / "2024-07", 单位=UNITS, 通讯录=[CONTACTS[0], ["赵丙", "女", "甲公司", "会计", None]]
    )
    later = prepared(store, second, data)
    assert (later.blocked, [m.answered for m in later.matches]) == (False, [True])


def test_the_history_has_how_foreign_sheets_were_read_and_rebuilds_by_it(store: Store, tmp_path):
    data = tmp_path / "data"
    folder = save_round(tmp_path / "2024-06", 单位=UNITS, 名册=ROSTER, 党支部=BRANCHES)
    first = prepared(store, folder, data)
    assert [(m.form, m.asks) for m in first.matches] == [("members", False)]
    apply(store, first)

    [entry] = read_history(data, store)
    [answer] = entry.answers.sheets
    assert (answer.form, answer.columns["现所在党组织"]) == ("members", "members/组织关系所在党支部")
    assert read_site_answers(data) == NO_ANSWERS
    rebuilt = rebuild(data, "2024-06")
    assert {e.type for e in rebuilt.edges.values()} >= {"AFFILIATED_WITH"}


def test_names_that_are_held_tell_a_column_that_its_heading_does_not(store: Store, tmp_path):
    data = tmp_path / "data"
    odd = [["党支部名称", "组建单位"], ["先锋组", "甲公司"], ["红旗组", "甲公司"]]
    apply(store, prepared(store, save_round(tmp_path / "2024-06", 单位=UNITS, 党支部=odd), data))
    roster = [["姓名", "入党时间", "归口"], ["王甲", "2001", "先锋组"], ["李乙", "2002", "红旗组"]]

    found = prepared(store, save_round(tmp_path / "2024-07", 名册=roster), data)

    [asked] = found.matches
    assert (asked.asks, asked.columns[-1].target) == (True, "members/组织关系所在党支部")


def test_a_sheet_that_was_asked_about_and_left_out_is_left_out_of_the_rebuilt_round(store: Store, tmp_path):
    data = tmp_path / "data"
    folder = save_round(tmp_path / "2024-06", 单位=UNITS, 通讯录=CONTACTS)
    request = LoadRequest([folder], keys=site_keys(data), data=data, clean_rows=True)

    apply(store, prepare(store, request))

    assert store.counts()["nodes"].get("Member", 0) == 0
    assert {n.label for n in rebuild(data, "2024-06").nodes.values()} == {"Unit"}
