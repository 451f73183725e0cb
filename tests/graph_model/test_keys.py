"""Keys: they tell the label, hide the name, and are of one site."""

import hmac
import re

from hypothesis import given
from hypothesis import strategies as st

from graph_model.keys import KeyMaker


def test_a_key_tells_the_label_and_hides_the_name() -> None:
    key = KeyMaker(b"secret").key("Member", ("王小明", "2001-07"))
    assert re.fullmatch(r"m_[0-9a-f]{20}", key)
    assert key == KeyMaker(b"secret").key("Member", ("王小明", "2001-07"))
    others = [
        KeyMaker(b"other").key("Member", ("王小明", "2001-07")),
        KeyMaker(b"secret").key("Member", ("王小明2001-07",)),
        KeyMaker(b"secret").key("Member", ("王小明2", "001-07")),
        KeyMaker(b"secret").key("Liaison", ("王小明", "2001-07")),
    ]
    assert key not in others
    assert len({k.partition("_")[2] for k in others}) == 4


@given(st.binary(max_size=200), st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])))))
def test_the_keys_of_many_are_those_of_each(secret: bytes, identities: list[list[str]]) -> None:
    texts = ("Unit\x1e" + "\x1f".join(i) for i in identities)
    expected = [f"u_{hmac.digest(secret, t.encode(), 'sha256').hex()[:20]}" for t in texts]
    assert list(KeyMaker(secret).keys("Unit", identities)) == expected
    assert [KeyMaker(secret).key("Unit", i) for i in identities] == expected


def test_a_fingerprint_tells_two_secrets_apart_and_holds_neither() -> None:
    assert KeyMaker(b"a").fingerprint == KeyMaker(b"a").fingerprint
    assert KeyMaker(b"a").fingerprint != KeyMaker(b"b").fingerprint
    assert len(KeyMaker(b"a").fingerprint) == 16
    assert "secret" not in repr(KeyMaker(b"secret"))
