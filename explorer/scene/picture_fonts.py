"""What the picture font can draw, how wide its text is, and the part of it that a file needs."""

from __future__ import annotations

import base64
import hashlib
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from explorer.fonts import PICTURES

MISSING = "〓"
"""Chinese printing's own sign for a character that the type case lacks: visible, and no box."""

_LOCK = Lock()  # one font file is read lazily by one thread at a time
_MADE = 3_600_000_000  # seconds since 1904: in 2018, but for every font the same
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def clean_line(text: str) -> str:
    """One line of text without control, direction and unassigned characters (XML refuses some of them).

    >>> clean_line("a\\u202eb\\x00\\nc")
    'ab c'
    """
    spaced = " ".join(text.splitlines()).replace("\t", " ")
    return "".join(char for char in spaced if unicodedata.category(char) not in _DROPPED).strip()


def replace_missing_glyphs(text: str, also: frozenset[int] = frozenset()) -> str:
    """The text with 〓 for what neither the picture font nor `also` (code points) can draw."""
    have = font_code_points()
    return "".join(c if ord(c) in have or ord(c) in also else MISSING for c in clean_line(text))


@cache
def font_family() -> str:
    """The picture font's family name."""
    with _LOCK, TTFont(PICTURES, lazy=True) as font:
        return str(font["name"].getBestFamilyName())


@cache
def font_code_points() -> frozenset[int]:
    """The code points that the picture font can draw."""
    return frozenset(_widths())


def code_points(path: Path) -> frozenset[int]:
    """The code points that a font file can draw."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _widths() -> dict[int, float]:
    with _LOCK, TTFont(PICTURES, lazy=True) as font:
        metrics = font["hmtx"].metrics
        em = font["head"].unitsPerEm
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float) -> float:
    """How wide a text is at a font size, in the size's unit."""
    widths = _widths()
    return size * sum(widths.get(ord(char), 1.0) for char in text)


def font_face(texts: Iterable[str]) -> str:
    """A CSS @font-face rule that carries the characters of `texts` inside itself."""
    data = base64.b64encode(_woff2(_characters(texts))).decode()
    return (
        f"@font-face{{font-family:'{font_family()}';font-style:normal;font-weight:400;"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def characters_digest(texts: Iterable[str]) -> str:
    """A short name for the set of characters in some texts: the same set, the same name."""
    return hashlib.sha256("".join(map(chr, _characters(texts))).encode()).hexdigest()[:12]


def truetype_subset(texts: Iterable[str], name: str) -> bytes:
    """A TrueType font with the characters of `texts`, its family called `name`.

    The picture font's outlines are cubic, those of TrueType quadratic: they differ by less than a thousandth of
    the letter's height.
    """
    target = BytesIO()
    with _cut(_characters(texts)) as font:
        outlines = font.getGlyphSet()
        order = font.getGlyphOrder()
        made: dict[str, Any] = {}
        for glyph in order:
            pen = TTGlyphPen(None)
            outlines[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
            made[glyph] = pen.glyph()
        ready = FontBuilder(font["head"].unitsPerEm, isTTF=True)
        ready.setupGlyphOrder(order)
        ready.setupCharacterMap(font.getBestCmap())
        ready.setupGlyf(made)
        ready.setupHorizontalMetrics(
            {g: (font["hmtx"][g][0], made[g].xMin if made[g].numberOfContours else 0) for g in order}
        )
        ready.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
        ready.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
        ready.setupOS2(usWeightClass=400, fsType=0)
        ready.setupPost(keepGlyphNames=True)
        ready.font["head"].created = ready.font["head"].modified = (
            _MADE  # the same scene gives the same file
        )
        ready.font.recalcTimestamp = False
        ready.save(target)
    return target.getvalue()


def _characters(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({ord(char) for text in texts for char in text} & font_code_points() | {ord("?")}))


def _woff2(characters: tuple[int, ...]) -> bytes:
    """A woff2 file with these characters."""
    target = BytesIO()
    with _cut(characters) as font:
        font.flavor = "woff2"
        font.save(target)
    return target.getvalue()


@contextmanager
def _cut(characters: tuple[int, ...]) -> Iterator[TTFont]:
    """The picture font with these characters only, while it is held."""
    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.drop_tables += ["GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx"]
    with _LOCK, TTFont(PICTURES, lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        yield font
