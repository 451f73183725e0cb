"""The Problem record, and the table of everything that can be wrong with what was read."""

from __future__ import annotations

from dataclasses import dataclass

from graph_model.text import Text
from loaders.characters import is_letter
from loaders.codes.file_codes import FILE_CODES
from loaders.codes.match_codes import MATCH_CODES
from loaders.codes.row_codes import ROW_CODES
from loaders.codes.word_codes import WORD_CODES
from loaders.privacy import HIDDEN as HIDDEN
from loaders.privacy import masked

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: does it block the load, what is wrong, what would be right."""

    blocking: bool
    what: Text
    right: Text


@dataclass(frozen=True, slots=True, order=False)
class Problem:
    """One fault at one place. `cell` is an address such as "D7", or "" for a whole sheet or file.

    `value` is what stood there, shortened, with HIDDEN for what is private in it. A blocking problem keeps its
    row out of the graph.
    """

    code: str
    blocking: bool
    file: str
    sheet: str
    cell: str
    value: str
    what: Text
    right: Text

    def place(self) -> str:
        """Where it is, for people: file, sheet, cell.

        >>> problem("required", "a.xlsx", "党员", "B7", "", heading="姓名").place()
        'a.xlsx · 党员 · B7'
        """
        return " · ".join(part for part in (self.file, self.sheet, self.cell) if part)


def _code(blocking: bool, zh: str, en: str, right_zh: str, right_en: str) -> Code:
    return Code(blocking, Text(zh, en), Text(right_zh, right_en))


CODES: dict[str, Code] = {
    # --- files and sheets
    "unreadable_file": _code(True, "{zh}", "{en}", "改正文件后重新导入", "mend the file and load again"),
    "not_a_workbook": _code(
        False,
        "文件夹中的这个文件不是调摸工作簿，未读取",
        "this file of the folder is no survey workbook and was not read",
        "可读取的类型：{types}",
        "these can be read: {types}",
    ),
    "other_workbook": _code(
        True,
        "这个文件可能是工作簿（{ending}），但这种类型不能读取",
        "this file may be a workbook ({ending}), of a kind that cannot be read",
        "用 WPS、Excel 等打开，另存为 .xlsx 后重新导入；与调摸无关的文件请移出文件夹",
        "open it in WPS, Excel or what made it, save it as .xlsx and load again; move what is not of the survey "
        "out of the folder",
    ),
    "other_archive": _code(
        True,
        "文件夹中的这个压缩包里可能有工作簿，没有读取",
        "this archive in the folder may hold workbooks; it was not read",
        "解压后重新导入，或把它移出文件夹",
        "unpack it and load again, or move it out of the folder",
    ),
    "no_form": _code(
        True,
        "整个文件中没有能识别的调摸表",
        "no sheet of this file is recognised as a survey form",
        "表头应与模板一致；已知的表：{forms}；与调摸无关的文件请移出文件夹",
        "headings as in the template; the forms are: {forms}; move what is not of the survey out of the folder",
    ),
    "unknown_sheet": _code(
        False,
        "无法识别这张工作表，未读取",
        "this sheet is not recognised and was not read",
        "表头应与模板一致；已知的表：{forms}",
        "headings as in the template; the forms are: {forms}",
    ),
    "empty_sheet": _code(
        False,
        "工作表是空的",
        "the sheet is empty",
        "填写内容，或删除这张表",
        "fill it in, or delete the sheet",
    ),
    "hidden_sheet": _code(
        False,
        "工作表是隐藏的，也已读取",
        "the sheet is hidden; it was read all the same",
        "不需要导入时请删除这张表",
        "delete the sheet if it should not be loaded",
    ),
    "private_name": _code(
        True,
        "{of}名看来含{kind}，不能保存，此处已隐去",
        "the name of the {of_en} looks like {kind_en}, which must not be kept; it is hidden here",
        "请给{of}改名，去掉号码或住址，再重新导入",
        "rename the {of_en} without it, then load again",
    ),
    # --- headings
    "unknown_heading": _code(
        False,
        "“{form}”表没有这个列名，{kept}",
        "the form “{form_en}” has no such heading; {kept_en}",
        "{nearest}",
        "{nearest_en}",
    ),
    "no_heading": _code(
        False,
        "{column} 列没有列名，{count} 个单元格未读取",
        "column {column} has no heading; {count} cells were not read",
        "在第 {row} 行写上列名，或清空此列",
        "write its heading into row {row}, or clear the column",
    ),
    "private_heading": _code(
        False,
        "此列看来是个人隐私信息，整列不读取、不保存",
        "this column looks like private information; it was neither read nor kept",
        "请从工作簿中删除此列",
        "delete the column from the workbook",
    ),
    "private_in_heading": _code(
        False,
        "列名看来含{kind}，此列未读取，列名未保存",
        "the heading looks like {kind_en}; the column was not read, and the heading not kept",
        "请从列名中删除号码或住址",
        "delete it from the heading",
    ),
    "duplicate_heading": _code(
        True,
        "两列都是“{heading}”（另一列在 {other}）",
        "two columns both mean “{heading}” (the other is {other})",
        "只保留一列",
        "keep one of them",
    ),
    "missing_heading": _code(
        True,
        "“{form}”表缺少必填列“{heading}”",
        "the form “{form_en}” needs the column “{heading}”",
        "加上列名“{heading}”，或以下之一：{aliases}",
        "add the heading “{heading}”, or one of: {aliases}",
    ),
    "rows_above": _code(
        True,
        "这一行在表头（第 {row} 行）的上面，但看来不是标题，它和到表头为止的行没有读取",
        "this row stands above the headings (row {row}) but looks like no title; it was not read, nor what follows "
        "up to them",
        "一张工作表只放一张表，表头放在所有数据的上面",
        "one table a sheet, its headings above all data",
    ),
    "second_heading": _code(
        True,
        "这一行是另一种表头，它下面的 {count} 行没有读取",
        "this row has other headings; the {count} rows below it were not read",
        "把它和下面的内容移到另一张工作表，或使各列与第 {row} 行的表头一致",
        "move it and what is below to another sheet, or bring the columns in line with the headings of row {row}",
    ),
    # --- rows and cells
    "total_row": _code(
        False,
        "合计行，只用来核对本表，不作为数据读取",
        "a row of sums; it was compared with this sheet and not read as data",
        "申报数请填在“汇总”表",
        "declare totals in the sheet “汇总”",
    ),
    "sum_differs": _code(
        False,
        "合计写的是 {declared}，{what}是 {found}",
        "the row of sums says {declared}, {what_en} {found}",
        "请核对：是否漏填或多填了行，或合计有误",
        "check whether rows are missing or too many, or the sum is wrong",
    ),
    "hidden_rows": _code(
        False,
        "有 {count} 行是隐藏的（第 {rows} 行），也已读取",
        "hidden rows were read all the same: {count} (row {rows})",
        "不需要导入时请删除这些行",
        "delete the rows if they should not be loaded",
    ),
    "merged_cells": _code(
        False,
        "“{heading}”合并了第 {first} 至 {last} 行，只作为第一行的值读取",
        "“{heading}” is merged over rows {first} to {last}; it was read for the first of them only",
        "取消合并，在每一行填写",
        "unmerge the cells and fill in every row",
    ),
    "no_result": _code(
        False,
        "单元格是公式，但没有存下计算结果，按空白读取",
        "the cell is a formula without a stored result; it was read as empty",
        "在 Excel 或 WPS 中打开并保存一次，或改为直接填写内容",
        "open and save the workbook in Excel or WPS once, or write the value itself",
    ),
    "formula_error": _code(
        False,
        "公式出错（{error}），按空白读取",
        "the formula has an error ({error}); the cell was read as empty",
        "改正公式，或改为直接填写内容",
        "mend the formula, or write the value itself",
    ),
    "required": _code(
        True, "“{heading}”没有填写", "“{heading}” is empty", "请填写“{heading}”", "fill in “{heading}”"
    ),
    "private_cell": _code(
        False,
        "单元格看来含{kind}，未读取、未保存",
        "the cell looks like {kind_en}; it was neither read nor kept",
        "请从工作簿中删除",
        "delete it from the workbook",
    ),
    "private_comment": _code(
        False,
        "批注看来含{kind}，批注没有保存",
        "the comment looks like {kind_en}; it was not kept",
        "请从工作簿中删除此批注",
        "delete the comment from the workbook",
    ),
    "bad_value": _code(
        True, "“{heading}”的内容无法识别", "“{heading}” cannot be understood", "{zh}", "{en}"
    ),
    "not_a_person": _code(
        True, "“{heading}”的内容不像姓名", "“{heading}” does not look like a person's name", "{zh}", "{en}"
    ),
    "ambiguous_month": _code(
        False,
        "单元格是数字，1 月和 10 月无法区分，只保留了年份",
        "the cell is a number: January and October look alike; only the year was kept",
        "改为文本，如 {year}.01 或 {year}.10",
        "write it as text, such as {year}.01 or {year}.10",
    ),
    "unlikely_date": _code(
        False,
        "“{heading}”晚于本次调摸（{latest}），已按填写的值读取",
        "“{heading}” lies after this survey ({latest}); it was read as written",
        "请核对日期",
        "check the date",
    ),
    "one_only": _code(
        True,
        "“{heading}”只能填一个，这里有 {count} 个",
        "“{heading}” takes one entry; here are {count}",
        "只保留一个",
        "keep one",
    ),
    "no_tie": _code(
        False,
        "填写了“{heading}”，但“{tie}”是空的，此值未保存",
        "“{heading}” is filled in but “{tie}” is empty; the value was not kept",
        "填写“{tie}”，或清空“{heading}”",
        "fill in “{tie}”, or clear “{heading}”",
    ),
    "outside_unnamed": _code(
        False,
        "“{heading}”为“是”，但“{tie}”没有填写，此项未保存",
        "“{heading}” says yes but “{tie}” is empty; it was not kept",
        "请在“{tie}”中填写辖区外党组织的名称",
        "name the outside branch in “{tie}”",
    ),
    # --- between rows
    "same_person": _code(
        True,
        "与 {others} 无法区分：{heading} 等相同",
        "cannot be told apart from {others}: the same {heading}",
        "同一个人只保留一行；不同的人请填 {distinguish} 加以区分",
        "keep one row for one person; for different people fill in {distinguish}",
    ),
    "contradiction": _code(
        True,
        "“{heading}”与 {others} 不一致",
        "“{heading}” contradicts {others}",
        "同一对象的各处应填写相同的值",
        "give the same value in all places for the same thing",
    ),
    "left_with_others": _code(
        True,
        "与 {others} 说的是同一对象，那里互相矛盾，所以本行也没有读入",
        "means the same thing as {others}, which contradict each other, so this row was left out too",
        "先改正那几行",
        "mend those rows first",
    ),
    "broken_reference": _code(
        True,
        "找不到名称或编号为此的{labels}",
        "there is no {labels_en} of this name or number",
        "{nearest}",
        "{nearest_en}",
    ),
    "rejected_reference": _code(
        True,
        "所指的{labels}在 {others} 有问题，未能读入",
        "the {labels_en} meant here has a problem itself at {others}",
        "先改正那一行",
        "mend that row first",
    ),
    "ambiguous_reference": _code(
        True,
        "有 {count} 个{labels}叫这个名称：{others}",
        "{count} have this name ({labels_en}): {others}",
        "改填编号，或使名称可以区分",
        "give the number, or names that differ",
    ),
    "self_reference": _code(
        True,
        "“{heading}”指向了本行自己",
        "“{heading}” points at the row itself",
        "填写另一个对象，或留空",
        "name another one, or leave it empty",
    ),
    "two_targets": _code(
        True,
        "“{tie}”只能有一个，但 {others} 给出了另一个",
        "there can be one “{tie_en}” only, but {others} gives another",
        "各处填写同一个，或只保留一处",
        "give the same one everywhere, or only once",
    ),
    # --- declared totals
    "unknown_total": _code(
        True,
        "没有这个统计项目",
        "there is no such item",
        "可用的项目：{items}",
        "the items are: {items}",
    ),
    "unknown_total_area": _code(
        True,
        "没有名称或编号为此的居民区或商业区",
        "there is no residential or commercial area of this name or number",
        "{nearest}",
        "{nearest_en}",
    ),
}
CODES |= {name: _code(*said) for name, said in (ROW_CODES | WORD_CODES | MATCH_CODES | FILE_CODES).items()}


def problem(
    code: str, file: str, sheet: str = "", cell: str = "", value: str | None = "", **fill: object
) -> Problem:
    """A Problem of that code, its texts filled in; KeyError for a code that is not in CODES."""
    kind = CODES[code]
    shown = shorten(masked(value)) if value else ""
    return Problem(
        code, kind.blocking, file, sheet, cell, shown, kind.what.fill(**fill), kind.right.fill(**fill)
    )


def shorten(value: str) -> str:
    """A value fit for a message: on one line, without control characters, at most 60 characters.

    >>> shorten("张\\n三")
    '张 三'
    """
    clean = "".join(c if c.isprintable() or is_letter(c) else " " for c in value[: _SHOWN * 2])
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"


def column_letters(column: int) -> str:
    """Excel's letters of a column, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(column: int, row: int) -> str:
    """Excel's address of a cell; column from 0, row from 1.

    >>> address(3, 7)
    'D7'
    """
    return f"{column_letters(column)}{row}"
