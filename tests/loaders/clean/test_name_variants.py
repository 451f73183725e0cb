from hypothesis import assume, given
from hypothesis import strategies as st

from loaders.clean.chinese import simplified, traditional
from loaders.clean.name_variants import spellings
from loaders.clean.parse import canonical_name
from loaders.clean.person_names import person_value

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.text(CHINESE, min_size=2, max_size=4))
def test_a_name_is_among_the_spellings_of_its_canonical_name(name):
    kept = person_value(name)
    assume(isinstance(kept, str))  # 兼职委员 is a post, and no name
    found = spellings(canonical_name(kept))
    assert found is None or kept in found


@given(st.text(CHINESE, min_size=1, max_size=3))
def test_every_spelling_is_recognised_as_the_same(name):
    canonical = canonical_name(name)
    assert all(canonical_name(s) == canonical for s in spellings(canonical) or ())


@given(CHINESE)
def test_traditional_is_the_inverse_of_simplified(character):
    assert all(simplified(t) == character for t in traditional(character))


def test_what_has_too_many_spellings_is_said_to_have():
    assert spellings("Maria") is None
    assert spellings("") is None
    assert spellings("发" * 20) is None
