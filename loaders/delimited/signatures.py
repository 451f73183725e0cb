"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import codecs
import re

from graph_model.text import Text

HEAD = 4096
"""Bytes that are looked at."""
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04", "Excel 工作簿（.xlsx）或压缩包", "an Excel workbook (.xlsx) or an archive"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"),
    (rb"PAR1", "Parquet 文件", "a Parquet file"),
    (rb"%PDF-", "PDF 文件", "a PDF file"),
    (rb"\{\\rtf", "RTF 文档", "an RTF document"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "压缩包", "an archive"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0", "图片", "a picture"),
    (rb"SQLite format 3\0|.{4}Standard (?:Jet|ACE) DB", "数据库文件", "a database file"),
    (rb"ID;P(?:WXL|SCALC|CALC|[A-Z0-9]*(?:;[NE])+[\r\n])", "SYLK 表格（.slk）", "a SYLK table (.slk)"),
    (rb"TABLE\r?\n0,1", "DIF 表格（.dif）", "a DIF table (.dif)"),
    (
        rb"(?is)(?:from:|mime-version:|content-type:).*multipart/related",
        "单个文件网页（.mht）",
        "a single-file web page (.mht)",
    ),
    (
        rb"(?is)<\?xml.*(?:urn:schemas-microsoft-com:office:spreadsheet|progid=.excel)",
        "XML 电子表格（2003）",
        "an XML spreadsheet (2003)",
    ),
    (
        rb"(?is)<(?:!doctype html|html|head|body|meta|style|script|table|div)\b|<\?xml.*<html\b",
        "网页（HTML）",
        "a web page (HTML)",
    ),
    (rb"<\?xml", "XML 文件", "an XML file"),
)


def kind_of(head: bytes) -> Text | None:
    """What a file is that begins so; None for plain text and for what is not known.

    >>> kind_of(b"<html><table>").en, kind_of("<\\ufefftable>".encode("utf-16")), kind_of(b"a,b")
    ('a web page (HTML)', None, None)
    """
    start = head[:HEAD]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode()
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next(
        (Text(zh, en) for pattern, zh, en in _SIGNATURES if re.match(pattern, start, re.DOTALL)), None
    )


def text_kind(head: bytes) -> Text | None:
    """Plain text that begins so, in which cells have separators between them; None for no text and no table.

    >>> text_kind("姓名,性别".encode("gb18030")).en, text_kind(b"PAR1"), text_kind("说明".encode())
    ('text with commas or semicolons between the cells', None, None)
    """
    start = head[:HEAD]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = next(
        (t for e in (["utf-16"] if wide else ["utf-8", "gb18030"]) if (t := _decoded(start, e))), ""
    )
    if any(c < " " and c not in "\t\r\n\f" for c in text):
        return None
    if "\t" in text:
        return Text("用制表符分隔的文本（可将扩展名改为 .txt）", "text with tabs between the cells")
    if "," in text or ";" in text:
        return Text(
            "用逗号或分号分隔的文本（可将扩展名改为 .csv）",
            "text with commas or semicolons between the cells",
        )
    return None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return ""
