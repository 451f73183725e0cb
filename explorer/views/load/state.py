"""What the load page remembers between runs: the checked files and what came of the check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st

from explorer.loading.blind_load import SeenLoad, as_seen
from explorer.loading.loads import check as check_load
from explorer.loading.upload_names import upload_names
from explorer.page_context import PageContext
from explorer.views.shared.widgets import tell_fault
from graph_model.errors import BranchmapError
from graph_model.keys import site_keys
from graph_model.progress import ProgressStep
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from loaders.codes.row_codes import Struck
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.temp_dir import TempDir

_KEY = "load-checked"
_COUNT = "load-checks"
_STEPS = frozenset(ProgressStep)


@dataclass(frozen=True, slots=True)
class Checked:
    """Files that were checked. They lie in a folder that only this account can read, until this is dropped.

    `seen`: the load as the viewer may see it; `prepared` is what is written. `passwords`: of the workbooks that have
    one, in memory alone, until this is dropped. `number`: of the check, another one each time.
    """

    folder: TempDir
    round: str
    complete: bool
    prepared: PreparedLoad
    seen: SeenLoad
    passwords: tuple[str, ...] = field(default=(), repr=False)
    number: int = 0


def checked() -> Checked | None:
    """What was checked last and is neither loaded nor given up."""
    found: Checked | None = st.session_state.get(_KEY)
    return found


def forget() -> None:
    """Give up what was checked, with its files."""
    found: Checked | None = st.session_state.pop(_KEY, None)
    st.session_state.pop("load-choice", None)
    st.session_state.pop("load-struck", None)
    if found is not None:
        found.folder.close()


def check(context: PageContext, files: list[Any], round_: str, complete: bool) -> None:
    """Lay out the uploaded files and check them; what is wrong with the whole is shown on the page."""
    forget()
    folder = TempDir()
    for file, name in zip(files, upload_names([f.name for f in files]), strict=True):
        (folder.path / name).write_bytes(file.getbuffer())
    prepared = _prepared(context, folder.path, round_, complete, clean_rows=False)
    if prepared is None:
        folder.close()
    else:
        st.session_state[_KEY] = Checked(folder, round_, complete, *prepared, number=_next_number())


def check_again(
    context: PageContext,
    *,
    clean_rows: bool,
    struck: Struck | None = None,
    answers: MatchAnswers = NO_ANSWERS,
    password: str | None = None,
) -> bool:
    """Check the same files once more: after an answer, or with another choice. False where that failed.

    `struck`: what becomes of rows that are struck through; by default what was chosen before. `answers`: about
    foreign sheets and words, added to those given before. `password`: one more that is tried.
    """
    found = checked()
    if found is None:
        return False
    # the clean rows alone are never a complete round: what was left out is not gone
    complete = found.complete and not clean_rows
    request = found.prepared.request
    passwords = (*found.passwords, password) if password else found.passwords
    prepared = _prepared(
        context,
        found.folder.path,
        found.round,
        complete,
        clean_rows=clean_rows,
        struck=struck or request.struck,
        answers=request.answers.updated(answers),
        passwords=passwords,
    )
    if prepared is not None:
        st.session_state[_KEY] = replace(
            found, prepared=prepared[0], seen=prepared[1], passwords=passwords, number=_next_number()
        )
    return prepared is not None


def _next_number() -> int:
    number: int = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    return number


def _prepared(
    context: PageContext,
    folder: Path,
    round_: str,
    complete: bool,
    *,
    clean_rows: bool,
    struck: Struck = "ask",
    answers: MatchAnswers = NO_ANSWERS,
    passwords: tuple[str, ...] = (),
) -> tuple[PreparedLoad, SeenLoad] | None:
    """The load, and as the viewer may see it."""
    w = context.words
    with st.status(w("load-checking"), expanded=True) as status:
        # pressing it ends this run of the page, and with it the check; nothing has been written
        st.button(w("load-cancel"), key=f"load-stop-{clean_rows}-{struck}")
        bar = st.progress(0.0)

        def on_progress(what: str, done: int, of: int) -> None:
            bar.progress(
                min(done / of, 1.0) if of else 1.0,
                w("load-step", what=step_name(context, what), done=done, of=of),
            )

        try:
            request = LoadRequest(
                sorted(folder.iterdir()),  # each by itself: a .zip is then read too
                site_keys(context.data, context.answers.store.state().site),
                round=round_,
                complete=complete,
                data=context.data,
                clean_rows=clean_rows,
                struck=struck,
                answers=answers,
                passwords=passwords,
            )
            prepared = check_load(context.answers, request, on_progress)
            seen = as_seen(prepared, context.viewer, context.answers.store, context.data)
        except BranchmapError as error:
            status.update(state="error")
            tell_fault(context.words, error)
            return None
        status.update(label=w("load-checked"), state="complete", expanded=False)
    return prepared, seen


def step_name(context: PageContext, what: str) -> str:
    """What a step of the loader or the store is called; a type of the schema is called as it is there."""
    if what in _STEPS:
        return context.words(f"load-step-{what}")
    declared = NODE_TYPES.get(what) or EDGE_TYPES.get(what)
    return declared.text.in_(context.viewer.language) if declared else what
