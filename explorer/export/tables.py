"""A scene as an Excel workbook: a sheet of things, a sheet of ties; no cell can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from explorer.export.sheets import fit_columns, write_cell
from explorer.scene.palette import RINGS
from explorer.scene.scene import Scene
from graph_model.schema import NODE_TYPES
from graph_model.text import Text

_THINGS = Text("对象", "Things")
_TIES = Text("关系", "Ties")
_ABOUT = Text("说明", "About")
_THING_HEADINGS = (
    Text("类型", "Type"),
    Text("名称", "Name"),
    Text("问题", "Problem"),
    Text("关系数", "Ties"),
    Text("详情", "Details"),
    Text("标识", "Key"),
)
_TIE_HEADINGS = (
    Text("从", "From"),
    Text("关系", "Tie"),
    Text("到", "To"),
    Text("起点类型", "Type of origin"),
    Text("终点类型", "Type of end"),
    Text("起点标识", "Key of origin"),
    Text("终点标识", "Key of end"),
)


def to_xlsx(scene: Scene) -> bytes:
    """The workbook: what is on the screen, masked as it is there, with title and source on a sheet of its own."""
    language = scene.language
    book = Workbook()
    things = book.active
    if not isinstance(things, Worksheet):  # a new workbook has one; openpyxl's types do not say so
        raise TypeError("openpyxl made a workbook without a sheet")
    things.title = _THINGS.in_(language)
    degree: dict[str, int] = {}
    for edge in scene.edges:
        for end in {edge.source, edge.target}:
            degree[end] = degree.get(end, 0) + 1
    _sheet(
        things,
        [h.in_(language) for h in _THING_HEADINGS],
        (
            (
                _kind(n.type, language),
                n.caption,
                RINGS[n.ring].text.in_(language) if n.ring else "",
                degree.get(n.id, 0),
                n.detail,
                n.id,
            )
            for n in scene.nodes
        ),
    )
    by_id = {n.id: n for n in scene.nodes}
    ends = ((e, by_id[e.source], by_id[e.target]) for e in scene.edges)
    _sheet(
        book.create_sheet(_TIES.in_(language)),
        [h.in_(language) for h in _TIE_HEADINGS],
        (
            (
                a.caption,
                e.caption,
                b.caption,
                _kind(a.type, language),
                _kind(b.type, language),
                a.id,
                b.id,
            )
            for e, a, b in ends
        ),
    )
    _sheet(book.create_sheet(_ABOUT.in_(language)), [scene.title], [(scene.footer,)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _kind(label: str, language: str) -> str:
    known = NODE_TYPES.get(label)
    return known.text.in_("zh" if language == "zh" else "en") if known else label


def _sheet(sheet: Worksheet, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    for number, row in enumerate((headings, *rows), start=1):
        for column, value in enumerate(row, start=1):
            write_cell(sheet, number, column, value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    fit_columns(sheet, 1, min(sheet.max_row, 500))
