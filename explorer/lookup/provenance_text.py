"""Where a thing was read: file, sheet, row, and the cells where they are known. In words; no drawing here."""

from __future__ import annotations

from pathlib import Path

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.viewer import Viewer
from graph_model.errors import BranchmapError
from graph_model.graph import Place
from loaders.history.load_log import LoadEntry, lineage
from loaders.map.column_map import CellMap, cell_map


def loads_of(answers: Answers, data: Path) -> tuple[LoadEntry, ...]:
    """The loads behind what the store holds, newest first; asked once a load. Raises what `lineage` raises."""
    return answers.remember(("lineage", data), lambda: lineage(data, answers.store))


def cells_at(answers: Answers, data: Path, place: Place) -> CellMap | None:
    """The cells of the row at a place; None where the load was made elsewhere, or its history is damaged."""
    try:
        loads = loads_of(answers, data)
    except BranchmapError:
        return None  # the load page says it; here the row alone is shown
    for load in loads:
        if load.round == place.round and (found := cell_map(load.columns, place)):
            return found
    return None


def source_text(place: Place, found: CellMap | None, words: Words, viewer: Viewer) -> str:
    """The place in a sentence; people's names in it are masked where the viewer may not see them."""
    file, sheet = viewer.place_name(place.file), viewer.place_name(place.sheet)
    if found is None:
        return words("panel-source-at", round=place.round, file=file, sheet=sheet, row=str(place.row))
    return words("panel-source-cells", round=place.round, file=file, sheet=sheet, cells=found.row)
