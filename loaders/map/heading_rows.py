"""Put two or three rows of headings together into one: a group (组织关系) over the columns that it is of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from loaders.clean.parse import simple_form
from loaders.forms.form import Form
from loaders.read.worksheet import Row, Worksheet

_MOST_ROWS = 3


class Stacked(NamedTuple):
    """Rows of headings that stand below each other, as one.

    `cells`: the lowest text of each column; `groups`: the text of the group that it stands under, if any.
    """

    rows: tuple[Row, ...]
    cells: tuple[str | None, ...]
    groups: tuple[str | None, ...]

    @property
    def tall(self) -> bool:
        """Has a column a heading in an upper row only, as one that is merged over all of them."""
        last = (*self.rows[-1].cells, None)
        return any(
            flat(cell) and not flat(last[at]) and not (flat(last[at + 1]) and self.groups[at + 1] == cell)
            for at, cell in enumerate(self.cells)
        )


_MARKS = "*:#?!,.、。;·※★☆●○◆◇■□▲△▼▽→\"'“”‘’_"
"""Signs around a heading: of a required column, of a note below the table."""
_BRACKETS = str.maketrans("【】[]〔〕〖〗{}「」『』《》〈〉<>", "()" * 10)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SHORT = 60
"""Headings are compared with every form again and again; what is longer is no heading and is not remembered."""
_ORDINAL = re.compile(r"(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}|(?<!\d)\d{1,2})$")
_NUMBERING = re.compile(r"^\d{1,2}[.、,)](?=\D)")


def flat(text: str | None) -> str:
    """A heading for comparing: plain and simplified, no spaces, without its number and marks of a column or note.

    What stands in brackets of any kind stands in round ones; a heading that is all in brackets has none.

    >>> flat("【所在 单位】"), flat("党员类别①"), flat("1.姓　名："), flat("入黨時間[年月]")
    ('所在单位', '党员类别', '姓名', '入党时间(年月)')
    """
    if not text:
        return ""
    return _flat_short(text) if len(text) <= _SHORT else _flattened(text)


@lru_cache(1 << 14)
def _flat_short(text: str) -> str:
    return _flattened(text)


def _flattened(text: str) -> str:
    kept = "".join(c for c in text if unicodedata.category(c) != "No")  # ① and ² stay numbers in NFKC
    bare = "".join(simple_form(kept).split()).translate(_BRACKETS).strip(_MARKS).lower()
    bare = _NUMBERING.sub("", bare)
    whole = _IN_BRACKETS.fullmatch(bare)
    return (bare[1:-1] if whole else bare).strip(_MARKS)


def implied_values(cells: Sequence[str | None], form: Form, title: str = "") -> dict[str, str]:
    """What headings say of every row, by heading of the form: 指导员姓名 that the role is 党建指导员.

    `title`: what the sheet is called and has above its headings: where they say nothing, and it speaks of one only.
    """
    implied = _implied(form)
    found = dict(implied[f] for c in cells if (f := flat(c)) in implied) if implied else {}
    if implied and not found and title:
        spoken = {implied[word] for word in implied if len(word) > 2 and word in flat(title)}
        found = dict(spoken) if len(spoken) == 1 else {}
    return found


def implied_of(
    cells: Sequence[str | None], form: Form, columns: Mapping[str, int], title: str = ""
) -> dict[str, str]:
    """What headings say of every row; nothing where few are of the form: an instructor in a table of companies.

    `title`: as `title_of` gives it; asked where the headings say nothing.
    """
    few = 3 * len(columns) < sum(1 for c in cells if flat(c))
    return {} if few else {h: t for h, t in implied_values(cells, form, title).items() if h not in columns}


def title_of(sheet: Worksheet, first: int) -> str:
    """What a sheet is called, and what stands above its headings, of which `first` is the first row."""
    above = (c for row in sheet.rows(first) if row.number < first for c in row.cells if c)
    return " ".join([sheet.name, *above])


def is_of_another_form(cells: Sequence[str | None], form: Form) -> bool:
    """Do headings stand beside each other that a table of the form never has (`Form.yields`)."""
    if not form.yields:
        return False
    flats = {without_ordinal(flat(c)) for c in cells}
    return any(
        not flats.isdisjoint(headings) and not flats.isdisjoint(beside) and flats.isdisjoint(without)
        for headings, beside, without in _yields(form)
    )


@cache
def _implied(form: Form) -> dict[str, tuple[str, str]]:
    return {flat(h): (c.heading, text) for c in form.columns for h, text in c.implied}


@cache
def _yields(form: Form) -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(frozenset(map(flat, some)) for some in (y.headings, y.beside, y.without)) for y in form.yields
    )


_OF_ALL = frozenset(["总数", "合计", "小计", "总计", "共计", "总人数", "人数", "数量", "total"])
"""Below a group of figures, the one of all."""


_SOMEBODY = re.compile(
    ".{0,12}(?:书记|委员|指导员|联络员|联系人|负责人|法人|法人代表|代表人|出资人|经理|主任)"
)
"""Of whom the columns below a group speak: their 姓名 is not that of whom the row is about."""
_PERSONAL = frozenset(
    [
        "姓名",
        "名字",
        "性别",
        "民族",
        "学历",
        "出生年月",
        "出生日期",
        "政治面貌",
        "职务",
        "单位",
        "工作单位",
        "所在单位",
    ]
)


def grouped_cells(stack: Stacked, form: Form) -> tuple[str | None, ...]:
    """The headings of a stack for a form: with that of their group before them where the form knows it so.

    What only says 总数 below a group that the form knows is the group's own figure; 姓名 and the like below somebody
    (书记) are of that person, not of the row.
    """
    spelled = _spelled(form)

    def known(text: str) -> bool:
        return (f := flat(text)) in spelled or _IN_BRACKETS.sub("", f) in spelled

    def of(cell: str | None, group: str | None) -> str | None:
        if not cell or not group:
            return cell
        if known(f"{group}{cell}"):
            return f"{group}{cell}"
        if flat(cell) in _PERSONAL and _SOMEBODY.fullmatch(flat(group)):
            return f"{group}{cell}"
        return group if flat(cell) in _OF_ALL and known(group) else cell

    return tuple(map(of, stack.cells, stack.groups))


@cache
def _spelled(form: Form) -> frozenset[str]:
    """The headings of a form and of the further things that its rows may name."""
    own = {flat(h) for c in form.columns for h in (c.heading, *c.aliases)}
    return frozenset(own | {flat(h) for part in form.parts for h in part.columns})


def without_remarks(flat: str) -> str:
    """A flat heading without what stands in brackets."""
    return _IN_BRACKETS.sub("", flat)


def without_ordinal(flat: str) -> str:
    """A flat heading without the number of the first, second, third column of its kind.

    >>> without_ordinal("联系企业一"), without_ordinal("联系企业(2)"), without_ordinal("一月"), without_ordinal("二")
    ('联系企业', '联系企业', '一月', '二')
    """
    return _ORDINAL.sub("", flat) or flat


@lru_cache(8)
def row_words(
    cells: tuple[str | None, ...],
) -> tuple[tuple[tuple[int, str, str, str], ...], frozenset[str]]:
    """(column, cell, flat, flat without remarks) of the filled cells of a row, and all these texts of them.

    A row is compared with every form, one after the other: its cells are prepared once.
    """
    flats = ((index, cell, flat(cell)) for index, cell in enumerate(cells) if cell)
    filled = tuple((index, cell, plain, without_remarks(plain)) for index, cell, plain in flats)
    return filled, frozenset(text for _, _, *texts in filled for text in texts)


def stacks(rows: Sequence[Row]) -> Iterator[Stacked]:
    """Each row alone, then with the rows directly below it, as far as they can be of one table's headings."""
    for at, first in enumerate(rows):
        stack = Stacked((first,), first.cells, (None,) * len(first.cells))
        yield stack
        for row in rows[at + 1 : at + _MOST_ROWS]:
            if row.number != stack.rows[-1].number + 1:
                break
            stack, grouped = _stacked(stack, row)
            if grouped:
                yield stack


def _stacked(upper: Stacked, row: Row) -> tuple[Stacked, bool]:
    """With one more row below, and whether several of its columns stand under one group.

    A group stands over its first column and is blank over the others, or is repeated over each.
    """
    cells: list[str | None] = []
    groups: list[str | None] = []
    above, proper = None, False
    for at, (over, own) in enumerate(zip(upper.cells, row.cells, strict=True)):
        above = over if flat(over) else above
        if not flat(own):
            cells.append(over)
            groups.append(upper.groups[at])
            continue
        cells.append(own)
        groups.append(None if flat(above) == flat(own) else above)
        proper = proper or (above is not None and _goes_on(upper, row, at))
    return Stacked((*upper.rows, row), tuple(cells), tuple(groups)), proper


def _goes_on(upper: Stacked, row: Row, at: int) -> bool:
    """Has a group a further column behind this one, with a heading of its own."""
    behind = at + 1
    if behind >= len(row.cells) or not flat(row.cells[behind]):
        return False
    over = flat(upper.cells[behind])
    return not over or (over == flat(upper.cells[at]) and over != flat(row.cells[behind]))
