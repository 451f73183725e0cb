import string

import pytest

from loaders.problems import CODES, address, column_letters, problem, shorten


def test_every_text_has_the_same_placeholders_in_both_languages():
    for code, kind in CODES.items():
        for text in (kind.what, kind.right):
            zh = {f.removesuffix("_en") for _, f, _, _ in string.Formatter().parse(text.zh) if f}
            en = {f.removesuffix("_en") for _, f, _, _ in string.Formatter().parse(text.en) if f}
            assert zh == en or code in ("unreadable_file", "locked_file", "bad_value", "not_a_person"), code


def test_a_problem_says_where_and_what():
    found = problem("required", "a.xlsx", "党员", "B7", None, heading="姓名")
    assert found.blocking
    assert found.place() == "a.xlsx · 党员 · B7"
    assert found.what.zh == "“姓名”没有填写"
    assert found.right.en == "fill in “姓名”"


def test_braces_in_a_value_are_text():
    assert problem("required", "a", heading="{x}").what.zh == "“{x}”没有填写"


def test_an_unknown_code_is_our_fault():
    with pytest.raises(KeyError):
        problem("no_such_code", "a.xlsx")


def test_long_and_odd_values_are_shortened():
    assert shorten("物" * 300) == "物" * 59 + "…"
    assert shorten("a\x00b\nc") == "a b c"


def test_addresses():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert address(3, 7) == "D7"
