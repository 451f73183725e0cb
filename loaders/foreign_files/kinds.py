"""What a file is by its content, as far as it is one of the kinds that are read; its name says nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from graph_model.text import Text
from loaders import ole
from loaders.delimited import signatures
from loaders.foreign_files import ods, xlsb

Kind = Literal["xlsx", "xlsb", "ods", "fods", "old", "parquet", "spreadsheetml", "html", "text"]
_HEAD = 4096
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|style|script|table|div|center|font|p|title)\b|<\?xml[^>]*>.*<html\b",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOK = re.compile(r"<(?:\w+:)?Workbook\b")
_MOST_MIME = 200
_PARTS: tuple[tuple[str, str, str], ...] = (
    (r"word/document\.xml", "Word 文档（.docx）", "a Word document (.docx)"),
    (r"ppt/presentation\.xml", "演示文稿（.pptx）", "slides (.pptx)"),
    (r"Index/.*\.iwa|Index\.zip", "苹果 Numbers 表格（.numbers）", "a Numbers spreadsheet (.numbers)"),
    (
        r"content\.xml",
        "OpenDocument 文档或旧版 OpenOffice 表格",
        "another OpenDocument or old OpenOffice file",
    ),
)


def kind_of(path: Path) -> Kind | None:
    """The kind of a file that is read; None for anything else."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if ole.is_workbook(head):
        return "old"
    if head.startswith(b"PAR1"):
        return "parquet"
    start = _text(head)
    if start.startswith("<") and _SPREADSHEETML in start and _WORKBOOK.search(start):
        return "spreadsheetml"
    if ods.is_flat(start.encode()):
        return "fods"
    if _HTML.match(start):
        return "html"
    return "text" if signatures.kind_of(head) is None and signatures.text_kind(head) else None


def really(path: Path) -> Text | None:
    """What a file that is not read really is; None where that is not known either."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        names = _names(path)
        found = (Text(zh, en) for part, zh, en in _PARTS if any(re.fullmatch(part, n) for n in names))
        packed = Text("压缩包（.zip）", "an archive (.zip)") if names else None
        return next(found, packed)
    return signatures.kind_of(head) or signatures.text_kind(head)


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n")


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return []


def _kind_of_archive(path: Path) -> Kind | None:
    """An archive that is damaged is taken for an .xlsx, whose reader says so."""
    names = _names(path)
    low = {name.lower().replace("\\", "/").lstrip("/") for name in names}
    if xlsb.BOOK in low:
        return "xlsb"
    if "mimetype" in low and ods.is_zipped(names, _mime(path)):
        return "ods"
    return "xlsx" if not names or any(name.startswith(("xl/", "_rels/")) for name in low) else None


def _mime(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as part:
            return part.read(_MOST_MIME)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""
