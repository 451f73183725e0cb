"""详情: one page for one thing: facts, gaps with their clause, ties, picture, timeline, notes; made to print."""

from __future__ import annotations

import streamlit as st

from explorer import canvas
from explorer.explore.exploration import Exploration
from explorer.explore.shown_cypher import shown_cypher
from explorer.explore.small_scene import neighborhood_scene
from explorer.lookup.entity import Entity, GapHit, Relationships, entity
from explorer.page_context import PageContext
from explorer.views.organisations import organisations_table
from explorer.views.shared.area_counts import gaps_inside
from explorer.views.shared.find_box import find_box
from explorer.views.shared.navigation import entity_link, open_entity
from explorer.views.shared.notes_view import notes_view
from explorer.views.shared.save_picture import save_popover
from explorer.views.shared.widgets import plain, severity_chip
from graph_model.text import spoken_date

_KEY = "entity-key"
_FEW = 24
_STYLE = """<style>
@media print {
  .st-key-entity-find, .st-key-entity-acts, .st-key-entity-cypher, .st-key-entity-note-form,
  [class*="st-key-entity-rule-"] {
    display: none !important; }
  .st-key-entity-body [data-testid="stHorizontalBlock"] { display: block !important; }
  .st-key-entity-body [data-testid="stColumn"] { width: 100% !important; }
  .st-key-entity-picture { break-inside: avoid; }
}
.st-key-entity-facts table { width: 100%; }
.st-key-entity-facts thead { display: none; }
.st-key-entity-facts td:first-child { opacity: .75; width: 38%; }
.st-key-entity-facts td:last-child { opacity: .75; font-size: .8em; text-align: right; width: 14%; }
.st-key-entity-facts td { overflow-wrap: anywhere; }
.st-key-entity-acts [data-testid="stPageLink"] a, [class*="st-key-entity-rule-"] a { text-decoration: underline; }
.stMainBlockContainer h1 { overflow-wrap: anywhere; }
[data-testid="stPageLink"] a { padding: .1rem .4rem; }
[data-testid="stPageLink"] p { overflow-wrap: anywhere; white-space: normal; }
</style>"""
_PRINT_NOW = "<script>setTimeout(function () { window.print(); }, 300);</script>"


def entity_page(context: PageContext) -> None:
    """The page of the thing that the link names; without one, the box to find it by."""
    w = context.words
    st.html(_STYLE)
    with st.container(key="entity-find"):
        chosen = find_box(context, key="entity-box")
    if chosen:
        open_entity(chosen)
    key = st.query_params.get("key")
    if not key:
        st.title(w("page-entity"))
        st.info(w("entity-none"))
        return
    found = entity(context.answers, key, context.viewer, w, context.data)
    if found is None:
        st.title(w("page-entity"))
        st.warning(w("entity-unknown"))
        return
    # a link from this page to itself reaches the session, but not the browser's address by itself
    st.query_params["key"] = key
    _draw(context, found)


def _draw(context: PageContext, found: Entity) -> None:
    w = context.words
    st.title(plain(found.caption) or "—")
    st.caption(found.kind)
    scene = neighborhood_scene(context.answers, (found.key,), context.viewer, w)
    with st.container(key="entity-acts", horizontal=True):
        st.page_link(
            st.session_state["pages"]["graph"],
            label=w("entity-graph"),
            query_params={"focus": found.key},
            width="content",
        )
        saving = st.container(width=220)  # filled when the canvas has said what it shows
        if st.button(w("entity-print"), key="entity-print"):
            st.html(_PRINT_NOW, unsafe_allow_javascript=True)
    with st.container(key="entity-body"):
        left, right = st.columns([2, 3], gap="large")
        with left:
            _facts(context, found)
            _gaps(context, found.gaps)
            gaps_inside(context, found.key, found.label)
            _timeline(context, found)
        with right:
            with st.container(key="entity-picture"):
                st.subheader(w("gaps-picture"))
                event = canvas.graph_canvas(scene, key=f"entity-canvas-{found.key}", height=380)
                with st.container(key="entity-cypher"), st.expander(w("graph-cypher")):
                    st.code(shown_cypher(Exploration((found.key,))), language="cypher", wrap_lines=True)
                shown, look = canvas.visible_scene(scene, event)
                with saving:
                    save_popover(context, shown, look=look, key="entity-save")
            organisations_table(context, found.key, found.label)
            _ties(context, found)
            notes_view(context, found.key)
    if event.double_clicked and event.double_clicked != found.key:
        open_entity(event.double_clicked)


def _facts(context: PageContext, found: Entity) -> None:
    w = context.words
    st.subheader(w("panel-facts"))
    with st.container(key="entity-facts"):
        lines = [f"| {plain(f.heading)} | {plain(f.value)} | {f.cell} |" for f in found.facts]
        if lines:
            st.markdown("\n".join(("| | | |", "|---|---|---|", *lines)))
        else:
            st.caption(w("entity-no-facts"))
        if found.unknown:
            st.caption(
                w("pair", heading=w("entity-left-empty"), value=plain(w("list-comma").join(found.unknown)))
            )
        if found.source:
            st.caption(w("pair", heading=w("panel-source"), value=plain(found.source)))


def _gaps(context: PageContext, gaps: tuple[GapHit, ...]) -> None:
    w = context.words
    st.subheader(w("panel-gaps"))
    if not gaps:
        st.caption("✓ " + w("gaps-none"))
    for hit in gaps:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                if hit.status == "gap":
                    severity_chip(hit.severity, context.viewer.language)
                else:
                    st.badge(w("entity-unknown-chip"), color="gray")
                st.markdown(f"**{plain(hit.title)}**")
            lines = (
                ("gaps-why", hit.reason),
                ("gaps-clause", hit.clause),
                ("gaps-advice", hit.advice),
            )
            st.markdown(
                "  \n".join(w("pair", heading=w(id_), value=plain(text)) for id_, text in lines if text)
            )
            with st.container(key=f"entity-rule-{hit.rule}"):
                st.page_link(
                    st.session_state["pages"]["gaps"],
                    label=w("entity-rule"),
                    query_params={"rule": hit.rule},
                    width="content",
                )


def _ties(context: PageContext, found: Entity) -> None:
    w = context.words
    st.subheader(w("panel-ties"))
    if found.cut:
        st.warning(w("entity-cut"))
    if not found.ties:
        st.caption(w("entity-no-ties"))
    for at, ties in enumerate(found.ties):
        st.markdown(f"**{plain(w('counted', text=ties.text, count=len(ties.to)))}**")
        _tie_list(context, ties, at, found.key)


def _tie_list(context: PageContext, ties: Relationships, at: int, key: str) -> None:
    w = context.words
    every = len(ties.to) <= _FEW or st.session_state.get(f"entity-all-{key}-{at}", False)
    with st.container(horizontal=True, gap="small"):
        for end in ties.to if every else ties.to[:_FEW]:
            said = f"{end.caption} · {end.says}" if end.says else end.caption
            entity_link(end.key, said if len(said) <= 120 else said[:119] + "…", help=end.source)
        if not every:
            st.toggle(w("panel-more", count=len(ties.to) - _FEW), key=f"entity-all-{key}-{at}")


def _timeline(context: PageContext, found: Entity) -> None:
    w = context.words
    st.subheader(w("entity-timeline"))
    if not found.timeline:
        st.caption(w("entity-no-timeline"))
        return
    st.markdown(
        "\n".join(
            f"- **{plain(spoken_date(e.date, context.viewer.language))}**  {plain(e.text)}"
            for e in found.timeline
        )
    )
    if found.note:
        st.caption(found.note)
