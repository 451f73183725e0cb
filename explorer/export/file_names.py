"""What files are called: a saved picture, by what it is of, the round, the day; safe for every file system."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_MOST_BYTES = 120  # some encrypting file systems hold 143, an ending and " (1)" included
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_WIDE = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def file_stem(subject: str, round_: str, day: date) -> str:
    """The name of a file without its ending. Signs that file systems refuse are written wide.

    >>> file_stem("王** · 关系图谱", "2006-10", date(2006, 11, 2))
    '王＊＊·关系图谱_2006-10_2006-11-02'
    """
    after = "_".join(part for part in (_on_one_line(round_, 24), day.isoformat()) if part)
    called = _on_one_line(subject, _MOST_BYTES - len(after.encode()) - 1)
    return f"{called}_{after}" if called else after


def _on_one_line(text: str, most: int) -> str:
    return safe_file_name(re.sub(r"\s*·\s*", "·", " ".join(_seen(text).split())), most)


def safe_file_name(text: str, most: int) -> str:
    """The text in signs that every file system takes, in one Unicode form, in at most so many bytes.

    >>> safe_file_name("一居/调摸表?", 120)
    '一居／调摸表？'
    """
    short = _seen(text).translate(_WIDE).encode()[:most].decode(errors="ignore").strip(" .")
    return f"_{short}" if _RESERVED.fullmatch(short) else short


def _seen(text: str) -> str:
    return "".join(
        c if unicodedata.category(c) not in _UNSEEN else " " for c in unicodedata.normalize("NFC", text)
    )
