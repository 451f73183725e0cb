"""One ready question: its choices, its answer as a table and a picture."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from explorer import canvas
from explorer.explore.small_scene import neighborhood_scene
from explorer.export.file_names import file_stem
from explorer.lookup.find import Hit, names_of
from explorer.page_context import PageContext
from explorer.register.files import TABLE_MEDIA, table_file
from explorer.viewer import Viewer
from explorer.views.shared.address import leads
from explorer.views.shared.find_box import find_box
from explorer.views.shared.navigation import open_entity
from explorer.views.shared.save_picture import save_popover
from explorer.views.shared.widgets import picked_row, plain, tell_or_raise
from graph_model.coverage.catalogue import format_term
from graph_model.coverage.questions import Choice, Question, QuestionAnswer, as_keys, node_keys, thing_keys
from graph_model.errors import BranchmapError
from graph_model.schema import node_type

_MOST_DRAWN = 400


def _from_link(widget: str, name: str, options: list[str], default: str | None) -> None:
    """What the link says, where the choice follows it, and the first time that the choice is shown."""
    asked = st.query_params.get(name)
    if leads(widget) or widget not in st.session_state:
        st.session_state[widget] = asked if asked in options else default


def question_answer(context: PageContext, question: Question) -> None:
    """Draw the choices of a question and, once they are made, its answer; the address line says them."""
    w, language = context.words, context.viewer.language
    chosen: dict[str, str] = {}
    said: dict[str, str] = {}
    for choice in question.choices:
        value = _choose(context, question, choice)
        if value is not None:
            chosen[choice.name], said[choice.name] = value
    st.query_params.from_dict({"q": question.id, **chosen})
    st.subheader(plain(question.sentence(said, language)))
    if len(chosen) < len(question.choices):
        st.info(w("question-fill"))
        return
    try:
        answered = context.answers.ask_question(question, chosen)
    except BranchmapError as error:
        tell_or_raise(context.words, error)
        return
    _answer(context, question, answered, question.sentence(said, language))
    if question.own and not context.viewer.names:
        return  # its text may look for somebody by name
    with st.expander(w("gaps-cypher")):
        st.code(question.cypher, language="cypher")
        if chosen:
            st.code("\n".join(f"${name} = '{value}'" for name, value in chosen.items()), language="cypher")


def _choose(context: PageContext, question: Question, choice: Choice) -> tuple[str, str] | None:
    """What fills one blank, and how it reads; None while nothing is chosen."""
    w, language = context.words, context.viewer.language
    # the same blank keeps what was chosen from one question to the next
    widget = f"question-{language}-{choice.name}-{'-'.join(choice.labels) or question.id}"
    if choice.terms:
        texts = {t.value: t.text.in_(language) for t in choice.terms}
        _from_link(widget, choice.name, list(texts), next(iter(texts)))
        value = st.selectbox(
            _label(choice.text.in_(language)), list(texts), format_func=lambda v: texts[v], key=widget
        )
        return value, texts[value]
    things = names_of(context.answers, choice.labels)
    if things is None:
        return _choose_by_search(context, choice, widget)
    by_key = {t.key: t for t in things}
    _from_link(widget, choice.name, list(by_key), None)
    if st.session_state.get(widget) not in by_key:
        st.session_state[widget] = None
    key = st.selectbox(
        _label(choice.text.in_(language)),
        list(by_key),
        index=None,
        placeholder=w("question-blank"),
        format_func=lambda k: _called(context, by_key[k], len(choice.labels) > 1),
        key=widget,
    )
    return (key, by_key[key].caption) if key is not None else None


def _label(text: str) -> str:
    """A word of a sentence as a heading."""
    return text[:1].upper() + text[1:]


def _choose_by_search(context: PageContext, choice: Choice, widget: str) -> tuple[str, str] | None:
    """Where there are too many for a list: the search box, and what it gave last."""
    hit = find_box(context, key=widget)
    if hit is not None:
        st.session_state[widget] = hit
    elif leads(widget):
        st.session_state[widget] = st.query_params.get(choice.name)
    key = st.session_state.get(widget)
    node = context.answers.node(key)
    if node is None or node.label not in choice.labels:
        return None
    return node.key, context.viewer.caption(node.label, node.properties)


def _called(context: PageContext, hit: Hit, with_type: bool) -> str:
    kind = node_type(hit.label).text.in_(context.viewer.language)
    return f"{hit.caption} · {kind}" if with_type else hit.caption


def _answer(context: PageContext, question: Question, answered: QuestionAnswer, title: str) -> None:
    w = context.words
    if not answered.rows:
        st.info(w("question-nothing"))
        return
    names = {
        n.key: context.viewer.caption(n.label, n.properties)
        for n in context.answers.nodes(node_keys(question, answered.rows))
    }
    language = context.viewer.language
    table = pd.DataFrame(
        [
            {
                c.text.in_(language): _shown(row[c.name], names, w("list-comma"), context.viewer)
                if c.show == "node" or (c.show == "any" and thing_keys(row[c.name]))
                else _value(question, row[c.name], c.terms, context.viewer)
                for c in question.columns
            }
            for row in answered.rows
        ]
    )
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            w("question-rows", count=len(answered.rows))
            + (w("question-more") if answered.truncated else ""),
            width="content",
        )
        _take_along(context, table, title)
    first = next((c.name for c in question.columns if c.show != "value"), None)
    picked = picked_row(table, key=f"answer-{question.id}-{hash(answered.keys)}")
    row = None if picked is None else answered.rows[picked]
    lit = frozenset(k for k in row["keys"] if k) if row is not None else frozenset()
    if row is not None and first is not None:
        for key in thing_keys(row[first])[:1]:
            if st.button(
                w("question-open", name=plain(names.get(key) or str(context.viewer.value(key)))),
                key=f"open-{key}",
            ):
                open_entity(key)
    answer_picture(context, answered.keys, lit, title, f"question-{question.id}")


def _take_along(context: PageContext, table: pd.DataFrame, title: str) -> None:
    """The answer as it is shown, as a file of each format."""
    heads = tuple(map(str, table.columns))
    rows = tuple(tuple("" if v is None else str(v) for v in row) for row in table.itertuples(index=False))
    with st.popover(context.words("register-take"), icon=":material/download:"):
        for ending, media in TABLE_MEDIA.items():
            st.download_button(
                context.words(f"register-take-{ending}"),
                partial(table_file, heads, rows, context.viewer, title, ending),
                f"{file_stem(title, '', date.today())}.{ending}",
                media,
                on_click="ignore",
                key=f"question-take-{ending}",
            )


def _shown(value: Any, names: dict[str, str], joint: str, viewer: Viewer) -> str:
    return joint.join(names.get(key) or str(viewer.value(key)) for key in as_keys(value)) or "—"


def _value(question: Question, value: Any, terms: Any, viewer: Viewer) -> Any:
    if question.own:
        value = viewer.value(value, terms or ())
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool)
        else format_term(value, terms, viewer.language)
    )


def answer_picture(
    context: PageContext, keys: tuple[str, ...], lit: frozenset[str], title: str, name: str
) -> None:
    """Draw the things of an answer with the ties between them, the `lit` ones bright."""
    w = context.words
    drawn = keys[:_MOST_DRAWN]
    if not drawn:
        return
    if len(keys) > len(drawn):
        st.caption(w("graph-cut", limit=_MOST_DRAWN))
    scene = neighborhood_scene(
        context.answers, drawn, context.viewer, w, depth=0, focus=lit or frozenset(drawn[:1]), title=title
    )
    if not scene.nodes:
        return
    event = canvas.graph_canvas(scene, key=f"{name}-canvas", height=420)
    shown, look = canvas.visible_scene(scene, event)
    with st.container(width=220):
        save_popover(context, shown, look=look, key=f"{name}-save")
