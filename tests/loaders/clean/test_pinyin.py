"""The texts by which many things are found are those of each alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.clean.parse import canonical_names
from loaders.clean.pinyin import search_text, search_texts

NAMES = st.lists(
    st.text(max_size=5) | st.text(st.sampled_from("单晓欧阳重任乐〇㐀李a1. ·"), max_size=5), max_size=5
)


@settings(deadline=None)  # the table of characters is made when it is first asked for
@given(NAMES, st.booleans())
def test_many_are_found_as_each_alone(names, person):
    found = search_texts(canonical_names(names), person=person)
    assert found == {n: search_text([n], person=person) for n in names}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("单单", "单单 shandan sd"),
        ("Maria Li", "maria li mariali"),
        ("欧阳A1", "欧阳a1 ouyanga1 oya1"),
        ("李·四", "李·四 li·si l·s"),
        ("任", "任 ren r"),
    ],
)
def test_a_persons_name_is_found_by_sound_and_initials(name, text):
    assert search_text([name], person=True) == text
