"""Files opened by the programs that people open them with: LibreOffice, and a PDF viewer's own reader."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_PDFTOTEXT = shutil.which("pdftotext")
_SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, name: str, to: str, folder: Path) -> Path:
    """What LibreOffice makes of a file; skips the test where there is no LibreOffice."""
    if _SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    given = folder / name
    given.write_bytes(data)
    out = folder / "out"
    # one profile for all files of this process: LibreOffice takes longer to make one than to convert a file
    profile = f"-env:UserInstallation={(folder.parent / 'libreoffice-profile').as_uri()}"
    line = [
        _SOFFICE,
        "--headless",
        "--norestore",
        profile,
        "--convert-to",
        to,
        "--outdir",
        str(out),
        str(given),
    ]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)
    made = sorted(out.glob(f"{given.stem}*"))
    assert made, f"LibreOffice could not open {name}: {done.stdout}{done.stderr}"
    return made[0]


def pdf_texts(data: bytes) -> list[str]:
    """The text of each page as a viewer selects it (Poppler's); skips the test where there is no Poppler.

    pypdf does not read the character maps that fonts with PostScript outlines bring along.
    """
    if _PDFTOTEXT is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run([_PDFTOTEXT, "-", "-"], input=data, capture_output=True, check=True, timeout=120)
    assert not done.stderr, done.stderr
    return done.stdout.decode("utf-8").split("\f")[:-1]
