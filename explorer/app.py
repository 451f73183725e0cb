"""The Streamlit entry: opens the store once, lists the pages, hands each its context."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.loading.loads import settle
from explorer.page_context import PageContext
from explorer.settings import Settings, read
from explorer.viewer import Viewer
from explorer.views.entity import entity_page
from explorer.views.first_steps import first_steps, sample_note
from explorer.views.gaps.page import gaps
from explorer.views.graph.page import graph
from explorer.views.load.page import load
from explorer.views.overview.page import overview
from explorer.views.questions.page import questions
from explorer.views.register.page import register
from explorer.views.shared.address import note_run
from explorer.views.shared.widgets import one_of, reckoned_by, store_fault
from explorer.views.what_if import what_if
from graph_model.connect import open_store
from graph_model.engine.lifecycle import running_url
from graph_model.errors import BranchmapError, file_error
from graph_model.text import Language

_PAGES = (
    ("overview", overview),
    ("graph", graph),
    ("register", register),
    ("gaps", gaps),
    ("what-if", what_if),
    ("questions", questions),
    ("entity", entity_page),
    ("load", load),
)
FIRST = "overview"
# pages that things lead to, and that show nothing by themselves
_UNLISTED = ("entity",)
# tighter than Streamlit's own: a picture needs the room
_STYLE = """<style>
.stMainBlockContainer { padding: 3.6rem 2rem 3rem; max-width: 1500px; }
.stMainBlockContainer h1 { font-size: 1.7rem; padding: 0 0 .4rem; }
.stMainBlockContainer h3 { font-size: 1.15rem; padding: .8rem 0 .5rem; }
[data-testid="stMetricValue"] { font-size: 1.7rem; }
[data-testid="stMetricLabel"], [data-testid="stMetricLabel"] * {
  white-space: normal !important; height: auto !important; }
