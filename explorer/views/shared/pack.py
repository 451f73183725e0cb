"""月报: the monthly pack as Word and PDF, made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from explorer.answers import Answers
from explorer.page_context import PageContext
from explorer.report.blocks import Report
from explorer.report.docx import to_docx
from explorer.report.pdf import to_pdf
from explorer.report.report import build_monthly_report
from explorer.viewer import Viewer

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pack_buttons(context: PageContext, round_: str, *, key: str) -> None:
    """A button for each format; it turns a wheel while the file is made. `key` names them within the page."""
    w = context.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{w('gaps-pack')}**", width="content")
        for ending, media, make in (("docx", _DOCX, to_docx), ("pdf", "application/pdf", to_pdf)):
            st.download_button(
                w(f"gaps-pack-{ending}"),
                partial(_made, context.answers, context.viewer, make),
                f"{w('gaps-pack')}-{round_}.{ending}",
                media,
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}-{ending}",
            )


def _made(answers: Answers, viewer: Viewer, make: Callable[[Report], bytes]) -> bytes:
    return make(build_monthly_report(answers, viewer))
