"""Recognise which form a sheet is, from its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from graph_model.text import LANGUAGES, Text
from loaders.clean.parse import closest_matches
from loaders.forms.form import Form, FormColumn, read_forms
from loaders.map.heading_rows import (
    Stacked,
    grouped_cells,
    implied_of,
    implied_values,
    is_of_another_form,
    row_words,
    stacks,
    without_remarks,
)
from loaders.map.heading_rows import flat as _flat
from loaders.map.private_problems import private_at
from loaders.privacy import is_private_heading, private_kind
from loaders.problems import HIDDEN, Problem, address, problem
from loaders.read.worksheet import Cells, Row, Worksheet

HEADER_WITHIN = 10
"""A header stands within the first so many rows that are not blank."""
_LOOK_AT, _LIST_WITHIN = 200, 5
_WITHOUT_MEANING = frozenset({"序号", "序", "行号", "顺序号", "no", "no."})
"""Running numbers: everybody has them, nothing is lost with them, so nothing is said."""
LIST_SHEET = "错误清单"
"""The first sheet of a marked workbook (loaders/annotate/annotate.py): made by us, so a load passes it over."""
LIST_COLUMNS = (
    Text("序号", "No."),
    Text("类别", "Kind"),
    Text("工作表", "Sheet"),
    Text("单元格", "Cell"),
    Text("内容", "Content"),
    Text("问题", "Problem"),
    Text("应为", "What would be right"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised sheet: its form, the row of its headings, where each column of the form stands.

    `rows`: every row of headings, where groups stand above the last of them; `row` is the last.
    """

    form: Form
    row: int
    columns: Mapping[str, int]
    """Heading of the form -> column of the sheet, from 0."""
    cells: tuple[str | None, ...]
    rows: tuple[Row, ...]
    notes: Mapping[str, int] = field(default_factory=dict)
    """Heading as written -> column of the sheet, from 0: what is kept as extra values of the row's thing."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Heading of the form -> what every row says there without a column of its own."""
    parts: tuple[Header, ...] = ()
    """Of a wide table: the headers of the further things that a row may name, each with the columns of its form."""
    left: frozenset[int] = frozenset()
    """Columns that the user left out, from 0."""
    filled: Mapping[str, Cells] = field(default_factory=dict)
    """Heading of the form -> what each row says there by a row above it, as the user chose."""
    further: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Heading of the form that takes several names -> further columns of it, as 联系企业二 beside 联系企业一."""

    @property
    def top(self) -> int:
        """The first row of headings."""
        return self.rows[0].number

    def address_of(self, column: int) -> str:
        """The cell of a column's heading: the lowest that is filled."""
        filled = (r.number for r in reversed(self.rows) if _flat(r.cells[column]))
        return address(column, next(filled, self.row))


def match_form(sheet: Worksheet, forms: Sequence[Form]) -> Header | None:
    """The form of a sheet: the one with most headings whose required ones are there; None for no form.

    Where several rows are headings of that form, the first of them begins the table. The same number of
    headings is decided by the sheet's name, then by how many are spelled exactly.
    """
    best: tuple[tuple[bool, int, bool, bool, int], Header] | None = None
    candidates = heading_candidates(sheet)
    for stack in sorted(stacks(candidates), key=lambda s: len(s.rows)):  # no more rows than needed
        for form in forms:
            cells = grouped_cells(stack, form)
            columns, exact = _bind(cells, form)
            if not columns or not _worth_stacking(stack, form, columns):
                continue
            named = _flat(sheet.name) in {_flat(s) for s in form.sheets}
            if len(columns) == 1 and not (named or exact):
                continue
            complete = _is_complete(cells, form, columns)
            if not complete and len(columns) == 1 and not named:
                continue
            wide = len(columns) + _of_parts(cells, form, columns, forms)
            score = (complete, wide, len(stack.rows) > 1, named, exact)
            if best is None or score > best[0]:
                best = (score, Header(form, stack.rows[-1].number, columns, cells, stack.rows))
    return _first(candidates, best[1]) if best else None


