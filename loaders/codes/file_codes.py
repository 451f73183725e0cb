"""Workbooks with a password: a part of the table of problems."""

from __future__ import annotations

FILE_CODES: dict[str, tuple[bool, str, str, str, str]] = {
    "locked_file": (
        True,
        "{zh}",
        "{en}",
        "请在导入页填写密码；密码仅用于本次读取，不予保存",
        "fill in the password on the load page; it is used for this reading alone and not kept",
    ),
    "unlocked_file": (
        False,
        "这个工作簿有密码，已经打开；保存在导入历史中的副本没有密码",
        "this workbook has a password and was opened; its copy in the history of loads has none",
        "无须处理；密码没有保存",
        "nothing to do; the password was not kept",
    ),
}
