"""File names: what the picture is of, the round and the day, whatever a name holds."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.export.file_names import file_stem

DAY = date(2006, 11, 2)


@pytest.mark.parametrize(
    ("subject", "round_", "stem"),
    [
        ("合生物业 · 关系图谱", "2006-10", "合生物业·关系图谱_2006-10_2006-11-02"),
        ('a/b\\c:d*e?f"g<h>i|j', "", "a／b＼c：d＊e？f＂g＜h＞i｜j_2006-11-02"),
        ("CON", "2006-10", "_CON_2006-10_2006-11-02"),
        ("..  \x00\u202e", "", "2006-11-02"),
        (" 两 \n 行 ", "十月/1", "两 行_十月／1_2006-11-02"),
        ("", "", "2006-11-02"),
    ],
)
def test_a_name_is_safe_everywhere(subject: str, round_: str, stem: str) -> None:
    assert file_stem(subject, round_, DAY) == stem


@pytest.mark.parametrize("subject", ["很长" * 200, "𠮷" * 100, "x" * 300])
def test_a_long_name_leaves_room_and_breaks_no_character(subject: str) -> None:
    stem = file_stem(subject, "2006-10" * 9, DAY)
    assert len(stem.encode()) <= 120
    assert stem.endswith("_2006-11-02")
    assert "�" not in stem
