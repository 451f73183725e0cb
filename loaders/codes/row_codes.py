"""Rows that are no plain rows of data, and more problems than are listed: the part of the table that speaks of them."""

from __future__ import annotations

from typing import Literal

Struck = Literal["ask", "load", "leave"]
"""What becomes of rows that are struck through: each blocks, they are loaded like others, or they are left out."""

ROW_CODES: dict[str, tuple[bool, str, str, str, str]] = {
    "further_problems": (
        True,
        "另有 {count} 处同类问题没有逐一列出：{kind}",
        "{count} more of this kind are not listed one by one: {kind_en}",
        "先改正已列出的，再重新导入",
        "mend those that are listed, then load again",
    ),
    "further_hints": (
        False,
        "另有 {count} 处同类提示没有逐一列出：{kind}",
        "{count} more hints of this kind are not listed one by one: {kind_en}",
        "先处理已列出的，再重新导入",
        "look after those that are listed, then load again",
    ),
    "long_row": (
        True,
        "这一行的内容比表头多（表头只到第 {count} 列），各格可能错位",
        "this row has more cells than there are headings ({count} columns); its cells may stand in the wrong columns",
        "内容里有逗号等分隔符时，用引号括起这一格；或在 Excel、WPS 中核对后另存为 .xlsx",
        "put a cell into quotation marks that has the separator in it; or look it over in Excel or WPS and save it "
        "as .xlsx",
    ),
    "long_rows": (
        True,
        "有 {count} 行的内容比表头多（表头只到第 {columns} 列），各格很可能错位，整张表没有读取",
        "{count} rows have more cells than there are headings ({columns} columns): their cells probably stand in the "
        "wrong columns, and nothing of this table was read",
        "请核对分隔符和表头后另存为 .xlsx，再重新导入",
        "look over separators and headings, save it as .xlsx and load again",
    ),
    "faulty_rows": (
        True,
        "有误的行超过 {count} 行，这张表未继续读取，也未导入",
        "more than {count} rows have a problem: this table was read no further, and nothing of it is loaded",
        "请先核对表头与各列是否对应，改正已列出的问题后重新导入",
        "see first whether headings and columns belong together; mend what is listed, then load again",
    ),
    "unanswered_references": (
        True,
        "“{heading}”中有 {count} 处找不到名称或编号为此的{labels}，占这张表的大半，整张表没有导入",
        "“{heading}” names {count} times what no {labels_en} is called or numbered; that is most of this table, and "
        "nothing of it is loaded",
        "请先导入{labels}表，或与这张表一起导入；这一列如果不是{labels}，请更正表头",
        "load the tables of {labels_en} first, or together with this one; if the column holds something else, mend its "
        "heading",
    ),
    "struck_row": (
        True,
        "第 {row} 行整行划了删除线，无法判断是否仍然有效，没有读取",
        "row {row} is struck through: whether it still counts is not known, and it was not read",
        "请选择照常读取还是不读取划了删除线的行；也可以删除作废的行，或去掉仍有效的行的删除线",
        "choose whether such rows are loaded or left out; or delete void ones and clear the lines of valid ones",
    ),
    "struck_loaded": (
        False,
        "有 {count} 行整行划了删除线（第 {rows} 行），按您的选择照常读取",
        "rows that are struck through were read as you chose: {count} (row {rows})",
        "作废的行请删除，或选择不读取划了删除线的行",
        "delete those that are void, or choose to leave them out",
    ),
    "struck_left": (
        False,
        "有 {count} 行整行划了删除线（第 {rows} 行），按您的选择没有读取",
        "rows that are struck through were left out as you chose: {count} (row {rows})",
        "仍有效的行请去掉删除线，或选择照常读取",
        "clear the strike-through of those that are valid, or choose to load them",
    ),
    "band_row": (
        False,
        "这一行是标题或分组行，不是一条{form}数据，没有读取",
        "this row is a title or heads a group and is no row of “{form_en}”; it was not read",
        "下面各行不会自动归入这一组，需要时请逐行填写；如果确实是一条数据，请补全这一行",
        "the rows below are not put into that group by it: fill in each of them; if it is a row of data, complete it",
    ),
    "branch_row": (
        False,
        "这一行写的是党支部名称，可能是下面各行所在的党支部；没有自动归入，这一行没有读取",
        "this row names a branch, which may be that of the rows below; they were not put into it, and it was not read",
        "如是，请在导入页的“列对应”中勾选，或在下面各行的“组织关系所在党支部”（或“所在党支部”）一列填上这个名称；已填写的无须处理",
        "if so, tick it under “Columns” on the load page, or write the name into the column “组织关系所在党支部” of "
        "the rows below; rows that have it need nothing",
    ),
    "branch_title": (
        False,
        "表格上方写的是党支部名称，可能是表中各行所在的党支部；没有自动归入",
        "a branch is named above the table, which may be that of all its rows; they were not put into it",
        "如是，请在导入页的“列对应”中勾选，或加上“组织关系所在党支部”（或“所在党支部”）一列，逐行填写；如不是，无须处理",
        "if so, tick it under “Columns” on the load page, or add the column “组织关系所在党支部” and fill it in; if "
        "not, nothing need be done",
    ),
    "example_row": (
        False,
        "这一行是填写示例或填写说明，没有读取",
        "this row is an example or says how to fill in the form; it was not read",
        "如果是真实数据，请去掉“示例”等字样",
        "if it is a row of data, delete the word that says it is an example",
    ),
    "nothing_row": (
        False,
        "这一行只写了“无”“略”一类的字，没有读取",
        "this row says only that there is nothing; it was not read",
        "不需要时请删除这一行；如果确实叫这个名称，请补全这一行",
        "delete the row if it is not needed; if that is its name, complete the row",
    ),
    "no_name": (
        True,
        "“{heading}”的内容不是名称，本行没有读取",
        "“{heading}” holds no name; the row was not read",
        "填写名称；不需要这一行时请删除",
        "fill in the name, or delete the row",
    ),
}
"""Code -> does it block the load, what is wrong and what would be right, each in Chinese and English."""
