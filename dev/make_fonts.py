"""Makes the fonts in explorer/fonts/ and explorer/static/ out of Debian's fonts-noto-cjk package.

    apt-get install fonts-noto-cjk
    python dev/make_fonts.py

From Noto Sans CJK SC: the common characters (woff2, regular and bold), all others (woff2),
and everything for pictures (otf).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
EXPLORER = Path(__file__).resolve().parents[1] / "explorer"
PAGES = EXPLORER / "static"
PICTURES = EXPLORER / "fonts"
FAMILY = "Noto Sans CJK SC"

# What pages and labels use besides Chinese characters.
SYMBOLS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin tone marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
    (0x2030, 0x205E),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),  # № ℃ ™
    (0x2150, 0x218B),  # Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),  # circled digits
    (0x2500, 0x27BF),  # boxes, shapes, ticks
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # enclosed and squared characters
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
)
HAN: tuple[tuple[int, int], ...] = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3400, 0x4DBF),  # Extension A
    (0x4E00, 0x9FFF),  # the Unified Repertoire
    (0xF900, 0xFAFF),  # compatibility
    (0x20000, 0x323AF),  # Extensions B to H
)


def expand(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Inclusive ranges to code points."""
    return {point for first, last in ranges for point in range(first, last + 1)}


def gb2312() -> set[int]:
    """The code points of GB2312: 6,763 characters and its symbols."""
    points: set[int] = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # a hole in the table
    return points


def load(weight: str) -> TTFont:
    """The Simplified Chinese member of the collection of that weight."""
    path = SOURCE / f"NotoSansCJK-{weight}.ttc"
    if not path.is_file():
        sys.exit(f"{path} is not there: apt-get install fonts-noto-cjk")
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(1) == FAMILY or font["name"].getDebugName(16) == FAMILY:
            return font
    sys.exit(f"{path} has no {FAMILY}")


def save(weight: str, points: set[int], path: Path) -> None:
    """Write the glyphs of those code points to that file, and print what came out."""
    font = load(weight)
    options = Options()
    flavor = "woff2" if path.suffix == ".woff2" else None
    options.flavor = flavor
    options.hinting = False
    options.layout_features = ["kern", "locl", "ccmp", "calt", "liga"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.desubroutinize = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.flavor = flavor
    font.recalcTimestamp = False  # the same package gives the same files
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    print(
        f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size / 1e6:.2f} MB", flush=True
    )


def main() -> None:
    """Make all four files."""
    held = set(load("Regular").getBestCmap())
    common = (gb2312() | expand(SYMBOLS)) & held
    rare = (expand(HAN) & held) - common
    save("Regular", common, PAGES / "branchmap-common-400.woff2")
    save("Bold", common, PAGES / "branchmap-common-700.woff2")
    save("Regular", rare, PAGES / "branchmap-rare-400.woff2")
    save("Regular", common | rare, PICTURES / "branchmap-pictures.otf")


if __name__ == "__main__":
    main()
