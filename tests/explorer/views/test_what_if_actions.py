"""What the gaps suggest to do; a site's own rule under the same name shows nobody by it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import LEFT_OUT, Viewer
from graph_model.coverage.catalogue import Catalogue, parse_rule, read_catalogue
from graph_model.profile import read_profile
from graph_model.store.store import Store
from graph_model.what_if import Action
from tests.support.graphs import fill, graph, node, staff, tie

OWN = """
title = { zh = "甲", en = "A" }
population = { zh = "单位", en = "Units" }
about = "Unit"
severity = "low"
clause = { zh = "丙", en = "C" }
advice = { zh = "丁", en = "D" }
params = {}
columns = {}
reasons = { none = { zh = "见", en = "See" } }
[cypher]
text = '''
MATCH (u:Unit)<-[:EMPLOYED_BY]-(m:Member)
WITH u.key AS key, m.name + '的单位' AS name, 'none' AS reason, 'gap' AS status'''
"""


def _page() -> None:
    import streamlit as st

    from explorer.views.what_if_actions import suggestions

    suggestions(st.session_state["context"], "2006-10", st.session_state["actions"])


def shown(store: Store, catalogue: Catalogue, viewer: Viewer, actions: list[Action]) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    answers = Answers(store, catalogue, read_profile())
    page.session_state["context"] = PageContext(answers, viewer, Words(viewer.language), Path(), True)
    page.session_state["actions"] = actions
    page.run()
    assert not page.exception
    return page


def test_a_unit_that_is_due_a_branch_is_suggested_and_ticked_where_it_was_chosen(store: Store) -> None:
    fill(store, graph(node("u_1", name="甲物业", status="operating"), staff("u_1", full=3)))
    catalogue = Catalogue((read_catalogue().rule("own_branch_due"),))
    for actions, ticked in (([], False), ([Action("found", ("u_1",))], True)):
        [table] = shown(store, catalogue, Viewer(language="en"), actions).dataframe
        assert table.value["about"].tolist() == ["甲物业"]
        assert table.value["tick"].tolist() == [ticked]
    assert not shown(store, Catalogue(()), Viewer(), []).dataframe


def test_a_rule_of_the_sites_own_shows_nobody(store: Store) -> None:
    fill(store, graph(node("u_1", name="甲物业"), node("m_1", name="王小明"), tie("m_1 EMPLOYED_BY u_1")))
    own = Catalogue((parse_rule("own_branch_due", OWN),))
    [masked] = shown(store, own, Viewer(), []).dataframe
    assert masked.value["about"].tolist() == [LEFT_OUT]
    [clear] = shown(store, own, Viewer(names=True), []).dataframe
    assert clear.value["about"].tolist() == ["王小明的单位"]
