"""The context handed to every page: answers, viewer, texts, data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PageContext:
    """One person at one screen. Built by app.py for each run; pages only read it."""

    answers: Answers
    viewer: Viewer
    words: Words
    data: Path
    bundled: bool = True
    """Whether the store is the bundled engine, which a page can start again."""
