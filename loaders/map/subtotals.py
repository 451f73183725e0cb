"""Compare the rows of sums of a sheet (合计, 小计) with the rows that they sum up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.clean.parse import integer_value, normalize_whitespace
from loaders.forms.form import Form
from loaders.problems import Problem, address, problem
from loaders.read.worksheet import Worksheet

_LABEL = r"(?:合\s?计|总\s?计|小\s?计|共\s?计|总数)(?:人数|户数|数)?"
_OF = "[人名家个户行条项对次]"
_COUNT = rf"(?:\s?\({_OF}数?\))?(?:\s?:?\s?(?P<count>\d{{1,7}})\s?{_OF}?)?:?"
_SUM = re.compile(rf"(?:[本页表]{{0,2}}){_LABEL}{_COUNT}|共\s?(?P<all>\d{{1,7}})\s?{_OF}")
_SUM_OF_SOMETHING = re.compile(rf"[^\d:]{{1,20}}(?:合\s?计|总\s?计|小\s?计)(?:人数|户数|数)?{_COUNT}")
_FIGURE = re.compile(rf"[\d.,%/-]{{1,12}}\s?{_OF}?")
OPENINGS = frozenset("合总小共本页表")
ENDINGS = frozenset("计数:：)）人名家个户行条项对次")
"""How the label of a sum begins or, where it says of what, ends."""
_COUNT_DIGITS = 7
"""More digits are no number of rows: they may be a phone number, which no message may show."""


@dataclass(frozen=True, slots=True)
class Subtotals:
    """What the rows of sums came to: differences, and the number of rows that the sheet itself declares."""

    problems: tuple[Problem, ...] = ()
    declared: int | None = None


def is_subtotal(text: str) -> bool:
    """Does a tidy text head a row of sums.

    >>> is_subtotal("合 计"), is_subtotal("合计:45人"), is_subtotal("合计物业公司")
    (True, True, False)
    """
    return _SUM.fullmatch(text) is not None


def may_start_subtotal(text: str) -> bool:
    """Does a tidy text head a row of sums, where nothing but figures stands beside it.

    >>> may_start_subtotal("党员合计(人)"), may_start_subtotal("合计物业公司")
    (True, False)
    """
    return is_subtotal(text) or _SUM_OF_SOMETHING.fullmatch(text) is not None


def subtotal_label(texts: Mapping[int, str], form: Form, columns: Mapping[str, int]) -> str | None:
    """The label that makes these filled cells (by column, tidy, in order) a row of sums; None where they are none.

    It comes first, or stands where the row would have its name, behind what it is the sum of.
    """
    first, *rest = texts.values()
    if is_subtotal(first):
        return first
    names = {columns[c.heading] for c in form.columns if c.required and c.heading in columns}
    label = next((text for column, text in texts.items() if column in names and is_subtotal(text)), None)
    if label is None and form.label is not None and may_start_subtotal(first):
        # the declared totals have names of their own; elsewhere a name may end so, but has more beside it
        label = first if all(map(_is_figure, rest)) else None
    return label


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def check_subtotals(
    sheet: Worksheet,
    form: Form,
    columns: Mapping[str, int],
    start: int,
    live: Sequence[int],
    sums: Sequence[int],
) -> Subtotals:
    """Each row of sums against all rows of the sheet, and against those since the row of sums before it.

    `columns`: heading -> column; `start`: rows up to the header; `live`, `sums`: positions below it.
    """
    problems: list[Problem] = []
    declared: int | None = None
    for number, at in enumerate(sums):
        group = live[bisect_left(live, sums[number - 1]) if number else 0 : bisect_left(live, at)]
        count = _count(sheet, form, columns, start + at)
        if count is not None:
            column, said = count
            declared = said if said == len(live) or declared is None else declared
            if said not in (len(live), len(group)):
                found = len(group) if len(sums) > 1 and at != sums[-1] else len(live)
                problems.append(
                    _differs(sheet, column, start + at, said, found, "本表行数", "the sheet has rows:")
                )
        for heading, column in _integers(form, columns):
            said_sum = _number(sheet.columns[column][start + at])
            if said_sum is None:
                continue
            of_all, of_group = (_sum_of(sheet.columns[column], start, rows) for rows in (live, group))
            if said_sum not in (of_all, of_group):
                found = of_group if len(sums) > 1 and at != sums[-1] else of_all
                zh, en = f"“{heading}”各行相加", f"“{heading}” adds up to"
                problems.append(_differs(sheet, column, start + at, said_sum, found, zh, en))
    return Subtotals(tuple(problems), declared)


def _differs(
    sheet: Worksheet, column: int, at: int, declared: int, found: int, zh: str, en: str
) -> Problem:
    cell = address(column, at + 1)
    return problem(
        "sum_differs",
        sheet.file,
        sheet.name,
        cell,
        str(declared),
        declared=declared,
        found=found,
        what=zh,
        what_en=en,
    )


def _count(sheet: Worksheet, form: Form, columns: Mapping[str, int], at: int) -> tuple[int, int] | None:
    """(column, number of rows) that a row of sums states: in its label, or under a heading without numbers."""
    for column, cells in enumerate(sheet.columns):
        text = normalize_whitespace(cells[at] or "")
        found = _SUM.fullmatch(text) or _SUM_OF_SOMETHING.fullmatch(text)
        said = found and next(filter(None, found.groups()), None)
        if said:
            return column, int(said)
    numbers = {column for _, column in _integers(form, columns)}
    for column in sorted(set(columns.values()) - numbers):
        number = _number(sheet.columns[column][at])
        if number is not None:
            return column, number
    return None


def _integers(form: Form, columns: Mapping[str, int]) -> list[tuple[str, int]]:
    return [
        (c.heading, columns[c.heading])
        for c in form.columns
        if c.heading in columns and c.property is not None and c.property.type == "integer"
    ]


def _number(text: str | None) -> int | None:
    value = integer_value(text) if text else None
    return value if isinstance(value, int) and len(str(value)) <= _COUNT_DIGITS else None


def _sum_of(cells: Sequence[str | None], start: int, rows: Sequence[int]) -> int:
    return sum(_number(cells[start + at]) or 0 for at in rows)
