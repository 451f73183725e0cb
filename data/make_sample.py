"""Write the sample survey: the workbooks of both rounds and facts.toml, the same bytes every time.

Run it as `python data/make_sample.py [FOLDER]`; the folder is data/sample unless another is given.
People are invented; data/sample/README.md says what else is.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENPYXL_LXML"] = "False"  # with lxml installed openpyxl would write other bytes

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sample_facts import facts_text, totals
from sample_headings import ACTIVITY, AREA, BRANCH, MATTER, MEETING, MEMBER, PLAZA, REPRESENTATIVES, UNIT
from sample_people import EARLIER, LATER, Person
from sample_records import Area, Branch, Survey, Unit
from sample_survey import SUBDISTRICT, survey_of

MARK = "（示例数据：人物均为虚构）"
STAMP = dt.datetime(2006, 11, 1)
Cell = str | int | dt.date
Rows = list[list[Cell]]
SHARED = ("梧栖物业", "竹隐物业")
"""Companies that each of their two areas lists for itself, as offices do."""


@dataclass(frozen=True)
class Hand:
    """How one office writes: each has its own habits, and all of them are legal."""

    number: int

    def heading(self, main: str, alias: str) -> str:
        """Every third office uses the other word."""
        return alias if self.number % 3 == 1 and alias else main

    def date(self, iso: str) -> Cell:
        """A month as text, a day as a real date in every second office."""
        if not iso:
            return ""
        if iso.count("-") == 2 and self.number % 2 == 0:
            return dt.date.fromisoformat(iso)
        parts = iso.split("-")
        match self.number % 4:
            case 0 | 2:
                return iso
            case 1:
                return ".".join(parts)
            case _:
                return "".join(p + mark for p, mark in zip(parts, "年月日", strict=False))

    def person(self, name: str) -> str:
        """A name of two characters is spread to the width of three.

        >>> Hand(0).person("卞喆"), Hand(1).person("卞喆")
        ('卞\u3000喆', '卞喆')
        """
        return f"{name[0]}\u3000{name[1]}" if len(name) == 2 and self.number % 2 == 0 else name

    def count(self, digits: str) -> Cell:
        """A number, in every fourth office as full-width text."""
        if not digits:
            return ""
        if self.number % 4 == 3:
            return "".join(chr(ord(d) + 0xFEE0) for d in digits)
        return int(digits)

    def yes(self, known: bool | None) -> str:
        """Yes and no as the office ticks them."""
        if known is None:
            return ""
        return ("√" if known else "×") if self.number % 2 else ("是" if known else "否")

    def names(self, names: Sequence[str]) -> str:
        """Several names in one cell."""
        return ("，" if self.number % 5 == 2 else "、").join(names)


def _tick(text: str) -> bool | None:
    return {"": None, "无": False, "否": False, "×": False}.get(text, True)


def _area_row(area: Area, hand: Hand) -> list[Cell]:
    near = hand.names(area.near)
    by, who, when = area.reported
    report: list[Cell] = [by, hand.person(who) if who else "", hand.date(when)]
    if not area.residential:
        return [area.name, SUBDISTRICT, hand.count(area.size), near, *report]
    ticks = [hand.yes(_tick(t)) if hand.number % 2 else t for t in (area.committee, area.owners)]
    return [area.name, SUBDISTRICT, *ticks, hand.count(area.size), near, *report]


def _unit_row(unit: Unit, book: str, hand: Hand) -> list[Cell]:
    manages = (book,) if unit.name in SHARED else unit.manages
    return [
        unit.name,
        unit.kind,
        unit.ownership,
        unit.status,
        unit.trade,
        hand.count(unit.employees),
        hand.names(manages),
        unit.buildings,
        unit.place,
        unit.under,
        hand.yes(_tick(unit.exempt)),
        unit.office,
    ]


def _branch_row(branch: Branch, people: dict[str, Person], hand: Hand) -> list[Cell]:
    def name(code: str) -> str:
        return hand.person(people[code].name) if code else ""

    dates = (branch.founded, branch.elected, branch.ends, branch.dissolved)
    return [
        branch.name,
        branch.kind,
        *(hand.date(d) for d in dates),
        hand.names(branch.units),
        branch.leads,
        branch.dual,
        name(branch.secretary),
        hand.names([name(c) for c in branch.committee]),
    ]


def _member_row(person: Person, hand: Hand) -> list[Cell]:
    return [
        hand.person(person.name),
        person.gender,
        hand.date(person.born),
        hand.date(person.joined),
        person.standing,
        person.unit,
        person.position,
        person.branch,
        hand.yes(True) if person.outside else "",
        hand.date(person.since),
        person.was,
        hand.yes(True) if person.was_outside else "",
        hand.date(person.until),
        person.how,
        person.takes_part,
        person.represents,
        hand.date(person.absent),
        person.duties,
        person.lives,
    ]


def _sheet(
    book: Workbook, name: str, heads: Sequence[tuple[str, str]], rows: Rows, title: str, hand: Hand
) -> None:
    """One sheet as an office lays it out: mark, title, headings, rows, now and then a blank row."""
    if not rows:
        return
    sheet: Worksheet = book.create_sheet(name)
    sheet.append([MARK])
    sheet.append([title])
    if hand.number % 4 == 2:
        sheet.append([])
    sheet.append([hand.heading(*h) for h in heads])
    header = sheet.max_row
    for at, row in enumerate(rows):
        if at and at % 5 == 0 and hand.number % 3 == 0:
            sheet.append([])
        sheet.append([None if cell == "" else cell for cell in row])
    _dress(sheet, header, len(heads))


def _dress(sheet: Worksheet, header: int, width: int) -> None:
    """Bold headings, widths that show the text, the headings kept in sight."""
    sheet.cell(2, 1).font = Font(bold=True, size=14)
    for column in range(1, width + 1):
        head = sheet.cell(header, column)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DDE7F3")
        head.alignment = Alignment(horizontal="center", wrap_text=True)
        texts = [str(sheet.cell(r, column).value or "") for r in range(header, sheet.max_row + 1)]
        sheet.column_dimensions[get_column_letter(column)].width = min(2 * max(map(len, texts)) + 2, 48)
    for row in sheet.iter_rows(min_row=header + 1):
        for dated in row:
            if isinstance(dated.value, dt.date):
                dated.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = f"A{header + 1}"


def _area_book(survey: Survey, area: Area, hand: Hand) -> Workbook:
    """The workbook that one area's secretary fills in."""
    book, name, month = Workbook(), area.name, survey.round.replace("-", "年") + "月"
    book.remove(book.worksheets[0])
    people = survey.people
    meetings = [m for m in survey.meetings if m.area == name]
    units = [u for u in survey.units if u.book == name or (u.name in SHARED and name in u.manages)]

    def add(sheet: str, heads: Sequence[tuple[str, str]], rows: Rows) -> None:
        what = "基本情况" if sheet == kind else sheet
        _sheet(book, sheet, heads, rows, f"{name}{what}调摸表（{month}）", hand)

    kind, heads = ("居民区", AREA) if area.residential else ("商业区", PLAZA)
    add(kind, heads, [_area_row(area, hand)])
    add("单位", UNIT, [_unit_row(u, name, hand) for u in units])
    add("党支部", BRANCH, [_branch_row(b, people, hand) for b in survey.branches if b.book == name])
    add(hand.heading("党员", "党员名册"), MEMBER, _members(survey, name, hand))
    add(
        "联席会议",
        MEETING,
        [
            [
                name,
                hand.date(m.held),
                hand.names(m.attended),
                *(hand.yes(_tick(t)) for t in (m.committee, m.owners)),
            ]
            for m in meetings
        ],
    )
    add(
        "议题",
        MATTER,
        [
            [
                name,
                hand.date(m.held),
                what,
                hand.yes(_tick(done)),
                hand.date(on),
                how,
                by,
                hand.date(due),
                of,
            ]
            for m in meetings
            for what, done, on, how, by, due, of in m.matters
        ],
    )
    add(
        "活动",
        ACTIVITY,
        [[a[0], hand.date(a[1]), *a[2:]] for a in survey.activities if a[2] == name],
    )
    add(
        "党员代表会议",
        REPRESENTATIVES,
        [
            [name, hand.date(began), hand.date(ends), hand.count(how_many)]
            for area_name, began, ends, how_many in survey.representatives
            if area_name == name
        ],
    )
    return book


