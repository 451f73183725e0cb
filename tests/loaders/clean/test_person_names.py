"""Names of people: told from what is none, and written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean.parse import ParseFault, canonical_name
from loaders.clean.person_names import are_people, people_value, person_value


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("张　三", "张三"),
        ("Maria  Li", "Maria Li"),
        ("买买提·艾力（大）", "买买提·艾力(大)"),
        ("O'Neill", "O'Neill"),
    ],
)
def test_a_name_is_written_in_one_way(given: str, wanted: str) -> None:
    assert person_value(given) == wanted


@pytest.mark.parametrize("given", ["审核人：赵六", "2006", "=cmd|x", "(大)"])
def test_what_names_nobody_is_a_fault(given: str) -> None:
    fault = person_value(given)
    assert isinstance(fault, ParseFault)
    assert fault.code == "not_a_person"


def test_a_column_of_plain_names_is_recognised() -> None:
    assert are_people(["张三", "李四"])
    assert not are_people(["张三", "2006"])
    assert not are_people([])


@pytest.mark.parametrize(
    "given",
    [
        "赵小兰（女）",
        "赵小兰(曾用名：赵兰、赵二兰)",
        "赵小兰【党委书记】",
        "书记 赵小兰（女）",
        "赵小兰 曾用名：赵兰",
        "赵小兰，原名赵兰",
        "赵小兰 女",
        "赵小兰（女",
        "党支部书记赵小兰",
        "赵小兰 副书记",
        "赵小兰同志",
        "-赵小兰",
        "·赵小兰.",
        "赵 小 兰",
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(given: str) -> None:
    assert person_value(given) == "赵小兰"


@pytest.mark.parametrize("dot", "·•・･‧∙⋅˙▪．.")
def test_middle_dots_of_all_kinds_are_one(dot: str) -> None:
    assert person_value(f"买买提{dot}艾力") == "买买提·艾力"
    assert people_value(f"买买提{dot}艾力（维吾尔族）") == ("买买提·艾力",)
    assert canonical_name(f"买买提{dot}艾力") == "买买提·艾力"


def test_people_in_a_list_are_split_outside_of_brackets() -> None:
    assert people_value("书记：张三（曾用名：张大、张二），李四；王*") == ("张三", "李四", "王*")
    assert people_value("书记/赵小兰") == ("赵小兰",)


@pytest.mark.parametrize("given", ["书记", "书记：王五", "支部委员", "张三、李四"])
def test_a_role_alone_or_a_signature_is_no_person(given: str) -> None:
    assert isinstance(person_value(given), ParseFault)


@given(st.text("张赵·•. （）(女大)书记委员同志:A'-", max_size=10))
def test_a_name_is_read_the_same_again(text: str) -> None:
    name = person_value(text)
    assert not isinstance(name, str) or person_value(name) == name
