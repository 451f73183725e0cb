"""The table beside the picture: the same nodes and the same selection, to sort and to choose from."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from explorer.explore.build_scene import SURVEY_LABELS
from explorer.page_context import PageContext
from explorer.scene.palette import RINGS
from explorer.scene.scene import Scene, SceneNode
from explorer.views.graph import state
from graph_model.schema import node_type

_HEIGHT = 560


def table(context: PageContext, scene: Scene) -> None:
    """The nodes on the screen; choosing rows lights them in the picture, and the other way round."""
    w, language = context.words, context.viewer.language
    one = state.selected()
    lit = set(state.chosen() or ((one,) if one else ()))
    first = _first(lit)
    nodes = sorted(
        scene.nodes, key=lambda n: (n.id not in first, SURVEY_LABELS.index(n.type), n.caption, n.id)
    )
    ties = Counter(end for edge in scene.edges for end in (edge.source, edge.target))
    rows = [
        {
            w("column-name"): n.caption,
            w("column-type"): node_type(n.type).text.in_(language),
            w("column-ties"): ties[n.id],
            w("column-gap"): RINGS[n.ring].text.in_(language) if n.ring else "",
        }
        for n in nodes
    ]
    key = f"graph-table-{state.table_turn()}"
    st.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        height=min(_HEIGHT, 38 + 35 * max(1, len(rows))),
        column_config={
            w("column-name"): st.column_config.TextColumn(width=130),
            w("column-type"): st.column_config.TextColumn(width=64),
            w("column-ties"): st.column_config.NumberColumn(width=54),
        },
        key=key,
        on_select=lambda: _chosen(key, nodes),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [i for i, n in enumerate(nodes) if n.id in lit]}},
    )


def _first(lit: set[str]) -> set[str]:
    """What was chosen in the picture comes first; what is chosen in the table leaves the order alone."""
    held: tuple[int, set[str]] | None = st.session_state.get("graph-table-first")
    if held is None or held[0] != state.table_turn():
        held = (state.table_turn(), lit)
        st.session_state["graph-table-first"] = held
    return held[1]


def _chosen(key: str, nodes: list[SceneNode]) -> None:
    picked = [nodes[i].id for i in st.session_state[key]["selection"]["rows"] if i < len(nodes)]
    state.select(picked[-1] if picked else None, picked if len(picked) > 1 else (), from_table=True)
