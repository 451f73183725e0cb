"""What the ending of a file's name says: whether it may hold rows; what it really is, only its content says."""

from __future__ import annotations

from pathlib import PurePath

WORKBOOKS = (
    *(".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"),
    *(".xlt", ".xltx", ".xltm", ".ett", ".ots", ".fods", ".xml", ".html", ".htm"),
)
"""Endings under which workbooks are read."""
TEXTS = (".csv", ".txt", ".tsv", ".tab")
"""Endings of text files that are read: cells with commas, tabs or semicolons between them."""
OTHER_WORKBOOKS = frozenset(
    [
        *(".wps", ".xlw", ".xlk", ".numbers", ".sxc", ".uos", ".gnumeric", ".wk1", ".wk3", ".wk4", ".123"),
        *(".xhtml", ".mht", ".mhtml", ".slk", ".sylk", ".dif", ".prn"),
        *(".dbf", ".mdb", ".accdb", ".json"),
    ]
)
"""Endings of what may hold the rows of a survey, in a kind that cannot be read."""
OTHER_ARCHIVES = frozenset([".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zipx"])
"""Endings of what may hold workbooks: within a folder they are not unpacked."""
_COPIES = frozenset([".bak", ".old", ".tmp", ".part", ".download", ".crdownload"])
"""Endings that programs put behind the real one."""

_BEHIND = ". \u3000"


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, without dots and blanks behind it.

    >>> ending_of("党员.XLSX"), ending_of("党员.xml. "), ending_of("党员.csv.bak"), ending_of("党员")
    ('.xlsx', '.xml', '.csv.bak', '')
    """
    path = PurePath(name.rstrip(_BEHIND))
    ending = path.suffix.lower().strip()
    return ending_of(path.stem) + ending if ending in _COPIES else ending


def is_text(name: str) -> bool:
    """Is a file by its name a text of cells with separators between them."""
    return ending_of(name) in TEXTS


def may_hold_rows(ending: str) -> bool:
    """Is this the ending of a workbook that is not read, or of a copy that a program made of any workbook.

    >>> may_hold_rows(".mht"), may_hold_rows(".xlsx.bak"), may_hold_rows(".docx"), may_hold_rows("")
    (True, True, False, False)
    """
    first = "." + ending.strip(".").partition(".")[0]
    return first in OTHER_WORKBOOKS or (first != ending and first in (*WORKBOOKS, *TEXTS))