def _of_parts(
    cells: Sequence[str | None], form: Form, columns: Mapping[str, int], forms: Sequence[Form]
) -> int:
    """How many columns are of further things that a row of the form may name; none where it may list people."""
    if not form.parts or not _is_complete(cells, form, columns):
        return 0
    found = _part_columns(cells, form, set(columns.values()))
    if len(found) < min(2, len(form.parts)) or _lists_people(cells, forms):
        return 0
    return sum(map(len, found.values()))


def _is_complete(cells: Sequence[str | None], form: Form, columns: Mapping[str, int]) -> bool:
    here = columns.keys() | implied_of(cells, form, columns).keys()
    return all(c.heading in here for c in form.columns if c.required)


def _lists_people(cells: Sequence[str | None], forms: Sequence[Form]) -> bool:
    flats = {_flat(c) for c in cells}
    return "姓名" in flats or any(
        f.id == "members" and len(_bind(cells, f)[0]) > 2 and "姓名" in _bind(cells, f)[0] for f in forms
    )


def _part_columns(cells: Sequence[str | None], form: Form, taken: set[int]) -> dict[str, dict[str, int]]:
    """By id of a part's form: where its headings stand, of those parts whose needed column is there."""
    found: dict[str, dict[str, int]] = {}
    for part in form.parts:
        known = {_flat(spelled): heading for spelled, heading in part.columns.items()}
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            heading = known.get(_flat(cell))
            if heading and index not in taken and heading not in columns:
                columns[heading] = index
        if part.needs in columns:
            found[part.form] = columns
            taken = taken | set(columns.values())
    return found


def with_parts(header: Header, forms: Sequence[Form]) -> Header:
    """The header of a wide table with the headers of the further things that its rows may name."""
    found = _part_columns(header.cells, header.form, set(header.columns.values()))
    parts = tuple(part_header(header, f, found[f.id]) for f in forms if f.id in found)
    return replace(header, parts=parts, fixed=implied_of(header.cells, header.form, header.columns))


def part_header(header: Header, form: Form, columns: Mapping[str, int]) -> Header:
    """The header of a part: the columns of its form, and those that it shares with the row's own thing."""
    part = next(p for p in header.form.parts if p.form == form.id)
    shared = {to: header.columns[of] for to, of in part.shared.items() if of in header.columns}
    return replace(header, form=form, columns={**shared, **columns}, notes={}, fixed=part.fixed, parts=())


def _worth_stacking(stack: Stacked, form: Form, columns: Mapping[str, int]) -> bool:
    """Do several rows head more columns than the first of them or the last alone.

    What the first row heads without the others must not be lost by them: they would be rows of data.
    """
    if len(stack.rows) == 1:
        return True
    first, last = (_bind(stack.rows[at].cells, form)[0] for at in (0, -1))
    under = {at for at, group in enumerate(stack.groups) if group}
    kept = all(heading in columns or at in under for heading, at in first.items())
    more = len(columns) > len(last) or stack.tall or is_heading_row(stack.rows[0].cells, form)
    taken = set(columns.values())
    found = _part_columns(grouped_cells(stack, form), form, taken) if form.parts else {}
    read = taken.union(*(part.values() for part in found.values()))
    return kept and len(columns) >= len(first) and bool(under & read) and more


def _first(candidates: Sequence[Row], chosen: Header) -> Header:
    for row in candidates:
        if row.number < chosen.top and is_heading_row(row.cells, chosen.form):
            return Header(chosen.form, row.number, _bind(row.cells, chosen.form)[0], row.cells, (row,))
    return chosen


def is_heading_row(cells: Sequence[str | None], form: Form) -> bool:
    """Do the cells of a row head a table of a form: its required headings, two at least, and most of the row."""
    columns, _ = _bind(cells, form)
    filled = sum(1 for c in cells if c and c.strip() and not is_running_heading(c))
    return _is_complete(cells, form, columns) and len(columns) > 1 and 2 * len(columns) > filled


Again = Literal["same", "other"]


