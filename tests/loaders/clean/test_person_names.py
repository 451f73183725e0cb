"""Names of people: told from what is none, and written in one way."""

import pytest

from loaders.clean.parse import ParseFault
from loaders.clean.person_names import are_people, person_value


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
