"""The popover by which a picture is taken along: every format, made only when asked for."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from explorer.export.formats import FORMATS, SCALES, export
from explorer.page_context import PageContext
from explorer.scene.scene import Scene, ViewOptions
from explorer.views.shared.widgets import one_of

Width = Literal["stretch", "content"]


def save_popover(
    context: PageContext, scene: Scene, *, look: ViewOptions, key: str, width: Width = "stretch"
) -> None:
    """A button that opens the list of formats for what a canvas shows; `key` names it within the page."""
    w, language = context.words, context.viewer.language
    with st.popover(w("save-picture"), width=width, key=f"{key}-popover", on_change="rerun") as popover:
        if not popover.open:
            return
        scale = one_of(w("save-scale"), SCALES, lambda s: f"{s}×", default=2, key=f"{key}-scale")
        for ending, format_ in FORMATS.items():
            text = format_.text.in_(language)
            st.download_button(
                f"{text} · {scale}×" if format_.scaled else text,
                # made when the button is pressed: a picture of a large graph takes a second
                partial(export, scene, ending, scale=scale, look=look),
                f"{scene.file or w('save-file')}.{ending}",
                format_.media,
                on_click="ignore",
                key=f"{key}-{ending}",
                width="stretch",
            )
        st.caption(w("save-whole"))
        if not look.names:
            st.caption(w("save-unnamed"))
        st.caption(context.words("names-shown") if context.viewer.names else context.words("save-masked"))
