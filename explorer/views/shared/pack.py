"""通报: the monthly pack as Word and PDF, and each of its annexes: made with progress, then taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer.page_context import PageContext
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.annexes import ANNEXES, Annex
from explorer.report.blocks import Report
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_annex, build_monthly_report
from explorer.report.words import REPORT_TEXTS
from graph_model.coverage.areas import Locality
from graph_model.errors import BranchmapError
from graph_model.progress import Progress

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_WRITERS: dict[str, Callable[[Report, Progress], bytes]] = {
    "docx": to_docx,
    "xlsx": annex_xlsx,
    "pdf": to_pdf,
}
_BUILDING = 0.6
"""How much of the bar is the report's; the rest is the file's."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be made: how its button is called, its name, its ending, its report, and its widgets' key."""

    label: str
    name: str
    ending: str
    report: Callable[[Progress], Report]
    key: str


def pack_buttons(context: PageContext, round_: str, *, key: str, place: Locality | None = None) -> None:
    """A button for each format makes the file and shows how far it is; then it can be taken along.

    `key` names the widgets within the page. `place`: the pack of that place only.
    """
    called = f"{place.name}-{round_}" if place else round_
    key = f"{key}-{place.key}" if place else key  # two places may have one name
    w = context.words
    files = [
        _File(
            w(f"gaps-pack-{ending}"),
            f"{w('gaps-pack')}-{called}.{ending}",
            ending,
            lambda on_step: build_monthly_report(
                context.answers, context.viewer, within=place, on_step=on_step
            ),
            f"{key}-{ending}",
        )
        for ending in ("docx", "pdf")
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{w('gaps-pack')}**", width="content")
        asked = [file for file in files if _offered(context, file)]
        _annexes(context, called, place, key=key)
    for file in asked:
        _make(context, file)


def _annexes(context: PageContext, called: str, place: Locality | None, *, key: str) -> None:
    """Choose an annex, and take it along as Excel or Word."""
    viewer = context.viewer
    said = {
        name: REPORT_TEXTS[f"page_{name}"].in_(viewer.language)
        for name in ("annexes", "which", "xlsx", "docx")
    }
    with st.popover(said["annexes"], icon=":material/attach_file:"):
        annex: Annex = st.selectbox(
            said["which"], ANNEXES, format_func=lambda a: a.title(viewer.language), key=f"{key}-annex"
        )
        for ending in ("xlsx", "docx"):
            file = _File(
                said[ending],
                f"{annex.title(viewer.language)}-{called}.{ending}",
                ending,
                lambda on_step: build_annex(context.answers, viewer, annex, within=place),  # noqa: ARG005 - it is one step
                f"{key}-annex-{ending}",
            )
            if _offered(context, file):
                _make(context, file)


def _offered(context: PageContext, file: _File) -> bool:
    """The button that makes the file, or the one that takes it along; whether it is to be made now."""
    kept = st.session_state.get(f"{file.key}-made")
    if kept is not None and kept[0] == _stamp(context, file):
        st.download_button(
            context.words("pack-take", what=file.label),
            kept[1],
            file.name,
            _MEDIA[file.ending],
            icon=":material/download:",
            on_click="ignore",
            type="primary",
            key=file.key,
        )
        return False
    return st.button(file.label, icon=":material/edit_document:", key=f"{file.key}-make")


def _make(context: PageContext, file: _File) -> None:
    """Make the file with a bar and a button to stop; an error stands in its place."""
    # pressing the button, or anything else, ends this run of the page at its next step, and nothing is kept
    w = context.words
    place = st.empty()
    with place.container(border=True):
        bar = st.progress(0.0, w("pack-making", what=file.label))
        st.button(w("pack-stop"), key=f"{file.key}-stop")

    def on_step(what: str, done: int, of: int) -> None:
        share = done / of if of else 1.0
        whole = _BUILDING * share if what == "pack" else _BUILDING + (1 - _BUILDING) * share
        bar.progress(min(whole, 1.0), w(f"pack-step-{what}", what=file.label, done=done, of=of))

    try:
        report = file.report(on_step)
        data = _WRITERS[file.ending](report, on_step)
    except BranchmapError as error:
        place.error(error.for_page.in_(context.viewer.language))
        return
    st.session_state[f"{file.key}-made"] = (_stamp(context, file), data)
    st.rerun()


def _stamp(context: PageContext, file: _File) -> tuple[object, ...]:
    """What a made file is of: other data, findings, dates or rights make it another one."""
    answers = context.answers
    return (file.name, answers.state().version, answers.revision(), answers.reckoning(), context.viewer)
