"""The parsed columns of a sheet become one record a row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.clean.parse import ParseFault
from loaders.forms.form import Form, read_forms
from loaders.map.records import (
    LONGEST_NOTE,
    Memo,
    OtherPlaces,
    Record,
    Rejected,
    SheetLayout,
    TextMemo,
    UnattachedCell,
    compose_name,
    format_places,
    name_part,
    note_texts,
    place_of,
    records_of,
)

FORMS = {form.id: form for form in read_forms()}


def layout(form: str, *headings: str, **more: Any) -> SheetLayout:
    return SheetLayout(FORMS[form], "a.xlsx", "表", {h: at for at, h in enumerate(headings)}, **more)


def made(
    form: str, values: dict[str, list[Any]], rows: list[int] | None = None
) -> tuple[list[Record], list[UnattachedCell]]:
    count = max(map(len, values.values()))
    return records_of(layout(form, *values), values, list(range(count)) if rows is None else rows, 2)


def column(form: Form, heading: str) -> Any:
    return next(c for c in form.columns if c.heading == heading)


def test_a_cell_is_found_by_its_heading_and_else_is_the_first_of_its_row() -> None:
    of = layout("units", "单位名称", "性质", notes={"备注": 27})
    assert (of.cell("性质", 5), of.cell("备注", 5), of.cell("行业", 5)) == ("B5", "AB5", "A5")


def test_a_value_that_is_not_there_is_no_property() -> None:
    found, odd = made("units", {"单位名称": ["甲", "乙"], "从业人数": [3, None]})
    assert [r.properties for r in found] == [{"name": "甲", "employees": 3}, {"name": "乙"}]
    assert [(r.row, r.references, r.tie_properties, r.outside) for r in found] == [
        (2, (), {}, frozenset()),
        (3, (), {}, frozenset()),
    ]
    assert odd == []


def test_false_and_nought_are_values() -> None:
    [record], _ = made("units", {"单位名称": ["甲"], "从业人数": [0], "出资人是否党员": [False]})
    assert record.properties == {"name": "甲", "employees": 0, "investor_member": False}


def test_rows_that_are_left_out_do_not_move_the_others() -> None:
    found, _ = made("units", {"单位名称": ["甲", None, "丙"], "所在区域": [("东",), None, ("西",)]}, [0, 2])
    assert [(r.row, r.properties["name"], r.references[0][1]) for r in found] == [
        (2, "甲", ("东",)),
        (4, "丙", ("西",)),
    ]


def test_properties_of_a_tie_stand_with_the_tie_and_without_it_are_told() -> None:
    found, odd = made(
        "members",
        {
            "姓名": ["王五", "赵六", "李四"],
            "所在单位": [("甲",), None, ("甲",)],
            "职务": ["经理", "会计", None],
        },
    )
    assert [r.tie_properties for r in found] == [{"EMPLOYED_BY": {"position": "经理"}}, {}, {}]
    assert odd == [UnattachedCell(1, column(FORMS["members"], "职务"), "会计")]


def test_an_outside_branch_is_marked_and_one_without_a_name_told() -> None:
    found, odd = made(
        "members",
        {
            "姓名": ["王五", "赵六", "李四"],
            "组织关系所在党支部": [("甲支部",), ("甲支部",), None],
            "组织关系是否在外": [True, False, True],
        },
    )
    assert [r.outside for r in found] == [{"组织关系所在党支部"}, set(), {"组织关系所在党支部"}]
    assert odd == [UnattachedCell(2, column(FORMS["members"], "组织关系所在党支部"), None)]


def test_composed_names_and_their_parts() -> None:
    [pair], _ = made("pairs", {"甲方": [("青松物业",)], "乙方": [("檀香　支部", "兰桥支部")]})
    assert pair.properties["name"] == pair.parts["甲方"] + FORMS["pairs"].name_join + pair.parts["乙方"] + (
        FORMS["pairs"].name_suffix
    )
    assert pair.parts["乙方"] == "檀香支部、兰桥支部"
    assert (
        compose_name(FORMS["pairs"], {"甲方": "", "乙方": "兰桥支部"})
        == "兰桥支部" + FORMS["pairs"].name_suffix
    )


def test_extra_values_come_with_their_headings() -> None:
    of = layout("units", "单位名称", notes={"备注": 1, "意见": 2})
    notes = {"备注": ["好", None], "意见": [None, None]}
    found, _ = records_of(of, {"单位名称": ["甲", "乙"]}, [0, 1], 2, notes)
    assert [r.properties for r in found] == [{"name": "甲", "extra": '{"备注": "好"}'}, {"name": "乙"}]


def test_no_rows_are_no_records() -> None:
    assert made("units", {"单位名称": ["甲"]}, []) == ([], [])


@pytest.mark.parametrize(
    ("value", "part"),
    [(None, ""), ("甲 公司", "甲公司"), (("甲", "乙"), "甲、乙"), (2006, "2006"), ((), "")],
)
def test_a_cell_as_part_of_a_name(value: Any, part: str) -> None:
    assert name_part(value) == part


def test_places_are_a_few_and_the_number_of_the_rest() -> None:
    assert format_places([]) == ""
    assert format_places(["b", "a", "b"]) == "a；b"
    assert format_places("edcba") == "a；b；c … (+2)"
    assert OtherPlaces("edcba").but({"b", "e"}) == "a；c；d"
    assert place_of(Rejected(layout("units"), 7, ())) == "a.xlsx · 表 · 7"


@settings(max_examples=40)
@given(st.sets(st.sampled_from("abcdefgh")), st.data())
def test_no_place_is_lost_or_counted_twice(places: set[str], data: st.DataObject) -> None:
    own = data.draw(st.sets(st.sampled_from(sorted(places)))) if places else set()
    text = OtherPlaces(places).but(own)
    shown, _, more = text.partition(" … (+")
    named = [p for p in shown.split("；") if p]
    assert set(named) <= places - own
    assert len(named) + int(more.rstrip(")") or 0) == len(places - own)


def test_a_note_is_kept_with_single_spaces_and_cut_where_it_is_long() -> None:
    found = note_texts(["好  的", None, "甲" * (LONGEST_NOTE + 1), ""], [0, 1, 2, 3])
    assert found.texts == ["好 的", None, "甲" * LONGEST_NOTE, None]
    assert (found.long, found.private, found.above) == ([2], {}, {})


def test_the_same_as_above_in_a_note_is_what_stands_above() -> None:
    found = note_texts(["同上", "好", "同上", "〃", None, "同上"], range(6))
    assert found.texts == [None, "好", "好", "好", None, None]
    assert found.above == {"nothing_above": [0, 5], "value_above": [2, 3]}


def test_a_private_note_is_not_kept_nor_repeated_by_those_below() -> None:
    found = note_texts(["13800138000", "同上"], [0, 1])
    assert found.texts == [None, None]
    assert list(found.private) == [0]
    assert note_texts(["13800138000", "好"], [1]).private == {}  # a row that is not read is not told


def test_each_key_is_made_once() -> None:
    asked: list[str] = []
    memo = Memo(lambda key: asked.append(key) or key.upper())  # type: ignore[func-returns-value]
    assert [memo["a"], memo["b"], memo["a"]] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_a_column_remembers_that_something_of_it_was_odd() -> None:
    parse = {"甲": ("甲",), "乙、丙": ("乙", "丙"), "?": ParseFault("bad_integer")}.__getitem__
    plain = TextMemo(parse)
    assert (plain[None], plain["甲"], plain.odd, plain.several) == (None, ("甲",), False, False)
    assert (plain["乙、丙"], plain.several, plain.odd) == (("乙", "丙"), True, False)
    assert isinstance(plain["?"], ParseFault)
    assert plain.odd
