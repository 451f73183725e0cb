"""The work list (整改台账): problems as an Excel workbook ready to print, a sheet for each area or owner."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from explorer.export.sheets import sheet_title, text_columns, write_cell
from explorer.gaps.gap_report_rows import (
    SEVERITY_ORDER,
    GapItem,
    group_by_area,
    group_by_owner,
    severity_counts,
)
from explorer.report.words import OFFICE, RESPONSIBLE, tell_dates, tell_day
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import SEVERITY_TEXTS
from graph_model.text import Language, Text, counted

GroupBy = Literal["area", "owner"]
TITLE = Text("党建覆盖问题整改台账", "Work list of coverage problems")
NO_AREA = Text("不属于任何区域", "In no area")
NO_OWNER = Text("未指定责任人", "No owner yet")

_COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("序号", "No."), 5.5),
    (Text("等级", "Severity"), 6.5),
    (Text("问题类型", "Kind of problem"), 16),
    (Text("对象", "Subject"), 15),
    (Text("具体情况", "What is the case"), 23),
    (Text("依据", "Source"), 21),
    (Text("整改措施", "What to do"), 22),
    (Text("首次发现", "First seen"), 10),
    (Text("责任单位", "Responsible body"), 14),
    (Text("责任人", "Owner"), 9),
    (Text("完成时限", "Due"), 12),
    (Text("完成情况", "State"), 13),
    (Text("销号时间", "Cleared"), 10),
    (Text("备注", "Note"), 11),
)
_AREAS_COLUMN = (Text("所属区域", "Areas"), 13.0)
_CENTRED = {"序号", "等级", "首次发现", "责任单位", "责任人", "完成时限", "完成情况", "销号时间"}
_OVERDUE = Text("已逾期", "overdue")
_DONE = Text("已销号", "cleared")
_NONE = Text("没有问题。", "There are no problems.")
_HEADING_ROW = 3

_SIDE = Side(style="thin", color="999999")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_LATE_FILL = PatternFill("solid", fgColor="FBE3E0")
_LATE, _HIGH, _LINK = "B3261E", "B3261E", "1F5FA8"
_SONG, _HEI = "宋体", "黑体"


@dataclass(frozen=True, slots=True)
class _Edition:
    """What all sheets of a work list share: where, which survey round, which day, how gaps are grouped."""

    place: str
    round: str
    day: date
    language: Language
    group_by: GroupBy

    def title(self) -> str:
        """The first line above the headings."""
        gap = " " if self.place and self.language == "en" else ""
        return f"{self.place}{gap}{TITLE.in_(self.language)}"

    def note(self) -> str:
        """The second line: round and day."""
        day = tell_day(self.day, self.language)
        made = Text(f"制表日期：{day}", f"Made on {day}").in_(self.language)
        if not self.round:
            return made
        round_ = tell_dates(self.round, self.language)
        return Text(f"调摸批次：{round_}　{made}", f"Survey round {round_}. {made}").in_(self.language)


def worklist_xlsx(
    items: Sequence[GapItem],
    viewer: Viewer,
    group_by: GroupBy = "area",
    *,
    place: str = "",
    round_: str = "",
    today: date | None = None,
    cleared: Sequence[GapItem] = (),
) -> bytes:
    """The workbook: a cover sheet with totals, a sheet for each area or owner, then what was cleared.

    Names in `items` and `cleared` are masked already. `place` and `round_` name sub-district and round in the
    headings; `today` decides what is overdue. `cleared`: what went since the round before, for a sheet of its own.
    """
    language = viewer.language
    edition = _Edition(place, round_, today or date.today(), language, group_by)
    groups = _groups(items, group_by, language)
    book = Workbook()
    cover = book.worksheets[0]
    titles = _titles([name for name, _ in groups], taken=(_COVER.in_(language), _CLEARED.in_(language)))
    for (name, group), title in zip(groups, titles, strict=True):
        _sheet(book.create_sheet(title), name, group, edition)
    _cover(cover, items, groups, titles, edition, len(cleared))
    if cleared:
        _sheet(book.create_sheet(_CLEARED.in_(language)), _CLEARED.in_(language), cleared, edition)
    book.properties.creator = "Branchmap"
    book.properties.title = TITLE.in_(language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_COVER = Text("汇总", "Totals")
_CLEARED = Text("已销号清单", "Cleared")


def _groups(
    items: Iterable[GapItem], group_by: GroupBy, language: Language
) -> list[tuple[str, tuple[GapItem, ...]]]:
    if group_by == "owner":
        return [(name or NO_OWNER.in_(language), group) for name, group in group_by_owner(items)]
    return [(area.name if area else NO_AREA.in_(language), group) for area, group in group_by_area(items)]


def _titles(names: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """A sheet title for each name: legal, at most 31 characters, and different from all others."""
    used = {*(title.casefold() for title in taken), "history"}  # Excel keeps “History” for itself
    titles: list[str] = []
    for name in names:
        base = sheet_title(name) or "—"
        title, number = base, 1
        while title.casefold() in used:
            number += 1
            title = f"{base[: 28 - len(str(number))]} ({number})"
        used.add(title.casefold())
        titles.append(title)
    return titles


def _sheet(sheet: Worksheet, name: str, items: Sequence[GapItem], edition: _Edition) -> None:
    day, language = edition.day, edition.language
    columns = list(_COLUMNS)
    # what was cleared is of all areas
    several = edition.group_by == "owner" or any(item.cleared for item in items)
    if several:
        columns.insert(4, _AREAS_COLUMN)
    late = sum(item.overdue(day) for item in items)
    counts = Text(
        f"　问题{len(items)}项，逾期{late}项", f" {counted(len(items), 'problem')}, {late} overdue"
    )
    if any(item.cleared for item in items):
        counts = Text(f"　本期已销号{len(items)}项", f" {len(items)} cleared in this round")
    _head(sheet, f"{edition.title()}　{name}", edition.note() + counts.in_(language), len(columns))
    _headings(sheet, [text for text, _ in columns], language)
    for number, item in enumerate(items, start=1):
        _row(sheet, _HEADING_ROW + number, columns, _values(number, item, edition, several), item, day)
    for index, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{_HEADING_ROW + max(len(items), 1)}"
    _print_layout(sheet, language, landscape=True)


def _values(number: int, item: GapItem, edition: _Edition, several: bool) -> list[str | int]:
    """A row's values; `several`: with the areas in a column of their own."""
    day, language, rule = edition.day, edition.language, item.rule
    due = tell_dates(item.recorded("due"), language)
    if item.overdue(day):
        due = f"{due}\n{_OVERDUE.in_(language)}"
    rounds = item.finding.rounds if item.finding else 0
    state = _DONE.in_(language) if item.cleared else item.state(language, day)
    if rounds > 1 and not item.cleared:
        state += "\n" + Text(f"已持续{rounds}个批次", f"open for {rounds} rounds").in_(language)
    values: list[str | int] = [
        number,
        SEVERITY_TEXTS[rule.severity].in_(language),
        rule.title.in_(language),
        item.subject(language),
        tell_dates(item.explained, language),
        rule.clause.in_(language),
        rule.advice.in_(language),
        tell_dates(item.recorded("first_seen"), language),
        _responsible(item, language),
        item.owner,
        due,
        state,
        tell_dates(item.recorded("cleared_in"), language),
        item.recorded("note"),
    ]
    if several:
        values.insert(4, Text("、", ", ").in_(language).join(area.name for area in item.areas))
    return values


