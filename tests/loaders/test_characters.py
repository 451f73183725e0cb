"""Characters that cannot be seen, and rare ones."""

import unicodedata

import pytest

from loaders.characters import is_letter, is_standard, private_use, standard

TAKES_NO_ROOM = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\U000e0100"
)


@pytest.mark.parametrize("character", TAKES_NO_ROOM)
def test_what_takes_no_room_goes(character):
    assert standard(f"青{character}松") == "青松"


def test_private_characters_of_old_gbk_follow_the_order_of_its_codes():
    codes = [code for code in range(0xFE50, 0xFEA1) if code & 0xFF != 0x7F]
    plain = [code.to_bytes(2, "big").decode("gb18030") for code in codes]
    known = {n: c for n, c in enumerate(plain) if not private_use(c)}
    assert (
        len(known) == 66
    )  # the others have had a place since 2005 only, which Python's codec does not know
    assert {n: standard(chr(0xE815 + n)) for n in known} == known
    assert not any(private_use(standard(chr(0xE815 + n))) for n in range(80))


@pytest.mark.parametrize(
    "character", ["张", "䶮", "\U00020087", "\U00031350", "\U0002ebf0", "﨑", "⺁", "é"]
)
def test_letters_of_any_age_are_letters(character):
    assert is_letter(character)


def test_digits_and_signs_are_none():
    assert not any(map(is_letter, "1·-□？\ue000"))


def test_what_is_standard_stays():
    every = "".join(chr(c) for c in range(0x110000) if unicodedata.category(chr(c))[0] in "LN")
    assert all(standard(c) == c for c in every if is_standard(c))
    assert private_use("张\ue001") == "\ue001"
