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
    "heading",
    [
        *("身份证号", "身份 证号码", "公民身份号码", "ID号", "ＩＤ号码"),
        *("联系电话", "手机", "联系方式", "TEL", "Tel.", "固话", "宅电", "座机"),
        *("家庭地址", "住址", "地址", "居住地址", "户籍地址", "家庭住址", "通信地址"),
    ],
)
def test_private_headings(heading):
    assert is_private_heading(heading)


@pytest.mark.parametrize("heading", ["姓名", "所属街道", "编号", "单位地址", "活动地点", "Hotel"])
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


@pytest.mark.parametrize(
    "text",
    [
        *("021-50005678", "(021)50005678", "021 5000 5678", "０２１－５０００５６７８", "+86 21 5000 5678"),
        *("0999-5005678", "电话50005678", "电话:02150005678", "Tel. 5000 5678", "经理50005678（宅）"),
    ],
)
def test_a_landline_has_an_area_code_or_a_word_that_says_so(text):
    assert private_kind(text) == PHONE


@pytest.mark.parametrize(
    "text",
    [
        "20060012",
        "50005678",
        "编号20060012 电话无",
        "021-2006012",
        "021-20061201",
        "2001-12-05",
        "电话会议20060101",
    ],
)
def test_other_numbers_of_that_length_are_no_landlines(text):
    assert private_kind(text) is None


def test_an_identity_number_in_groups_needs_a_check_digit_and_a_birth_date():
    whole = _identity("000000" + "19491231" + "002")
    assert private_kind(f"{whole[:6]} {whole[6:14]} {whole[14:]}") == IDENTITY
    assert private_kind(f"{whole[:4]}-{whole[4:8]}-{whole[8:12]}-{whole[12:16]}-{whole[16:]}") == IDENTITY
    assert private_kind(f"{whole[:6]}\u200b{whole[6:]}") == IDENTITY
    assert (
        private_kind(f"{whole[:6]} {whole[6:14]} {whole[14:17]}{'1' if whole[17] != '1' else '2'}") is None
    )
    assert private_kind(f"{MADE_UP[:6]} {MADE_UP[6:14]} {MADE_UP[14:]}") is None


@pytest.mark.parametrize(
    "text",
    [
        *("某某路12弄3号401室", "某某路100弄5号楼202室", "某某小区3幢2单元401室", "3幢2单元401"),
        *("某某路300弄12号1201", "某某路100弄5号202", "某某新村12号401"),
    ],
)
def test_an_address_with_its_room(text):
    assert private_kind(text) == ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        *("11-13号楼", "某某路300弄", "5号楼", "某某路300弄12号", "某某路300弄1-20号", "某某小区3幢、5幢"),
        *("某某路300弄5号楼202户", "某某路100弄5号 120 户", "某某小区3幢1200平方米", "301会议室"),
    ],
)
def test_a_place_without_a_room_is_no_address(text):
    assert private_kind(text) is None


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
        "某路1弄2号301",
        "021-50005678",
        "户",
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