/* what only listens takes no room, not even a gap */
[class*="-unseen"] { display: none; }
:is(a, button, summary, [tabindex]):focus-visible, :is(.stCheckbox, .stRadio) label:has(:focus-visible) {
  outline: 3px solid #1f6fd0; outline-offset: 2px; }
/* one ring round the whole of a field, inside of it, where nothing cuts it off; not round the part for the text */
:is(.stTextInput, .stTextArea, .stNumberInput, .stSelectbox, .stMultiSelect) :is(input, textarea):focus-visible {
  outline: none; }
:is([data-testid="stTextInputRootElement"], [data-testid="stTextAreaRootElement"],
  [data-testid="stNumberInputContainer"], .react-aria-ComboBox > div):has(:is(input, textarea):focus-visible) {
  outline: 3px solid #1f6fd0; outline-offset: -3px; border-color: transparent; }
/* Streamlit's own grey is too pale to be read by all: 4.5 to 1 at least */
[data-testid="stCaptionContainer"] { color: inherit; opacity: .74; }
/* "Press Enter to apply": Streamlit says it in English only */
[data-testid="InputInstructions"] { display: none; }
/* a figure that leads to what it counts looks like a link, and stands as close as text does */
[class*="st-key-list-"] button { min-height: 1.6rem; padding: 0 .1rem; }
[class*="st-key-list-"] button p { text-decoration: underline; text-underline-offset: .2em; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.6rem .8rem 2rem; } }
/* On paper there is nothing to press, and what is scrolled on the screen is whole. */
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
  .stButton, .stDownloadButton, .stTextInput, .stSelectbox, [data-testid="stPopover"], [role="tablist"] {
    display: none !important; }
  html, body, .stApp, .stMain, [data-testid="stAppViewContainer"] {
    position: static !important; overflow: visible !important; height: auto !important; background: #fff !important; }
  .stMainBlockContainer { padding: 0 !important; max-width: none !important; }
  .stMain *, .stMain a { color: #000 !important; text-decoration: none !important; }
  [data-testid="stHorizontalBlock"]:has(.stBidiComponent) { display: block !important; }
  [data-testid="stHorizontalBlock"]:has(.stBidiComponent) > [data-testid="stColumn"] {
    width: 100% !important; }
  [data-testid="stVerticalBlockBorderWrapper"], [data-testid="stAlert"] { break-inside: avoid; }
  .stMain, .stMain [data-testid] { max-width: 100% !important; min-width: 0 !important; box-sizing: border-box; }
  @page { margin: 16mm; }
}
</style>"""
_ICON = Path(__file__).parent / "static" / "icon.png"
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class _Opened:
    """The store behind all pages, and how it is closed."""

    answers: Answers
    close: Callable[[], None]


def _runs(opened: _Opened) -> bool:
    """Whether the engine that a store was opened on still runs; a server's driver comes back by itself."""
    settings = read(os.environ)
    return settings.store is not None or running_url(settings.data) == opened.answers.store.url


def _left(opened: _Opened) -> None:
    if not _runs(opened):  # else another page may be asking it just now
        opened.close()


@st.cache_resource(show_spinner=False, validate=_runs, on_release=_left)
def _opened(_settings: Settings) -> _Opened:
    """One connection for the whole process, closed when it ends; opened anew where the engine has ended."""
    stack = ExitStack()
    atexit.register(stack.close)
    store = stack.enter_context(open_store(_settings.choice()))
    answers = Answers(store, _settings.catalogue(), _settings.profile())
    settle(answers, _settings.data)
    return _Opened(answers, stack.close)


def main() -> None:
    """Draw one run of the app."""
    settings = read(os.environ)
    language: Language = st.session_state.get("language") or settings.language
    words = Words(language)
    st.set_page_config(page_title=words("app-name"), layout="wide", page_icon=str(_ICON))
    st.html(_STYLE)
    viewer = Viewer(names=settings.names, language=language)
    bundled = settings.store is None

    def context() -> PageContext:
        with st.spinner(words("opening")):
            answers = _opened(settings).answers
        answers.refresh()
        return PageContext(answers, viewer, words, settings.data, bundled)

    # the pages are named before the store is opened: without it, the address still means the same page
    pages = {
        name: st.Page(
            _bound(view, context),
            title=words(f"page-{name}"),
            url_path=name if name != FIRST else "first",
            default=name == FIRST,
            visibility="hidden" if name in _UNLISTED else "visible",
        )
        for name, view in _PAGES
    }
    st.session_state["pages"] = pages
    # the first page answers at the bare address; who writes its name behind it means the same
    named = st.Page(
        lambda: st.switch_page(pages[FIRST]),
        title=words(f"page-{FIRST}"),
        url_path=FIRST,
        visibility="hidden",
    )
    chosen = st.navigation([*pages.values(), named])
    note_run(chosen.url_path)
    st.set_page_config(initial_sidebar_state="collapsed" if chosen is pages["graph"] else "auto")
    with st.sidebar:
        one_of(
            words("language"), list(_LANGUAGES), _LANGUAGES.__getitem__, default=language, key="language"
        )
        st.caption(words("names-shown") if viewer.names else words("names-masked"))
        _help(words, next((name for name, page in pages.items() if page is chosen), FIRST))
    try:
        chosen.run()
    except (BranchmapError, OSError) as error:
        st.title(words("error-title"))
        fault = file_error(error) if isinstance(error, OSError) else error
        store_fault(words, fault, bundled=bundled)


def _help(words: Words, page: str) -> None:
    """What the page is for, and the words that are used on it."""
    with st.popover(words("help"), icon=":material/help:"):
        st.markdown(words(f"help-{page}"))
        st.markdown(f"**{words('help-words')}**\n\n{words('help-glossary')}")


def _bound(view: Callable[[PageContext], None], context: Callable[[], PageContext]) -> Callable[[], None]:
    """A page without arguments, as Streamlit wants it; the store is opened when the page is made."""

    def page() -> None:
        found = context()
        if view is not load and found.answers.overview().round is None:
            first_steps(found)
            return
        with st.sidebar:
            sample_note(found)
        if view is not graph:  # which says it over its picture
            reckoned_by(found)
        view(found)

    return page


main()
