"""The picture font: what it draws, how wide text is, and the parts of it that files carry."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from explorer.fonts import COMMON, PICTURES
from explorer.scene.picture_fonts import (
    characters_digest,
    clean_line,
    code_points,
    font_code_points,
    font_face,
    font_family,
    replace_missing_glyphs,
    truetype_subset,
    width,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        (" 甲\n乙\t丙\r\n丁 ", "甲 乙 丙 丁"),
        ("a\u202eb\u200f\x1b[2J\x00", "ab[2J"),
        ("甲\u2028乙", "甲 乙"),
        ("x\ud800\ufffe\ue000y", "xy"),
        ("檀香　居民区", "檀香　居民区"),
    ],
)
def test_a_line_is_one_line_without_what_steers_or_hides(text: str, clean: str) -> None:
    assert clean_line(text) == clean


def test_what_cannot_be_drawn_is_shown_as_missing_unless_another_font_has_it() -> None:
    assert replace_missing_glyphs("甲\U0001f9ff") == "甲〓"
    assert replace_missing_glyphs("甲\U0001f9ff", frozenset({0x1F9FF})) == "甲\U0001f9ff"
    assert ord("〓") in font_code_points()


def test_a_chinese_character_is_as_wide_as_the_font_is_high_and_what_is_missing_too() -> None:
    assert width("甲乙丙", 10.0) == 30.0
    assert width("", 10.0) == 0.0
    assert width("\U0001f9ff", 10.0) == 10.0
    assert 0 < width("il", 10.0) < width("WW", 10.0) < 30.0


def test_the_shipped_fonts_draw_the_characters_of_names() -> None:
    assert code_points(PICTURES) == font_code_points()
    assert {ord(c) for c in "街道党支部居民区物业㛃镕"} <= font_code_points()
    assert {ord(c) for c in "街道党支部居民区物业"} <= code_points(COMMON)


def test_a_digest_is_of_the_set_of_characters() -> None:
    assert characters_digest(["甲乙", "甲"]) == characters_digest(["乙甲"]) != characters_digest(["甲"])
    assert re.fullmatch("[0-9a-f]{12}", characters_digest([]))


def test_the_font_of_a_page_holds_its_characters_and_no_others() -> None:
    face = font_face(["甲\U0001f9ff"])
    packed = re.search("base64,([^)]+)", face)
    assert packed is not None
    with TTFont(io.BytesIO(base64.b64decode(packed.group(1)))) as font:
        assert set(font.getBestCmap()) == {ord("甲"), ord("?")}
    assert f"font-family:'{font_family()}'" in face
    assert not set("<>") & set(face)


def test_the_font_of_a_pdf_is_truetype_called_as_asked_and_the_same_each_time() -> None:
    data = truetype_subset(["甲乙"], "Branchmap ab")
    with TTFont(io.BytesIO(data)) as font:
        assert "glyf" in font
        assert set(font.getBestCmap()) == {ord("甲"), ord("乙"), ord("?")}
        assert font["name"].getBestFamilyName() == "Branchmap ab"
    assert truetype_subset(["乙甲"], "Branchmap ab") == data
