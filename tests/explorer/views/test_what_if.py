"""What a what-if closes and opens: nobody is named by a site's own rule, and its title is text."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, parse_rule
from graph_model.profile import read_profile
from graph_model.store.store import Store
from graph_model.what_if import Action
from tests.support.graphs import fill, graph, node, tie

OWN = """
title = { zh = "甲*乙", en = "A*B" }
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
OPTIONAL MATCH (b:Branch)-[:ORGANISED_IN]->(u)
WITH u, m, count(b) AS branches
WITH u.key AS key, m.name + '的单位' AS name, CASE WHEN branches = 0 THEN 'none' ELSE '' END AS reason,
     CASE WHEN branches = 0 THEN 'gap' ELSE 'ok' END AS status'''
"""


def _page() -> None:
    import streamlit as st

    from explorer.views.what_if import what_if

    what_if(st.session_state["context"])


def test_the_gaps_that_an_action_closes_name_nobody_who_may_not_be_named(store: Store) -> None:
    fill(store, graph(node("u_1", name="甲物业"), node("m_1", name="王小明"), tie("m_1 EMPLOYED_BY u_1")))
    answers = Answers(store, Catalogue((parse_rule("mine", OWN),)), read_profile())
    for viewer, line in (
        (Viewer(), "- 甲\\*乙：\\*\\*"),
        (Viewer(names=True, language="en"), "- A\\*B: 王小明的单位"),
    ):
        page = AppTest.from_function(_page, default_timeout=120)
        page.session_state["context"] = PageContext(answers, viewer, Words(viewer.language), Path(), True)
        page.session_state["whatif-actions"] = [Action("found", ("u_1",))]
        page.run()
        assert not page.exception
        assert line in [m.value for m in page.markdown]
        assert viewer.names or "小明" not in repr([m.value for m in page.markdown])