def _responsible(item: GapItem, language: Language) -> str:
    """Who has to see to it that it is mended: the party organisation of the area, or who is named for its kind."""
    residential = [area.name for area in item.areas if area.label == "ResidentialArea"]
    if residential and item.rule.about != "Branch":
        name = f"{residential[0]}党组织" if language == "zh" else f"Party organisation of {residential[0]}"
        more = Text(f"等{len(residential)}个", f" and {len(residential) - 1} more").in_(language)
        return name + (more if len(residential) > 1 else "")
    return RESPONSIBLE.get(item.rule.about, OFFICE).in_(language)


def _row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[tuple[Text, float]],
    values: Sequence[str | int],
    item: GapItem,
    day: date,
) -> None:
    late = item.overdue(day)
    for index, ((text, _), value) in enumerate(zip(columns, values, strict=True), start=1):
        centred = text.zh in _CENTRED
        cell = write_cell(sheet, row, index, None if value == "" else value)
        loud = late or (text.zh == "等级" and item.rule.severity == "high")
        cell.font = Font(name=_SONG, size=10, bold=loud, color=_LATE if loud else "222222")
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="center" if centred else "left"
        )
        cell.border = _GRID
        if late:
            cell.fill = _LATE_FILL
    lines = max(_lines_in(str(value), width) for (_, width), value in zip(columns, values, strict=True))
    # said outright: not every program fits the height to wrapped text when it opens a file
    sheet.row_dimensions[row].height = min(lines * 13.5 + 7, 409)


