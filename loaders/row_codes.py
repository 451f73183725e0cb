"""Rows that are no plain rows of data: the part of the table of problems that speaks of them."""

from __future__ import annotations

ROW_CODES: dict[str, tuple[bool, str, str, str, str]] = {
    "struck_row": (
        True,
        "第 {row} 行整行划了删除线，看不出还算不算，没有读取",
        "row {row} is struck through: whether it still counts is not known, and it was not read",
        "作废的，删除这一行；仍有效的，去掉删除线；也可以先只导入没有问题的行",
        "delete the row if void, clear the strike-through if valid, or load the rows without problems first",
    ),
}
"""Code -> does it block the load, what is wrong and what would be right, each in Chinese and English."""