def repeated_headers(cells: Sequence[str | None], header: Header, forms: Sequence[Form]) -> Again | None:
    """Is a row below the headings one of headings again, as after a page break; None for what is none.

    "same": its columns are those of the header. "other": they are not, or are those of another form.
    """
    here = [(index, flat) for index, cell in enumerate(cells) if (flat := _flat(cell))]
    above = [_flat(cell) for cell in header.cells]
    if any(all(flat == _flat(row.cells[index]) for index, flat in here) for row in header.rows):
        return "same"
    if not any(is_heading_row(cells, form) for form in forms):
        return None
    bound, known = {column: heading for heading, column in header.columns.items()}, _known(header.form)
    for index, flat in here:
        column = _match(flat, known)
        if flat != above[index] and (column is None or column.heading != bound.get(index)):
            return "other"
    return "same"


def is_known_heading(text: str) -> bool:
    """Is a text a heading of any form, whatever else it may be."""
    flat = _flat(text)
    return flat in _spoken() or without_remarks(flat) in _spoken()


@cache
def heading_openings() -> frozenset[str]:
    """The characters with which headings begin, and the marks that may stand before them."""
    return frozenset(
        {c for flat in _spoken() for c in (flat[0], flat[0].upper())}
        | set("【[〔〖{｛「『《〈<＜(（*＊※★☆●■△▲#＃")
    )


@cache
def _spoken() -> frozenset[str]:
    return frozenset(flat for form in read_forms() for flat in _known(form))


def is_list_sheet(sheet: Worksheet) -> bool:
    """Is this the list of problems that we put into a marked workbook; by its name and its headings.

    Both, because a sheet that somebody else called 错误清单 must not be passed over without a word.
    """
    if not sheet.name.startswith(LIST_SHEET):
        return False
    headings = [[h.in_(language) for h in LIST_COLUMNS] for language in LANGUAGES]
    return any(list(row.cells[: len(LIST_COLUMNS)]) in headings for row in sheet.rows(_LIST_WITHIN))


def is_running_heading(heading: str | None) -> bool:
    """Does a heading stand over nothing but running numbers."""
    return heading is not None and _flat(heading) in _WITHOUT_MEANING


def header_problems(sheet: Worksheet, header: Header) -> tuple[Problem, ...]:
    """What is wrong with the headings: missing, twice, unknown, asking for private things or holding them."""
    form = header.form
    texts: list[Problem] = []
    bound = _bound_columns(header)
    kept, alone = frozenset(header.notes.values()), list[int]()
    for index, cell in enumerate(header.cells):
        flat = _flat(cell)
        if not flat or index in bound or index in header.left or is_running_heading(cell):
            continue
        at = header.address_of(index)
        kind = private_kind(cell or "")
        if kind is not None:
            texts.append(private_at("private_in_heading", sheet, at, kind))
            continue
        twice = _already_bound(flat, header)
        if twice is not None:
            fill = {"heading": twice, "other": header.address_of(header.columns[twice])}
            texts.append(problem("duplicate_heading", sheet.file, sheet.name, at, cell, **fill))
        elif is_private_heading(flat):
            texts.append(problem("private_heading", sheet.file, sheet.name, at, HIDDEN))
        elif index not in kept:
            texts.append(_unknown(sheet, form, at, cell or "", kept=False))
        elif closest_matches(flat, list(_known(form))):
            texts.append(_unknown(sheet, form, at, cell or "", kept=True))
        else:
            alone.append(index)
    if alone:
        texts.append(_kept(sheet, header, alone))
    for column in form.columns:
        if column.required and column.heading not in (header.columns.keys() | header.fixed.keys()):
            others = [a for a in column.aliases if not a.isascii()] or [column.heading]
            fill = {"form": form.title.zh, "form_en": form.title.en, "heading": column.heading}
            at = address(0, header.row)
            texts.append(
                problem(
                    "missing_heading", sheet.file, sheet.name, at, "", **fill, aliases="、".join(others)
                )
            )
    return tuple(texts)