def _members(survey: Survey, book: str, hand: Hand) -> Rows:
    return [_member_row(p, hand) for p in survey.people.values() if p.book == book]


_TOTALS = {
    # name in facts.toml: item on the sheet, its other word, explanation
    "companies": ("物业公司", "物业公司总数", "含状态不明、空壳和已停业的公司"),
    "collective": ("集体", "集体性质", ""),
    "private": ("民营", "民营性质", ""),
    "commercial": ("管理商业区域", "商业区域", ""),
    "residential": ("管理居住小区", "居住小区", ""),
    "with_branch": ("总部组建党支部或联合党支部", "组建党支部或联合党支部", "按单位所在党支部计"),
    "with_members": ("有党员的物业公司", "有党员的公司", ""),
    "members": ("党员", "党员总数", "仅计物业公司职工中的党员"),
}


def _summary_book(survey: Survey, hand: Hand) -> Workbook:
    """The sub-district's own workbook: declared totals and what belongs to no single area."""
    book, month = Workbook(), survey.round.replace("-", "年") + "月"
    book.remove(book.worksheets[0])

    def add(sheet: str, heads: Sequence[str], rows: Rows) -> None:
        _sheet(book, sheet, [(h, "") for h in heads], rows, f"{SUBDISTRICT}{sheet}（{month}）", hand)

    people = survey.people
    word = 0 if survey.round == LATER else 1
    found = totals(survey)
    declared: Rows = [[item[word], found[key], item[2], survey.round] for key, item in _TOTALS.items()]
    # an example carries its own date: terms and visits are reckoned by it and not by today
    add("汇总", ("统计项目", "申报数", "说明", "示例数据日期"), declared)
    add("街道", ("街道名称",), [[SUBDISTRICT]])
    own = [u for u in survey.units if u.book == "汇总"]
    add("单位", [h for h, _ in UNIT], [_unit_row(u, "", hand) for u in own])
    add("党员", [h for h, _ in MEMBER], _members(survey, "汇总", hand))
    posts: Rows = [
        [hand.person(p.name), p.role, hand.names(p.where), hand.date(p.since)] for p in survey.posts
    ]
    add("党建联络员指导员", ("姓名", "身份", "派驻单位或区域", "派驻时间"), posts)
    pairs: Rows = [[p.a, p.b, hand.date(p.signed), hand.date(p.contact), p.projects] for p in survey.pairs]
    add("结对共建", ("甲方", "乙方", "签约时间", "最近活动时间", "认领项目"), pairs)
    awards: Rows = [
        [what, people[to].name if to in people else to, hand.date(when), by, stage, hand.date(shown), deed]
        for what, to, when, by, stage, shown, deed in survey.awards
    ]
    heads = ("表彰名称", "获奖方", "授予时间", "授予单位", "评选进展", "公示时间", "先进事迹")
    add("表彰", heads, awards)
    return book


_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def _bytes_of(book: Workbook) -> bytes:
    """The workbook as a file that does not tell when it was made."""
    book.properties.creator = "branchmap"
    book.properties.created = STAMP
    written, steady = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = _MODIFIED.sub(rb"\g<1>" + STAMP.isoformat().encode() + b"Z", old.read(name))
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return steady.getvalue()


def write_sample(folder: Path) -> None:
    """Both rounds' workbooks and facts.toml into the folder; OSError when it cannot be written."""
    surveys = [survey_of(EARLIER), survey_of(LATER)]
    for survey in surveys:
        target = folder / survey.round
        target.mkdir(parents=True, exist_ok=True)
        books = {"汇总": _summary_book(survey, Hand(0))}
        for number, area in enumerate(survey.areas):
            books[area.name] = _area_book(survey, area, Hand(number))
        for name, book in books.items():
            (target / f"{name}.xlsx").write_bytes(_bytes_of(book))
    (folder / "facts.toml").write_text(facts_text(surveys), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "sample")
