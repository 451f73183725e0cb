"""Traditional characters for comparing: written as simplified ones, but for those that simplified writing has too."""

import pytest

from loaders.clean.chinese import simplified, traditional


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("新桃源物業", "新桃源物业"),
        ("髮廊與發展", "发廊与发展"),
        ("乾坤", "乾坤"),
        ("物业 A1", "物业 A1"),
        ("", ""),
    ],
)
def test_traditional_characters_are_simplified(given: str, wanted: str) -> None:
    assert simplified(given) == wanted
    assert simplified(wanted) == wanted


def test_the_way_back_names_every_traditional_character() -> None:
    assert traditional("发") == ("發", "髮")
    assert all(simplified(c) == "发" for c in traditional("发"))
    assert traditional("人") == ()
