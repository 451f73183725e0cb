"""The shipped fonts hold the characters that names use, and the pages are told where they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from explorer import fonts

RARE = "㛃䶮堃喆镕𠮷"


def _characters(path: Path) -> set[str]:
    with TTFont(path) as font:
        return {chr(point) for point in font.getBestCmap()}


def test_pictures_have_the_rare_characters() -> None:
    assert set(RARE) <= _characters(fonts.PICTURES)


def test_the_two_page_fonts_have_them_between_them() -> None:
    assert set(RARE) <= _characters(fonts.COMMON) | _characters(fonts.RARE)


@pytest.mark.parametrize("path", [fonts.COMMON, fonts.COMMON_BOLD])
def test_common_is_gb2312_and_the_interface(path: Path) -> None:
    gb2312 = {
        bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)
    }
    assert gb2312 | set("，。：；“”‘’（）《》、—…·→✓№①Ω½ÀéüABCabc0123") <= _characters(path)


def test_common_and_rare_share_nothing() -> None:
    assert not _characters(fonts.COMMON) & _characters(fonts.RARE)


def test_the_picture_font_is_within_its_size() -> None:
    assert fonts.PICTURES.stat().st_size <= 12_000_000


def test_every_face_is_a_file_that_is_served() -> None:
    for face in json.loads(fonts.streamlit_options()["theme.fontFaces"]):
        assert (fonts.STATIC / Path(face["url"]).name).is_file()


def test_rare_is_declared_before_common_in_each_weight() -> None:
    faces = fonts.font_faces()
    assert [("rare" in face["url"]) for face in faces] == [True, True, False, False]


def test_the_licence_is_shipped() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in fonts.LICENCE.read_text(encoding="utf-8")
