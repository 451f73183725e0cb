"""Each column has its parser, and what a parser surely leaves alone is not parsed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean.fillers import Above, Noted
from loaders.clean.parse import ParseFault, name_value, names_value, text_value
from loaders.clean.parsers import NEVER, cell_parser, keeps_text, parser_of, plain_parsers
from loaders.clean.person_names import people_value, person_value
from loaders.clean.yes_no import yes_no_value
from loaders.forms.form import FormColumn, read_forms

COLUMNS = {(form.id, c.heading): c for form in read_forms() for c in form.columns}


def column(form: str, heading: str) -> FormColumn:
    return COLUMNS[form, heading]


def parsed(form: str, heading: str, text: str, latest: str = "2006-10") -> Any:
    of = column(form, heading)
    return cell_parser(of, parser_of(of, latest))(text)


def test_every_column_of_every_form_has_a_parser() -> None:
    for of in COLUMNS.values():
        parse = cell_parser(of, parser_of(of, NEVER))
        for text in ("甲", "是", "2001", "无", "同上", "王五、赵六"):
            parse(text)


@pytest.mark.parametrize(
    ("form", "heading", "parser"),
    [
        ("members", "姓名", person_value),
        ("members", "党员编号", name_value),
        ("members", "所在单位", names_value),
        ("members", "组织关系是否在外", yes_no_value),
        ("branches", "书记", people_value),
        ("units", "单位名称", name_value),
        ("units", "行业", text_value),
        ("matters", "居民区", name_value),
    ],
)
def test_which_parser(form: str, heading: str, parser: Any) -> None:
    assert parser_of(column(form, heading), NEVER) is parser


@pytest.mark.parametrize(
    ("form", "heading", "text", "value"),
    [
        ("units", "从业人数", "12", 12),
        ("units", "从业人数", "无", Noted(None, "unknown_word")),
        ("units", "从业人数", "同上", Above()),
        ("units", "单位名称", "无", "无"),
        ("units", "出资人是否党员", "无", False),
        ("branches", "书记", "无", Noted(None, "unknown_word")),
        ("units", "统一社会信用代码", "91310117mA1J8WQ55X", Noted("91310117mA1J8WQ55X", "odd_credit_code")),
        ("units", "所在区域", "甲、乙", ("甲", "乙")),
    ],
)
def test_words_for_no_value_and_for_the_value_above(form: str, heading: str, text: str, value: Any) -> None:
    assert parsed(form, heading, text) == value


@pytest.mark.parametrize(("form", "heading"), [("members", "姓名"), ("members", "党员编号")])
def test_who_somebody_is_is_never_taken_from_the_row_above(form: str, heading: str) -> None:
    assert isinstance(parsed(form, heading, "同上"), ParseFault)


def test_a_date_after_the_survey_is_unlikely_and_the_end_of_a_term_is_not() -> None:
    assert parsed("branches", "任期届满时间", "2009-10") == "2009-10"
    assert parsed("branches", "成立时间", "2009-10") != "2009-10"
    assert parsed("branches", "成立时间", "2006-10") == "2006-10"


def test_a_remark_beside_a_name_is_told_and_is_no_part_of_it() -> None:
    assert parsed("branches", "书记", "王五(兼)") == Noted(("王五",), "name_remark")
    assert parsed("branches", "书记", "王五") == ("王五",)


def test_a_word_near_a_term_is_that_term_and_told() -> None:
    assert parsed("units", "经营状态", "正常经营") == "operating"
    assert isinstance(parsed("units", "经营状态", "不着边际"), ParseFault)


def test_a_code_is_written_in_capitals_without_blanks() -> None:
    assert parsed("units", "统一社会信用代码", "9131 0117 ma1j 8wq5 5j") == "91310117MA1J8WQ55J"


def test_a_column_that_becomes_nothing_is_an_error_of_the_form() -> None:
    broken = FormColumn("甲")
    with pytest.raises(TypeError, match="becomes nothing"):
        parser_of(broken, NEVER)


def test_what_is_surely_left_as_it_is() -> None:
    assert keeps_text(name_value, ["甲物业", "乙物业"])
    assert not keeps_text(name_value, ["甲物业", " 乙"])
    assert not keeps_text(name_value, ["甲物业", "无"])
    assert not keeps_text(yes_no_value, ["是"])


@given(
    st.sampled_from([name_value, text_value, person_value, names_value, people_value]),
    st.lists(st.text("甲乙王五12 、(),.．·无同上A－", max_size=5), max_size=6),
)
def test_what_is_taken_as_plain_is_what_parsing_gives(parser: Any, texts: list[str]) -> None:
    for text, value in plain_parsers(parser, texts):
        assert parser(text) == value
        assert text in texts


def test_of_many_plain_texts_none_is_left_to_the_parser() -> None:
    texts = [f"甲{n}号楼" for n in range(450)]
    assert dict(plain_parsers(name_value, texts)) == {t: t for t in texts}
    assert dict(plain_parsers(names_value, texts[:3])) == {t: (t,) for t in texts[:3]}
    assert dict(plain_parsers(yes_no_value, ["是"])) == {}
