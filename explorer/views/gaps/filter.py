"""The filters above the list of gaps; what is filtered stands in the link too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import streamlit as st

from explorer.gaps.gap_rows import CLEARED_NOW, OVERDUE, UNKNOWN, FindingRow, GapFilter
from explorer.page_context import PageContext
from explorer.views.shared.address import leads
from explorer.views.shared.navigation import set_gaps_filter, take_gaps_filter
from graph_model.coverage.areas import Locality
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS
from graph_model.findings.findings import GAP_STATUSES, LABEL, STATES
from graph_model.schema import node_type

_PART = "gaps-filter-"
# on a telephone two filters stand beside one another: one below the other they would fill the screen
_STYLE = """<style>
@media (max-width: 640px) {
  .st-key-gaps-filters [data-testid="stHorizontalBlock"] { flex-wrap: wrap; gap: .4rem .6rem; }
  .st-key-gaps-filters [data-testid="stColumn"] { min-width: calc(50% - .3rem); flex: 1 1 calc(50% - .3rem); }
}
</style>"""


def wanted(context: PageContext, rows: Sequence[FindingRow], places: Sequence[Locality] = ()) -> GapFilter:
    """Draw the filters; what they are set to. `places`: the sub-districts among them can be chosen whole."""
    _set()
    w, language = context.words, context.viewer.language
    titles = {r.finding.rule: r.title(language) for r in rows}
    areas = {a.key: a.name for a in sorted({a for r in rows for a in r.areas}, key=lambda a: a.order)}
    whole = {p.key: w("filter-whole", name=p.name) for p in places if p.label == "Subdistrict"}
    areas = {**whole, **areas}
    areas |= {"": w("filter-area-none")} if any(not r.areas for r in rows) else {}
    owners = {
        o: o or w("filter-owner-none")
        for o in sorted({r.finding.text("owner") for r in rows}, reverse=True)
    }
    states = {t.value: t.text.in_(language) for t in node_type(LABEL).property("state").terms}
    states = {s: states[s] for s in STATES} | {OVERDUE: w("state-overdue")}
    lives = {life: w(f"life-{life}") for life in (*GAP_STATUSES, CLEARED_NOW, UNKNOWN)}
    st.html(_STYLE)
    with st.container(key="gaps-filters"):
        natures = _natures(context, rows)
        found = _drawn(context, titles, areas, owners, states, lives)
    found = replace(found, natures=natures)
    _say(found)
    return found


def _natures(context: PageContext, rows: Sequence[FindingRow]) -> tuple[str, ...]:
    """The kinds of problems as groups, with how many of each there are now; none chosen means all but data."""
    w, language = context.words, context.viewer.language
    counts = Counter(r.nature for r in rows if r.open and not r.unknown)
    texts = {n: w("counted", text=t.in_(language), count=counts[n]) for n, t in NATURE_TEXTS.items()}
    if _drop_unknown("natures", {str(n): t for n, t in texts.items()}):
        st.info(w("link-unknown-filter"))
    chosen = st.pills(
        w("filter-nature"),
        list(texts),
        selection_mode="multi",
        format_func=texts.__getitem__,
        key=f"{_PART}natures",
        help=w("filter-nature-help"),
    )
    return tuple(chosen)


def _drawn(
    context: PageContext,
    titles: dict[str, str],
    areas: dict[str, str],
    owners: dict[str, str],
    states: dict[str, str],
    lives: dict[str, str],
) -> GapFilter:
    """The filters themselves, over what there is to choose from."""
    w, language = context.words, context.viewer.language
    severity_texts = {s: t.in_(language) for s, t in SEVERITY_TEXTS.items()}
    offered = {
        "rules": titles,
        "severities": severity_texts,
        "areas": areas,
        "owners": owners,
        "lives": lives,
        "states": states,
    }
    if any(_drop_unknown(name, options) for name, options in offered.items()):
        st.info(w("link-unknown-filter"))
    first = st.columns([2, 1.2, 1.4, 1.4], vertical_alignment="bottom")
    with first[0]:
        rules = _choose(w("filter-rule"), "rules", titles, w("filter-all"))
    with first[1]:
        severities = _choose(w("filter-severity"), "severities", severity_texts, w("filter-all"))
    with first[2]:
        chosen_areas = _choose(w("filter-area"), "areas", areas, w("filter-all"))
    with first[3]:
        chosen_owners = _choose(w("filter-owner"), "owners", owners, w("filter-all"))
    second = st.columns([2, 1.2, 1.4, 1.4], vertical_alignment="bottom")
    with second[0]:
        text = st.text_input(w("filter-text"), key=f"{_PART}text")
    with second[1]:
        chosen_lives = _choose(w("filter-life"), "lives", lives, w("filter-all"))
    with second[2]:
        chosen_states = _choose(w("filter-state"), "states", states, w("filter-all"))
    second[3].button(w("filter-clear"), on_click=_clear, width="stretch")
    return GapFilter(
        rules, severities, chosen_areas, chosen_owners, chosen_states, chosen_lives, text.strip()
    )


def _choose(label: str, name: str, options: dict[str, str], placeholder: str) -> tuple[str, ...]:
    key = f"{_PART}{name}"
    show: Callable[[str], str] = lambda value: options[value]  # noqa: E731
    return tuple(st.multiselect(label, list(options), format_func=show, placeholder=placeholder, key=key))


def _drop_unknown(name: str, options: dict[str, str]) -> bool:
    """Take out what the data do not offer (any more), which would be an error; whether there was any."""
    key = f"{_PART}{name}"
    asked = st.session_state.get(key, [])
    st.session_state[key] = [v for v in asked if v in options]
    return len(st.session_state[key]) < len(asked)


def _set() -> None:
    """Take over what another page, or the link, asks for."""
    asked = take_gaps_filter()
    follows = leads("filters") or f"{_PART}text" not in st.session_state
    if follows and asked is None:
        said = {f.name: st.query_params.get(f.name, "") for f in fields(GapFilter)}
        said["text"] = said["text"] or st.session_state.get(
            f"{_PART}text", ""
        )  # what is typed stays out of it
        asked = GapFilter(
            **{n: v if n == "text" else tuple(v.split(",")) if v else () for n, v in said.items()}  # type: ignore[arg-type]
        )
    if asked is not None:
        for field in fields(GapFilter):
            value = getattr(asked, field.name)
            st.session_state[f"{_PART}{field.name}"] = value if field.name == "text" else list(value)


def _clear() -> None:
    set_gaps_filter(GapFilter())


def _say(found: GapFilter) -> None:
    for field in fields(GapFilter):
        value = getattr(found, field.name)
        text = value if field.name == "text" else ",".join(value)
        # a name that was typed stays out of the address
        if text and field.name != "text":
            st.query_params[field.name] = text
        else:
            st.query_params.pop(field.name, None)
