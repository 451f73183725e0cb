"""The small pieces that several pages show."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.scene.picture_fonts import clean_line
from graph_model.coverage.catalogue import LOCAL_TEXT, NATURE_TEXTS, SEVERITY_TEXTS, Rule, Severity
from graph_model.errors import BranchmapError, StoreUnavailable
from graph_model.text import Language

P = ParamSpec("P")
T = TypeVar("T")
_LATE = "fault-of-a-button"
_SINCE = "store-gone-since"
_RETRY_SECONDS = 3.0
_JOINER = "\u2060"  # unseen; Markdown makes links of addresses even where their signs are escaped
_UNSEEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"
_CHIP_COLOURS = {"high": "red", "medium": "orange", "low": "gray"}


def severity_chip(severity: Severity, language: Language) -> None:
    """A severity as a coloured chip; the word says it too, for whoever cannot tell the colours."""
    st.badge(SEVERITY_TEXTS[severity].in_(language), color=_CHIP_COLOURS[severity])  # type: ignore[arg-type]


def rule_chips(rule: Rule, language: Language) -> None:
    """What kind of thing a rule finds, how grave it is, and that it is local practice where it is."""
    with st.container(horizontal=True, gap="small"):
        st.badge(NATURE_TEXTS[rule.nature].in_(language), color="blue")
        severity_chip(rule.severity, language)
        if rule.local:
            st.badge(LOCAL_TEXT.in_(language), color="gray")


def reckoned_by(context: PageContext) -> None:
    """Say above the page by which date periods are reckoned, where that is not today's."""
    said = context.answers.reckoning().notice
    if said is not None and context.answers.overview().round is not None:
        st.caption(said.in_(context.words.language))


def picked_row(table: pd.DataFrame, *, key: str, height: int | Literal["auto"] = "auto") -> int | None:
    """A table of which one row can be chosen; the number of that row, None where none is, or it is there no more."""
    chosen = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=height,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    ).selection.rows
    return chosen[0] if chosen and chosen[0] < len(table) else None


def ticks(values: Sequence[bool]) -> pd.Series[bool]:
    """A column of ticks for a table that is edited: one that has an empty value, which the Delete key gives."""
    return pd.Series(list(values), dtype="boolean")


def tell_fault(words: Words, error: BranchmapError, *, after: str = "error-next") -> None:
    """What went wrong; what speaks to the person who runs this is folded away, and then the text `after` follows."""
    st.error(error.for_page.in_(words.language))
    if error.folded is not None:
        if error.for_page != error.text:
            st.caption(words(after))
        details(words, error.folded.in_(words.language))


def tell_faults(words: Words, heading: str, faults: Sequence[BranchmapError]) -> None:
    """What is set up wrongly, for the person who runs this: a heading, the faults folded away; nothing where none."""
    if faults:
        st.warning(heading)
        details(words, "\n".join(fault.whole.in_(words.language) for fault in faults))


def tell_or_raise(words: Words, error: BranchmapError) -> None:
    """The same for a part of a page; a store that is gone is raised: the whole page says so, and offers a retry."""
    if isinstance(error, StoreUnavailable):
        raise error
    tell_fault(words, error)


def details(words: Words, text: str) -> None:
    """Folded away: what speaks to the person who runs this."""
    with st.expander(words("error-details")):
        st.code(text, language=None, wrap_lines=True)


def store_fault(words: Words, error: BranchmapError, *, bundled: bool) -> None:
    """The same, with what to do next and a button that opens the store anew and stays on the page."""
    if bundled and isinstance(error, StoreUnavailable):
        st.error(words("error-engine-gone"))
        details(words, error.whole.in_(words.language))
    else:
        tell_fault(words, error, after="error-next-bundled" if bundled else "error-next")
    if st.button(words("error-retry"), type="primary", key="wrong-retry"):
        st.cache_resource.clear()  # the store is opened anew
        st.rerun()
    if isinstance(error, StoreUnavailable):
        st.session_state[_SINCE] = time.monotonic()
        _try_again()


@st.fragment(run_every=_RETRY_SECONDS)
def _try_again() -> None:
    """Make the whole page again after a moment, as its button would: a store that came back is then shown."""
    if time.monotonic() - st.session_state.get(_SINCE, 0.0) > _RETRY_SECONDS / 2:  # else: drawn just now
        st.rerun()


def late(act: Callable[P, None]) -> Callable[P, None]:
    """What a button does, with its faults kept for `told_late`: Streamlit would show them as a traceback."""

    @wraps(act)
    def done(*given: P.args, **named: P.kwargs) -> None:
        try:
            act(*given, **named)
        except BranchmapError as error:
            st.session_state[_LATE] = error

    return done


def told_late() -> None:
    """Raise the fault of the button that was pressed, where it had one."""
    error: BranchmapError | None = st.session_state.pop(_LATE, None)
    if error is not None:
        raise error


def icon_button(where: Any, icon: str, text: str, *, key: str, **how: Any) -> bool:
    """A button that shows a sign only; its text is what a screen reader says, and the help beside the pointer.

    `where` is st, or the column that it stands in. Streamlit would call a button without text "undo icon".
    """
    st.html(f"<style>.st-key-{key} button [data-testid='stMarkdownContainer'] {{ {_UNSEEN} }}</style>")
    return bool(where.button(text, icon=icon, help=text, key=key, **how))


def one_of(
    label: str, options: Sequence[T], says: Callable[[T], str], *, default: T, key: str, bare: bool = False
) -> T:
    """Options in a row, of which one is always chosen; pressing the chosen one changes nothing.

    `default` is chosen where the session holds none of them under `key`. `bare` leaves the label to screen readers.
    """
    if st.session_state.get(key) not in options:
        st.session_state[key] = default
    st.segmented_control(
        label,
        options,
        required=True,
        format_func=says,
        key=key,
        label_visibility="collapsed" if bare else "visible",
    )
    chosen: T = st.session_state[key]
    return chosen


def plain(text: str) -> str:
    """Text that came from a workbook or a person, on one line, with Markdown's own signs made harmless.

    >>> plain("a*b\\n<i>")
    'a\\\\*b \\\\<i\\\\>'
    """
    unlinked = re.sub(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", _JOINER, clean_line(text), flags=re.IGNORECASE)
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:&^=" else c for c in unlinked)
