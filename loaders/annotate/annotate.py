"""Give a workbook back with every problem marked at its cell, and a list of them as its first sheet."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_model.errors import InputError
from graph_model.text import Language, Text
from loaders.annotate.cell_marks import MAX_COMMENTS, CellMark, mark_sheet, unselect
from loaders.annotate.plain_workbook import rebuild_workbook, sheet_names
from loaders.annotate.problem_list import HINT, MAX_LINKS, MUST, add_styles, list_sheet
from loaders.map.headings import LIST_SHEET, is_list_sheet
from loaders.ooxml.package import (
    RELATIONSHIPS,
    Parts,
    Relation,
    as_utf8,
    declare_type,
    free_name,
    named,
    read_parts,
    relate,
    relations,
    relations_part,
    scan,
    splice,
    with_attribute,
    write_parts,
)
from loaders.ooxml.sheet import column_number
from loaders.problems import Problem
from loaders.read.workbooks import read_workbook
from loaders.read.worksheet import Worksheet

CONVERTED = Text(
    "原文件不是 .xlsx，返回的是含其全部内容、已标注的 .xlsx；不含原有格式和公式。",
    "The file was no .xlsx: this is a marked .xlsx of its values, without its formats and formulas.",
)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class AnnotatedWorkbook:
    """A marked workbook: where it was written, how many problems are in it, and what to tell the user.

    `note` is CONVERTED where only the values could be given back.
    """

    path: Path
    problems: int
    note: Text | None = None


def annotate(
    path: Path,
    problems: Iterable[Problem],
    out: Path,
    *,
    name: str | None = None,
    language: Language = "zh",
) -> AnnotatedWorkbook:
    """Write a copy of a workbook with its problems marked: colour, comment, and a first sheet 错误清单.

    `problems`: of the whole round; those of the file `name` (by default the path's own) are marked. Marks
    of an earlier time are replaced. What is not marked stays byte for byte; of a file that is no .xlsx the
    values come back as .xlsx, and the ending of `out` is changed accordingly.
    InputError where the workbook cannot be read or `out` cannot be written.
    """
    own = [p for p in problems if p.file == (name or path.name)]
    sheets = read_workbook(path, name)
    data = path.read_bytes()
    parts = _workbook_parts(data)
    converted = parts is None
    if parts is None:
        parts = rebuild_workbook(sheets)
        names = sheet_names(sheets)
    else:
        names = {s.name: s.private_name or s.name for s in sheets}
    _mark(parts, own, names, _earlier_list(sheets), language)
    macros = any(n.lower().endswith("vbaproject.bin") for n in parts)
    target = out.with_suffix(".xlsm" if macros else ".xlsx")
    _write(target, write_parts(parts))
    return AnnotatedWorkbook(target, len(own), CONVERTED if converted else None)


def _workbook_parts(data: bytes) -> Parts | None:
    """The parts of an .xlsx or .xlsm; None for any other kind of file."""
    if not data.startswith(b"PK"):
        return None
    parts = read_parts(data)
    book = _book(parts)
    if book is None or not book.endswith(".xml"):
        return None
    usual = relations_part(f"{book.rpartition('/')[0]}/workbook.xml")
    if relations_part(book) not in parts and usual in parts:
        parts[relations_part(book)] = parts.pop(usual)  # a program that calls the workbook otherwise
    return parts


def _book(parts: Mapping[str, bytes]) -> str | None:
    found = [r.target for r in relations(parts, "") if r.kind == "officeDocument"]
    return found[0] if found and found[0] in parts else None


def _earlier_list(sheets: Sequence[Worksheet]) -> str | None:
    return next((s.name for s in sheets if is_list_sheet(s)), None)


def _mark(
    parts: Parts,
    problems: Sequence[Problem],
    names: Mapping[str, str],
    earlier: str | None,
    language: Language,
) -> None:
    book = _book(parts)
    if book is None:
        raise InputError(
            "工作簿内部不完整，无法标注", "the workbook is incomplete inside and cannot be marked"
        )
    by_name = _sheet_parts(parts, book)
    styles = add_styles(parts, book)
    marks = _marks(problems, language)
    for name, part in by_name.items():
        if name != earlier:
            mark_sheet(parts, part, marks.get(name, ()) or _renamed(marks, names, name), styles.format)
            parts[part] = unselect(parts[part])
    targets = {said: now for said, now in names.items() if now in by_name}
    xml = list_sheet(problems, targets, styles, _notes(marks, problems, language), language)
    if earlier is not None and earlier in by_name:
        parts[by_name[earlier]] = xml
        every = [e.get("name") for e in named(scan(as_utf8(parts[book])), "sheet")]
        _open_at(parts, book, every.index(earlier))
    else:
        _insert_first(parts, book, xml, by_name)


def _renamed(
    marks: Mapping[str, Sequence[CellMark]], names: Mapping[str, str], name: str
) -> Sequence[CellMark]:
    """The marks of a sheet that is called otherwise in the .xlsx than in the file that it was made from."""
    return next((marks.get(said, ()) for said, now in names.items() if now == name), ())


def _sheet_parts(parts: Parts, book: str) -> dict[str, str]:
    """Sheet name -> part, in the workbook's order."""
    linked: dict[str, Relation] = {r.id: r for r in relations(parts, book)}
    found: dict[str, str] = {}
    for element in named(scan(as_utf8(parts[book])), "sheet"):
        relation = linked.get(element.get("id") or "")
        if relation is not None and relation.kind == "worksheet" and relation.target in parts:
            found[element.get("name") or ""] = relation.target
    return found


def _marks(problems: Sequence[Problem], language: Language) -> dict[str, list[CellMark]]:
    marks: dict[str, list[CellMark]] = {}
    # What must be mended comes first: where there are too many for comments, hints go without.
    for problem in sorted(problems, key=lambda p: not p.blocking):
        at = _CELL.fullmatch(problem.cell)
        if at is None:
            continue
        kind, right = (MUST if problem.blocking else HINT), Text("应为", "right would be")
        comment = (
            f"{kind.in_(language)}：{problem.what.in_(language)}\n"
            f"{right.in_(language)}：{problem.right.in_(language)}"
        )
        marks.setdefault(problem.sheet, []).append(
            CellMark(int(at[2]), column_number(at[1]), problem.blocking, comment)
        )
    return marks


def _notes(
    marks: Mapping[str, Sequence[CellMark]], problems: Sequence[Problem], language: Language
) -> list[str]:
    notes: list[str] = []
    if any(len({(m.row, m.column) for m in found}) > MAX_COMMENTS for found in marks.values()):
        notes.append(
            Text(
                f"错误较多：每张表仅前 {MAX_COMMENTS} 处带批注，其余只标颜色，说明均在本表中。",
                f"Many problems: only the first {MAX_COMMENTS} of a sheet carry a comment, the others a colour.",
            ).in_(language)
        )
    if len(problems) > MAX_LINKS:
        notes.append(
            Text(f"只有前 {MAX_LINKS} 行有链接。", f"Only the first {MAX_LINKS} lines carry a link.").in_(
                language
            )
        )
    return notes


# --- the workbook's own list of sheets -----------------------------------------------------------


def _insert_first(parts: Parts, book: str, xml: bytes, by_name: Mapping[str, str]) -> None:
    taken = {name.lower() for name in by_name}
    name = next(
        n for n in (LIST_SHEET, *(f"{LIST_SHEET}({i})" for i in range(2, 99))) if n.lower() not in taken
    )
    part = free_name(parts, "xl/worksheets/branchmap{}.xml")
    parts[part] = xml
    declare_type(parts, part, _SHEET_TYPE)
    base = next((r.base for r in relations(parts, book) if r.kind == "worksheet"), RELATIONSHIPS)
    id_ = relate(parts, book, "worksheet", part, base)
    body = as_utf8(parts[book])
    elements = scan(body)
    sheets = named(elements, "sheets")[0]
    ids = [int(e.get("sheetId") or 0) for e in named(elements, "sheet")]
    new = (
        f'<{sheets.prefix}sheet xmlns:r="{base}" name="{name}" sheetId="{max(ids, default=0) + 1}" '
        f'r:id="{id_}"/>'
    )
    splices = [(sheets.inner, sheets.inner, new.encode())]
    for defined in named(elements, "definedName"):
        local = defined.get("localSheetId")
        if local is not None:  # counted by position, and every sheet has moved on by one
            splices.append(with_attribute(body, defined, "localSheetId", str(int(local) + 1)))
    parts[book] = splice(body, splices)
    _open_at(parts, book, 0)


def _open_at(parts: Parts, book: str, index: int) -> None:
    """Let the workbook open at the list."""
    body = as_utf8(parts[book])
    views = named(scan(body), "workbookView")[:1]
    body = splice(body, (with_attribute(body, v, "activeTab", str(index)) for v in views))
    views = named(scan(body), "workbookView")[:1]
    parts[book] = splice(body, (with_attribute(body, v, "firstSheet", None) for v in views))


def _write(out: Path, data: bytes) -> None:
    """All of the file or none of it."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise InputError(
            f"无法写入 {out}（{reason}）；请换一个位置，或先关闭打开的文件",
            f"cannot write {out} ({reason}); choose another place, or close the file first",
        ) from error
