"""通报: the monthly pack as Word and PDF, and each of its annexes by itself, made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from explorer.answers import Answers
from explorer.page_context import PageContext
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.annexes import ANNEXES, Annex
from explorer.report.blocks import Report
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_annex, build_monthly_report
from explorer.report.words import REPORT_TEXTS
from explorer.viewer import Viewer
from graph_model.coverage.areas import Locality

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_Write = Callable[[Report], bytes]


def pack_buttons(context: PageContext, round_: str, *, key: str, place: Locality | None = None) -> None:
    """A button for each format; it turns a wheel while the file is made. `key` names them within the page.

    `place`: the pack of that place only.
    """
    called = f"{place.name}-{round_}" if place else round_
    w = context.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{w('gaps-pack')}**", width="content")
        for ending, media, make in (("docx", _DOCX, to_docx), ("pdf", "application/pdf", to_pdf)):
            st.download_button(
                w(f"gaps-pack-{ending}"),
                partial(_made, context.answers, context.viewer, place, make),
                f"{w('gaps-pack')}-{called}.{ending}",
                media,
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}-{ending}",
            )
        _annexes(context, called, place, key=key)


def _annexes(context: PageContext, called: str, place: Locality | None, *, key: str) -> None:
    """Choose an annex, and take it along as Excel or Word."""
    viewer = context.viewer
    said = {
        name: REPORT_TEXTS[f"page_{name}"].in_(viewer.language)
        for name in ("annexes", "which", "xlsx", "docx")
    }
    with st.popover(said["annexes"], icon=":material/attach_file:"):
        annex = st.selectbox(
            said["which"], ANNEXES, format_func=lambda a: a.title(viewer.language), key=f"{key}-annex"
        )
        writers: tuple[tuple[str, str, _Write], ...] = (
            ("xlsx", _XLSX, annex_xlsx),
            ("docx", _DOCX, to_docx),
        )
        for ending, media, make in writers:
            st.download_button(
                said[ending],
                partial(_annex_made, context.answers, viewer, annex, place, make),
                f"{annex.title(viewer.language)}-{called}.{ending}",
                media,
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}-annex-{ending}",
            )


def _made(answers: Answers, viewer: Viewer, place: Locality | None, make: _Write) -> bytes:
    return make(build_monthly_report(answers, viewer, within=place))


def _annex_made(
    answers: Answers, viewer: Viewer, annex: Annex, place: Locality | None, make: _Write
) -> bytes:
    return make(build_annex(answers, viewer, annex, within=place))