def _kept(sheet: Worksheet, header: Header, columns: Sequence[int]) -> Problem:
    """Which columns are kept as extra values, in one line."""
    headings = [heading for heading, at in header.notes.items() if at in columns]
    at = header.address_of(columns[0])
    shown, shown_en = "、".join(headings), ", ".join(headings)
    fill = {"count": len(headings), "headings": shown, "headings_en": shown_en}
    return problem("kept_notes", sheet.file, sheet.name, at, shown, **fill)


def _bound_columns(header: Header) -> frozenset[int]:
    """The columns that the form or a part of it reads."""
    further = (at for those in header.further.values() for at in those)
    return frozenset([*header.columns.values(), *further]).union(
        *(p.columns.values() for p in header.parts)
    )


def _already_bound(flat: str, header: Header) -> str | None:
    """The heading of the form that a text is another spelling of, where a column stands for it already."""
    column = _match(flat, _known(header.form))
    return column.heading if column is not None and column.heading in header.columns else None


def unknown_columns(header: Header) -> dict[str, int]:
    """The columns that the form does not have, by heading as written: nothing private, and none twice."""
    bound, found = _bound_columns(header), dict[str, int]()
    for index, cell in enumerate(header.cells):
        flat, heading = _flat(cell), " ".join((cell or "").split())
        if not flat or index in bound or is_running_heading(cell) or _already_bound(flat, header):
            continue
        if "地址" in flat or "address" in flat:
            continue  # whoever's it is: no address is kept
        if private_kind(heading) is None and not is_private_heading(flat):
            while heading in found:  # two columns of one heading are two values
                heading += "2"
            found[heading] = index
    return found


def _unknown(sheet: Worksheet, form: Form, at: str, cell: str, *, kept: bool) -> Problem:
    near = closest_matches(_flat(cell), list(_known(form)))
    heading = _known(form)[near[0]].heading if near else ""
    known = "、".join(c.heading for c in form.columns)
    return problem(
        "unknown_heading",
        sheet.file,
        sheet.name,
        at,
        cell,
        form=form.title.zh,
        form_en=form.title.en,
        kept="此列作为备注信息保留" if kept else "此列未读取",
        kept_en="the column was kept as an extra value" if kept else "the column was not read",
        nearest=f"最接近的列名是“{heading}”" if near else f"已知的列名：{known}",
        nearest_en=f"the nearest heading is “{heading}”" if near else f"the headings are: {known}",
    )


def heading_candidates(sheet: Worksheet) -> list[Row]:
    """The rows of a sheet among which its headings may stand."""
    found = [row for row in sheet.rows(_LOOK_AT) if any(c and c.strip() for c in row.cells)]
    return found[:HEADER_WITHIN]


def _bind(cells: Sequence[str | None], form: Form) -> tuple[dict[str, int], int]:
    """Where the form's columns stand in a row, and how many are spelled as in the form."""
    if is_of_another_form(cells, form):
        return {}, 0
    main, known, implied = _main(form), _known(form), implied_values(cells, form)
    bound: dict[str, int] = {}
    exact = 0
    filled, words = row_words(tuple(cells))
    if known.keys().isdisjoint(words):
        return bound, exact
    # The exact spelling goes first: beside 所在单位, the alias 单位 is some other column.
    for index, _, flat, _ in filled:
        column = main.get(flat)
        if column is not None and column.heading not in bound:
            bound[column.heading] = index
            exact += 1
    taken = set(bound.values())
    for index, cell, flat, bare in filled:
        if index in taken:
            continue
        column = known.get(flat) or known.get(bare)
        # A name with a number in brackets is kept without the number, and would not be read again.
        if column is None or column.heading in bound or column.heading in implied:
            continue
        if private_kind(cell) is None:
            bound[column.heading] = index
    return bound, exact


def _match(flat: str, known: Mapping[str, FormColumn]) -> FormColumn | None:
    return known.get(flat) or known.get(without_remarks(flat))


@cache
def _main(form: Form) -> dict[str, FormColumn]:
    return {_flat(c.heading): c for c in form.columns}


@cache
def _known(form: Form) -> dict[str, FormColumn]:
    return {_flat(h): c for c in form.columns for h in (c.heading, *c.aliases)}
