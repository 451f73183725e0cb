"""Open workbooks with a password when it is given; the only module that knows msoffcrypto.

A password is used for the file at hand and goes nowhere else.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msoffcrypto
from msoffcrypto.exceptions import (
    DecryptionError,
    EncryptionError,
    FileFormatError,
    InvalidKeyError,
    ParseError,
)

from loaders import ole

_EVERYBODYS = "VelvetSweatshop"
"""With it Excel locks a workbook that is only protected against changes, and opens it without a question."""
_KINDS = ("ooxml", "xls97")
_WRONG = (InvalidKeyError, DecryptionError, UnicodeError)
_FAULTS = (
    FileFormatError,
    ParseError,
    EncryptionError,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    AssertionError,
    NotImplementedError,
    OverflowError,
)


class NoPasswordFits(Exception):
    """Raised for a workbook with a password that none of the given ones opens."""


def unlock(path: Path, target: Path, passwords: Sequence[str]) -> bool:
    """Write a workbook without its password to `target`; False where it has none, or is no workbook at all.

    NoPasswordFits where none of the passwords opens it.
    """
    with path.open("rb") as source:
        if not source.read(8).startswith(ole.SIGNATURE):
            return False
        try:
            book: Any = msoffcrypto.OfficeFile(source)
            if getattr(book, "format", "") not in _KINDS or not book.is_encrypted():
                return False
        except _FAULTS:
            return False  # the reader of its kind says what is wrong
        for password in (_EVERYBODYS, *passwords):
            if _opens(source, target, password):
                return True
    target.unlink(missing_ok=True)
    raise NoPasswordFits


def _opens(source: Any, target: Path, password: str) -> bool:
    try:
        source.seek(0)
        book: Any = msoffcrypto.OfficeFile(source)
        if book.format == "ooxml":
            book.load_key(password=password, verify_password=True)
        else:  # the old format always verifies
            book.load_key(password=password)
        with target.open("wb") as out:
            book.decrypt(out)
    except (*_WRONG, *_FAULTS):
        return False
    with target.open("rb") as made:
        head = made.read(8)
    return head.startswith(b"PK") or ole.is_workbook(head)
