"""Compare the rows of sums of a sheet (合计, 小计) with the rows that they sum up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_model.graph import Scalar
from graph_model.text import Text
from loaders.clean.parse import ParseFault, integer_value, normalize_whitespace, term_value
from loaders.forms.form import Form, FormColumn
from loaders.map.row_words import bare, close
from loaders.problems import Problem, address, problem
from loaders.read.worksheet import Worksheet

_WHOLE = (
    r"(?:合\s?计|总\s?计|共\s?计|汇\s?总|累\s?计|总和|总数|总人数|总户数|总共|合共|全部|求和|[Σ∑]"
    r"|(?:grand\s?)?total|sum)"
)
_PART = r"(?:小\s?计|本页计|sub-?\s?total)"
_MEAN = r"平均(?:值|数|年龄)?|占比|比例|百分比|average|mean"
_LABEL = rf"(?:(?:{_WHOLE}|{_PART})(?:人数|户数|数|行)?|{_MEAN}|计数|计)"
_OF = "[人名家个户行条项对次]"
_WHAT = "(?:党员|人员|企业|单位|支部)?"
_FURTHER = r"\s?:?(?:[,;。、].{0,60}|\((?:其中|含|男|女).{0,60})?"
"""More that is said behind a sum: 合计2人，其中女1人."""
_COUNT = rf"(?:\s?\({_OF}数?\))?{_WHAT}(?:\s?:?\s?\(?(?P<count>\d{{1,7}})\)?\s?{_OF}?)?{_FURTHER}"
_BEFORE = r"(?:[一二三四五六七八九十]{1,3}[、.]\s?)?(?:以上)?[本页表]{0,2}"
_SUM = re.compile(
    rf"{_BEFORE}{_LABEL}{_COUNT}"
    rf"|(?:以上|[总合]|本[^\d:]{{1,8}})?\s?共\s?(?:有\s?)?{_WHAT}\s?(?P<all>\d{{1,7}})\s?{_OF}{_FURTHER}",
    re.IGNORECASE,
)
_SUM_OF_SOMETHING = re.compile(
    rf"[^\d:]{{1,20}}(?:合\s?计|总\s?计|小\s?计|汇\s?总|计数|总数|平均值|求和|人数|户数)(?:人数|户数|数)?{_COUNT}"
)
_AMONG = re.compile(r"其\s?中\W?.{0,30}")
_FIGURE = re.compile(rf"(?:共\s?)?[\d.,%/-]{{1,12}}\s?{_OF}?")
_COUNTED = re.compile(rf"(?<![\d-])(\d{{1,7}})\s?{_OF}\W?$")
# no word is two of the others: 户数 beside 户 and 数 would double the ways, and the time, with every repetition
_SUFFIX = re.compile("(?:党员|同志|人员|企业|公司|单位|党?支部|人|户|数量?|类|性质)++$")
_LONGEST_LABEL = 60
_WHOLE_LABEL, _PARTS, _MEANS = (
    re.compile(p, re.IGNORECASE) for p in (_BEFORE + _WHOLE, _BEFORE + _PART, _MEAN)
)
_OF_TOTALS = re.compile(r"[合总小共]\s?计|总数")
_ROWS = Text("本表行数", "the sheet has rows:")
OPENINGS = frozenset("合总小共本页表汇累求计全以Σ∑平占比百其一二三四五六七八九十TtSsGgAaMm")
ENDINGS = frozenset("计数:：)）人名家个户行条项对次总值和lLmM")
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
    return _SUM.fullmatch(close(text)) is not None


def may_start_subtotal(text: str) -> bool:
    """Does a tidy text head a row of sums, where nothing but figures stands beside it.

    >>> may_start_subtotal("党员合计(人)"), may_start_subtotal("其中:女党员1人"), may_start_subtotal("合计物业公司")
    (True, True, False)
    """
    return is_subtotal(text) or any(p.fullmatch(close(text)) for p in (_SUM_OF_SOMETHING, _AMONG))


def subtotal_label(texts: Mapping[int, str], form: Form, columns: Mapping[str, int]) -> str | None:
    """The label that makes these filled cells (by column, tidy, in order) a row of sums; None where they are none.

    It comes first, or stands where the row would have its name, behind what it is the sum of.
    """
    (column, first), *rest = texts.items()
    if form.label is None:  # 总人数 may be one of the totals that are declared
        return first if is_subtotal(first) and _OF_TOTALS.match(first) else None
    if is_subtotal(first):
        return first
    names = {columns[c.heading] for c in form.columns if c.required and c.heading in columns}
    label = next((text for at, text in texts.items() if at in names and is_subtotal(text)), None)
    if label is None and all(_FIGURE.fullmatch(text) for _, text in rest):
        # a name may end so, but has more beside it
        counted = may_start_subtotal(first) or (
            (rest or _COUNTED.search(first)) and _is_term(first, column, form, columns)
        )
        label = first if counted else None
    return label


def _is_term(text: str, at: int, form: Form, columns: Mapping[str, int]) -> bool:
    """Is it a legal value of another column: 男 in the column of names, with how many there are beside it."""
    said = _term_of(text, form, columns)
    return said is not None and columns[said[0].heading] != at


def _term_of(label: str, form: Form, columns: Mapping[str, int]) -> tuple[FormColumn, Scalar] | None:
    """The column and its legal value of which a row of sums states the number: 其中：女党员1人."""
    if len(label) > _LONGEST_LABEL:
        return None
    text = bare(label)
    for column in form.columns:
        if column.heading in columns and column.property is not None and column.property.type == "term":
            for word in (text, _SUFFIX.sub("", text)):
                value = term_value(word, column.property.terms)
                if value is not None and not isinstance(value, ParseFault):
                    return column, value
    return None


def check_subtotals(
    sheet: Worksheet,
    form: Form,
    columns: Mapping[str, int],
    start: int,
    live: Sequence[int],
    sums: Mapping[int, str],
) -> Subtotals:
    """Each row of sums against all rows of the sheet, and against those since the row of sums before it.

    `columns`: heading -> column; `start`: rows up to the header; `live`, `sums`: positions below it, and the label
    of each row of sums. 其中：女 is compared with the rows that say so; a mean, or what is no value of a column
    of terms, with nothing.
    """
    problems: list[Problem] = []
    declared: int | None = None
    before, group, last = 0, live, max(sums, default=0)
    for at, label in ((at, close(text)) for at, text in sums.items()):
        here = bisect_left(live, at)
        group, before = (live[before:here], here) if here > before else (group, before)
        said = _term_of(label, form, columns)
        if _MEANS.search(label) or (said is None and _AMONG.fullmatch(label)):
            continue
        alike = [_those(sheet, columns, start, rows, said) for rows in (live, group)]
        shown = alike[0] if len(sums) == 1 or at == last or _WHOLE_LABEL.match(label) else alike[1]
        count = _count(sheet, form, columns, start + at)
        if count is not None:
            column, number = count
            if said is None and (number == len(live) or (declared is None and not _PARTS.match(label))):
                declared = number
            if number not in map(len, alike):
                what = Text(f"“{bare(label)}”的行数", f"the rows of “{bare(label)}” are") if said else _ROWS
                problems.append(_differs(sheet, column, start + at, number, len(shown), what))
        for heading, column in _integers(form, columns):
            number_said = _number(sheet.columns[column][start + at])
            cells = sheet.columns[column]
            if number_said is not None and number_said not in (_sum_of(cells, start, r) for r in alike):
                what = Text(f"“{heading}”各行相加", f"“{heading}” adds up to")
                found = _sum_of(cells, start, shown)
                problems.append(_differs(sheet, column, start + at, number_said, found, what))
    return Subtotals(tuple(problems), declared)


def _those(
    sheet: Worksheet,
    columns: Mapping[str, int],
    start: int,
    rows: Sequence[int],
    said: tuple[FormColumn, Scalar] | None,
) -> Sequence[int]:
    """The rows that have a value in its column; all of them where it is none of a column."""
    if said is None:
        return rows
    column, value = said
    cells, terms = sheet.columns[columns[column.heading]], column.property.terms if column.property else ()
    same = {text for text in set(cells) if text and term_value(text, terms) == value}
    return [at for at in rows if cells[start + at] in same]


def _differs(sheet: Worksheet, column: int, at: int, declared: int, found: int, what: Text) -> Problem:
    cell = address(column, at + 1)
    return problem(
        "sum_differs",
        sheet.file,
        sheet.name,
        cell,
        str(declared),
        declared=declared,
        found=found,
        what=what.zh,
        what_en=what.en,
    )


def _count(sheet: Worksheet, form: Form, columns: Mapping[str, int], at: int) -> tuple[int, int] | None:
    """(column, number of rows) that a row of sums states: in its label, or under a heading without numbers."""
    for column, cells in enumerate(sheet.columns):
        text = close(normalize_whitespace(cells[at] or ""))
        found = _SUM.fullmatch(text) or _SUM_OF_SOMETHING.fullmatch(text)
        said = found and next(filter(None, found.groups()), None)
        if said is None and not _FIGURE.fullmatch(text) and (among := _COUNTED.search(text)):
            said = among[1]
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
