"""The address line: when it leads (a link, the browser's back and forward), and that one step is one entry of it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_PAGE, _TAKEN = "address-page", "address-taken"
_ENTRIES = """<script>
if (!window.branchmapEntries) {
  window.branchmapEntries = true;
  // What a page says in the address before anything was pressed on it belongs to its arrival, also where it comes
  // before the page's own path: an entry of its own would make the browser's back button do nothing.
  const { pushState, replaceState } = history;
  let arrived = true, said = null;
  history.pushState = function (state, title, url) {
    const { pathname, search } = new URL(url, location.href);
    const there = pathname !== location.pathname;
    const how = (there ? said === search : arrived) ? replaceState : pushState;
    said = there ? null : search;
    arrived ||= there;
    return how.call(history, state, title, url);
  };
  for (const kind of ["pointerdown", "keydown"])
    addEventListener(kind, () => { arrived = false; said = null; }, true);
}
</script>"""


def note_run(page: str) -> None:
    """At the beginning of each whole run: this page is shown now."""
    with st.container(key="address-unseen"):
        st.html(_ENTRIES, unsafe_allow_javascript=True)
    if travelled() or st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_TAKEN] = set()


def travelled() -> bool:
    """Whether the browser's back or forward button led to this run."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def leads(what: str) -> bool:
    """Whether `what` follows the address: once after the page was opened, or the browser went back or forth.

    Afterwards the address follows what is shown.
    """
    taken: set[str] = st.session_state.setdefault(_TAKEN, set())
    if what in taken:
        return False
    taken.add(what)
    return True
