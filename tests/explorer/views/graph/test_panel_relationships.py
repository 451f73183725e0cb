"""The ties of one node as lists: read from its side, masked, with their own facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from explorer.views.graph.panel_relationships import groups_of
from graph_model.store.store import Store
from tests.support.graphs import answers_of, fill, graph, node, tie

FIELD = graph(
    node("u_1", name="甲物业"),
    node("u_9", name="孤"),
    node("r_1", name="檀香居民区"),
    node("r_2", name="北苑居民区"),
    node("b_1", name="甲支部"),
    node("b_2", name="乙支部"),
    node("m_1", name="王小明"),
    tie("u_1 MANAGES r_1", buildings="1-5"),
    tie("u_1 MANAGES r_2"),
    tie("m_1 EMPLOYED_BY u_1", position="经理"),
    tie("m_1 SECRETARY_OF b_1"),
    tie("m_1 AFFILIATED_WITH b_1"),
    tie("b_1 DUAL_MANAGED_WITH b_2"),
)


def context(store: Store, viewer: Viewer) -> PageContext:
    return PageContext(answers_of(store), viewer, Words(viewer.language), Path(), True)


@pytest.fixture
def held(store: Store) -> Store:
    fill(store, FIELD)
    return store


def test_each_list_reads_from_this_side_and_names_nobody(held: Store) -> None:
    masked = context(held, Viewer())
    assert groups_of(masked, "u_1") == {
        "管理": {"r_2": "北苑居民区", "r_1": "檀香居民区（1-5）"},
        "职工党员": {"m_1": "王**（经理）"},
    }
    assert groups_of(masked, "b_1") == {
        "书记": {"m_1": "王**"},
        "双重管理": {"b_2": "乙支部"},
        "所属党员": {"m_1": "王**"},
    }
    assert groups_of(masked, "b_2") == {"双重管理": {"b_1": "甲支部"}}
    clear = context(held, Viewer(names=True, language="en"))
    assert groups_of(clear, "u_1")["employs"] == {"m_1": "王小明 (经理)"}
    assert groups_of(clear, "m_1") == {
        "affiliated with": {"b_1": "甲支部"},
        "employed by": {"u_1": "甲物业 (经理)"},
        "secretary of": {"b_1": "甲支部"},
    }


def test_what_has_no_ties_or_is_not_there_has_no_lists(held: Store) -> None:
    assert groups_of(context(held, Viewer()), "u_9") == groups_of(context(held, Viewer()), "u_none") == {}
