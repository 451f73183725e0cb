"""Workbooks with a password."""

from __future__ import annotations

import io
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile


def lock(path: Path, password: str) -> Path:
    """Put a password on a workbook, in its place."""
    plain = io.BytesIO(path.read_bytes())
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(password, out)
    return path
