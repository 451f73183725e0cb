"""The ready questions of this site: the built-in ones, then the site's own (data folder, questions/)."""

from __future__ import annotations

from pathlib import Path

from graph_model.coverage.questions import BUILT_IN, Questions, read_questions


def here(data: Path) -> Questions:
    """The questions of a site whose data lie in that folder; its own file replaces a built-in one of its name."""
    return read_questions((BUILT_IN, data / "questions"))