def _lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of `width` Latin characters; Chinese ones count two.

    >>> _lines_in("党建联络员", 6), _lines_in("", 6)
    (2, 1)
    """
    room = max(int(width - 1), 2)
    return sum(max(1, -(-text_columns(part) // room)) for part in text.split("\n"))


def _cover(
    sheet: Worksheet,
    items: Sequence[GapItem],
    groups: Sequence[tuple[str, tuple[GapItem, ...]]],
    titles: Sequence[str],
    edition: _Edition,
    cleared: int,
) -> None:
    day, language = edition.day, edition.language
    sheet.title = _COVER.in_(language)
    first = Text("区域", "Area") if edition.group_by == "area" else Text("责任人", "Owner")
    heads = (
        first,
        *(SEVERITY_TEXTS[s] for s in SEVERITY_ORDER),
        Text("问题合计", "Problems"),
        Text("已逾期", "Overdue"),
        Text("暂缓整改", "Put off"),
    )
    _head(sheet, edition.title(), edition.note(), len(heads))
    _headings(sheet, heads, language)
    row = _HEADING_ROW
    for (name, group), title in zip(groups, titles, strict=True):
        row += 1
        _cover_row(sheet, row, name, group, day)
        quoted = title.replace("'", "''")
        sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{quoted}'!A1")
        sheet.cell(row, 1).font = Font(name=_SONG, size=11, color=_LINK, underline="single")
    row += 1
    _cover_row(sheet, row, Text("合计", "All").in_(language), items, day)
    for cell in sheet[row]:
        cell.font = Font(name=_HEI, size=11, bold=True)
    shared = sum(len(group) for _, group in groups) - len(items)
    notes = [_NONE.in_(language)] if not items else []
    if shared:
        notes.append(
            Text(
                f"一项问题涉及几个区域的，在各区域分别列出（多列{shared}次），合计只计一次。",
                f"A problem that belongs to several areas stands under each ({shared} times more); "
                "the last row counts it once.",
            ).in_(language)
        )
    if cleared:
        notes.append(
            Text(
                f"上期问题中本期已销号{cleared}项，见“{_CLEARED.zh}”工作表，不计入上表。",
                f"{cleared} problems were cleared in this round: see the sheet “{_CLEARED.en}”; none is counted above.",
            ).in_(language)
        )
    for offset, note in enumerate(notes, start=1):
        sheet.merge_cells(
            start_row=row + offset, start_column=1, end_row=row + offset, end_column=len(heads)
        )
        cell = write_cell(sheet, row + offset, 1, note)
        cell.font = Font(name=_SONG, size=10, color="666666")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[row + offset].height = 32
    sheet.column_dimensions["A"].width = 34
    for index in range(2, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 14
    _print_layout(sheet, language, landscape=True)


def _cover_row(sheet: Worksheet, row: int, name: str, items: Sequence[GapItem], day: date) -> None:
    late = sum(item.overdue(day) for item in items)
    accepted = sum(item.accepted(day) for item in items)
    counts = severity_counts(items).values()
    values: tuple[str | int, ...] = (name, *counts, len(items), late, accepted)
    for index, value in enumerate(values, start=1):
        cell = write_cell(sheet, row, index, value)
        loud = index == len(values) - 1 and late > 0
        cell.font = Font(name=_SONG, size=11, bold=loud, color=_LATE if loud else "222222")
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="left" if index == 1 else "center"
        )
        cell.border = _GRID
    sheet.row_dimensions[row].height = 19


def _head(sheet: Worksheet, title: str, told: str, columns: int) -> None:
    """The two lines above the headings."""
    for row, text, font, height in (
        (1, title, Font(name=_HEI, size=16, bold=True), 30),
        (2, told, Font(name=_SONG, size=10, color="555555"), 18),
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        cell = write_cell(sheet, row, 1, text)
        cell.font = font
        cell.alignment = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
        sheet.row_dimensions[row].height = height


def _headings(sheet: Worksheet, texts: Sequence[Text], language: Language) -> None:
    for index, text in enumerate(texts, start=1):
        cell = write_cell(sheet, _HEADING_ROW, index, text.in_(language))
        cell.font = Font(name=_HEI, size=10, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _GRID
        cell.fill = _HEAD_FILL
    sheet.row_dimensions[_HEADING_ROW].height = 30
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"


def _print_layout(sheet: Worksheet, language: Language, *, landscape: bool) -> None:
    setup = sheet.page_setup
    setup.orientation = "landscape" if landscape else "portrait"
    setup.paperSize = 9  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{_HEADING_ROW}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.7, 0.35
    pages = Text("第 &P 页　共 &N 页", "Page &P of &N").in_(language)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=pages, size=9))
