import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.privacy import ADDRESS, IDENTITY, PHONE, is_private_heading, private_kind, private_rows


def _identity(first17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights, strict=True)) % 11]


# Made up: no such region, no such day.
MADE_UP = _identity("0" * 17)


@pytest.mark.parametrize(
    "heading", ["身份证号", "身份 证号码", "联系电话", "手机", "家庭地址", "住址", "联系方式"]
)
def test_private_headings(heading):
    assert is_private_heading(heading)


@pytest.mark.parametrize("heading", ["姓名", "所属街道", "编号"])
def test_other_headings(heading):
    assert not is_private_heading(heading)


def test_an_identity_number_is_known_by_its_check_digit():
    wrong = MADE_UP[:17] + ("2" if MADE_UP[17] != "2" else "3")
    assert private_kind(MADE_UP) == IDENTITY
    assert private_kind(f"张三{MADE_UP}") == IDENTITY
    assert private_kind(wrong) is None


def test_an_identity_number_that_a_number_cell_has_rounded_is_known_by_its_date():
    assert private_kind("000000" + "19700101" + "0000") == IDENTITY


def test_a_short_identity_number_has_a_birth_date():
    assert private_kind("000000" + "700101" + "000") == IDENTITY
    assert private_kind("000000" + "709901" + "000") is None


def test_phone_numbers_in_any_width_and_grouping():
    for text in ("1" + "39" + "0" * 8, "1" + "39 0000 0000", "１３９" + "０" * 8, "+86 139-0000-0000"):
        assert private_kind(text) == PHONE


def test_an_address_with_its_room():
    assert private_kind("某某路12弄3号401室") == ADDRESS
    assert private_kind("11-13号楼") is None


def test_a_long_number_is_not_a_phone_number():
    assert private_kind("1390000000012") is None
    assert private_kind("20011205") is None


def test_only_the_rows_concerned_are_found():
    assert private_rows(["a", None, MADE_UP, "b"]) == {2: IDENTITY}
    assert private_rows(["a", None]) == {}


PIECES = st.sampled_from(
    [
        MADE_UP,
        "1" + "39" + "0" * 8,
        "1" + "39-0000-0000",
        "某路1号2室",
        "某路1弄2号3 室",
        "２００１",
        "张三",
        "12",
        " ",
    ]
)


@given(st.lists(st.none() | st.lists(PIECES, max_size=3).map("".join), max_size=5))
def test_a_column_has_private_rows_where_its_cells_are_private(column):
    kinds = {at: private_kind(text) for at, text in enumerate(column) if text}
    assert private_rows(column) == {at: kind for at, kind in kinds.items() if kind is not None}
