"""Sheets and columns whose meaning has to be asked, and what was decided of them: a part of the table of problems."""

from __future__ import annotations

MATCH_CODES: dict[str, tuple[bool, str, str, str, str]] = {
    "unmatched_sheet": (
        True,
        "不能确定这张表是哪种表、各列是什么，没有读取（{form}）",
        "what this table and its columns are is not certain; it was not read ({form_en})",
        "请在导入页的“列对应”中确认；以后列名相同的表不再询问",
        "confirm it under “Columns” on the load page; later tables with the same headings are not asked about",
    ),
    "branch_taken": (
        False,
        "按您的选择，这里写的党支部是下面各行所在的党支部",
        "as you chose, the branch that is named here is that of the rows below",
        "如不是，请在导入页的“列对应”中改选",
        "if it is not, choose otherwise under “Columns” on the load page",
    ),
    "left_out_sheet": (
        False,
        "按您的选择，这张表没有读取",
        "this table was left out as you chose",
        "如需读取，请在导入页的“列对应”中改选",
        "to read it, choose otherwise under “Columns” on the load page",
    ),
    "matched_sheet": (
        False,
        "这张表按“{form}”读取，列对应：{columns}",
        "this table was read as “{form_en}”, by these columns: {columns}",
        "对应有误的，请在导入页的“列对应”中改正",
        "where a column is wrong, correct it under “Columns” on the load page",
    ),
}
