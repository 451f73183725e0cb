"""The choice of place above the overview, kept in the address; and the comparison of the places."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.answers import Overview
from explorer.gaps.counts import compared_places
from explorer.page_context import PageContext
from explorer.views.overview.rates import shown_rate
from explorer.views.shared.address import leads
from explorer.views.shared.widgets import picked_row
from graph_model.coverage.areas import Locality
from graph_model.coverage.totals import main_rates

_CHOSEN = "overview-place"
_LINK = "place"


def choose_place(context: PageContext, seen: Overview) -> Locality | None:
    """A box to choose a sub-district or area; None is all that was surveyed. Nothing to choose where there is none."""
    w, places = context.words, {p.key: p for p in context.answers.localities()}
    if not places:
        return None
    if leads(_LINK):
        asked = st.query_params.get(_LINK, "")
        st.session_state[_CHOSEN] = asked if asked in places else ""
        if asked and asked not in places:
            st.info(w("link-unknown-place"))
    elif st.session_state.get(_CHOSEN, "") not in places:
        st.session_state[_CHOSEN] = ""
    name = str(seen.subdistrict.properties["name"]) if seen.subdistrict else w("app-name")
    texts = {"": w("place-all", name=name), **{k: _indented(p) for k, p in places.items()}}
    key = st.selectbox(
        w("place-choose"), list(texts), format_func=texts.__getitem__, key=_CHOSEN, width=360
    )
    if key:
        st.query_params[_LINK] = key
    else:
        st.query_params.pop(_LINK, None)
    return places.get(key)


def compare(context: PageContext, place: Locality | None) -> None:
    """A row for each sub-district with its areas below: rates and problems; a row can be chosen as the place."""
    w, language = context.words, context.viewer.language
    found = [f for f in compared_places(context.answers) if place is None or f.locality.above == place.key]
    if not found:
        return
    st.subheader(w("place-compare"))
    st.caption(w("place-compare-hint"))
    texts = {t.id: t.text.in_(language) for t in main_rates()}
    table = pd.DataFrame(
        [
            {
                w("overview-area"): _indented(of.locality) if place is None else of.locality.name,
                **{texts[r.id]: shown_rate(r) for r in of.rates if r.id in texts},
                w("place-problems"): of.problems,
            }
            for of in found
        ]
    )
    picked = picked_row(table, key=f"place-compare-{place.key if place else ''}")
    st.button(
        w("place-open"),
        disabled=picked is None,
        key="place-open",
        on_click=_choose,
        args=(found[picked].locality.key if picked is not None else "",),
    )


def _choose(key: str) -> None:
    st.session_state[_CHOSEN] = key


def _indented(place: Locality) -> str:
    return f"　{place.name}" if place.above else place.name
