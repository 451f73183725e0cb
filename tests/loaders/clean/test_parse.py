import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.schema import EDGE_TYPES, NODE_TYPES
from loaders.clean.fillers import Noted
from loaders.clean.parse import (
    MAX_NAME,
    DoubtfulMonth,
    ParseFault,
    UnlikelyValue,
    are_plain,
    canonical_name,
    canonical_names,
    closest_matches,
    integer_value,
    name_value,
    names_value,
    nearest_terms,
    term_value,
    text_value,
)
from loaders.clean.parsers import keeps_text, parser_for
from loaders.clean.person_names import person_value
from loaders.clean.yes_no import yes_no_value

ALL_PROPERTIES = [p for t in (*NODE_TYPES.values(), *EDGE_TYPES.values()) for p in t.properties]


@pytest.mark.parametrize("text", ["是", "√", "有", "Y", "yes", "1", "TRUE", "Ｙ", "已建", "已办结"])
def test_yes(text):
    assert yes_no_value(text) is True


@pytest.mark.parametrize("text", ["否", "×", "无", "没有", "N", "0", "false", "未成立", "未办结", "办理中"])
def test_no(text):
    assert yes_no_value(text) is False


def test_neither_yes_nor_no():
    assert isinstance(yes_no_value("待定"), ParseFault)
    assert yes_no_value("　") is None


def test_an_integer():
    assert integer_value("1,200") == 1200
    assert integer_value("７６０") == 760
    assert integer_value("38.0") == 38
    assert integer_value("412户") == 412
    assert isinstance(integer_value("3.5"), ParseFault)
    assert isinstance(integer_value("-1"), ParseFault)
    assert isinstance(integer_value("约三十"), ParseFault)


@pytest.mark.parametrize(
    ("written", "stored"),
    [("独立", "independent"), ("外地", "outside"), ("单独组建", "independent"), ("辖区外", "outside")],
)
def test_the_words_of_older_workbooks_for_a_kind_of_branch_are_read_like_the_present_ones(written, stored):
    assert term_value(written, NODE_TYPES["Branch"].property("kind").terms) == stored


def test_a_term_by_any_of_its_names():
    kinds = NODE_TYPES["Unit"].property("ownership").terms
    assert term_value("集体", kinds) == "collective"
    assert term_value("ＰＲＩＶＡＴＥ", kinds) == "private"
    assert term_value("民营企业", kinds) == "private"
    fault = term_value("集休", kinds)
    assert isinstance(fault, ParseFault)
    assert fault.code == "unknown_term"
    assert term_value("有限責任公司", kinds) == "shareholding"


def test_the_nearest_terms_of_a_word():
    kinds = NODE_TYPES["Unit"].property("ownership").terms
    assert nearest_terms("集休", kinds) == ("collective",)
    assert nearest_terms("股份制有限公司", kinds)[0] == "shareholding"
    assert nearest_terms("个体户", kinds) == ()
    assert nearest_terms("甲" * 5000, kinds) == ()


def test_names_of_people_lose_their_inner_spaces():
    assert person_value("张　三") == "张三"
    assert person_value(" 欧 阳 修 ") == "欧阳修"
    assert person_value("Anna Li") == "Anna Li"


@pytest.mark.parametrize(
    "name",
    ["买买提·艾力", "𠮷田〇", "O'Neil-Li J.", "张三(大)"],
)
def test_what_may_name_a_person(name):
    assert person_value(name) == name


@pytest.mark.parametrize(
    "text",
    ["审核人：赵六", "2006年10月15日", "张三、李四", "张三2", "本表一式两份。", "（盖章）", "王*", "---"],
)
def test_what_names_no_person(text):
    found = person_value(text)
    assert (found.code, "姓名" in found.right.zh) == ("not_a_person", True)


def test_too_long_and_control_characters_are_faults():
    assert isinstance(name_value("物" * (MAX_NAME + 1)), ParseFault)
    assert name_value("物" * MAX_NAME) == "物" * MAX_NAME
    assert isinstance(name_value("新桃源\x00物业"), ParseFault)
    assert name_value("😀物业") == "😀物业"


def test_characters_that_no_other_machine_shows_are_a_fault_that_says_what_to_write():
    for value in (name_value("张\ue001"), text_value("张\U000f0001"), names_value("张三、李\ue001")):
        assert isinstance(value, ParseFault)
        assert "自造字" in value.right.zh
    assert "丢失" in name_value("青松�业").right.zh
    assert name_value("张\ue863") == "张䶮"
    assert name_value("𬱖\U00031350\U0002ebf0\U0001fae8") == "𬱖\U00031350\U0002ebf0\U0001fae8"


def test_what_looks_like_a_formula_is_inert_text():
    assert name_value("=cmd|' /C calc'!A0") == "=cmd|' /C calc'!A0"
    assert text_value("@SUM(A1)") == "@SUM(A1)"


def test_several_names_in_a_cell():
    assert names_value("甲、乙,丙，丁;戊；己/庚\n辛、甲") == (
        "甲",
        "乙",
        "丙",
        "丁",
        "戊",
        "己",
        "庚",
        "辛",
    )
    assert names_value(" 、 ") is None


def test_canonical_names():
    assert canonical_name("新桃源物业有限公司") == canonical_name("新桃源　物业") == "新桃源物业"
    assert canonical_name("新桃源物业股份有限公司") == "新桃源物业"
    assert canonical_name("有限公司") == "有限公司"


def test_the_nearest_names_come_best_first():
    assert closest_matches("檀香居民", ["祥和居民区", "檀香居民区"], 2)[0] == "檀香居民区"
    assert closest_matches("檀香居民", ["新桃源物业"]) == []


@given(st.text(), st.sampled_from(ALL_PROPERTIES))
def test_no_text_makes_a_parser_raise(text, prop):
    value = parser_for(prop, "2006-10")(text)
    read = value.value if isinstance(value, Noted) else value
    assert read is None or isinstance(read, str | int | bool | ParseFault | DoubtfulMonth | UnlikelyValue)


@given(st.text())
def test_names_and_canonical_names_never_raise_and_settle(text):
    names_value(text)
    assert canonical_name(canonical_name(text)) is not None


@given(st.lists(st.text() | st.text("张三 　Ａa\n\t1-ﾊ", max_size=4), max_size=4))
def test_what_is_plain_stays_as_it_is(texts):
    if are_plain(texts):
        assert [f(t) for t in texts for f in (name_value, text_value)] == [
            t for t in texts for _ in range(2)
        ]
    if keeps_text(person_value, texts):
        assert list(map(person_value, texts)) == texts


def test_plain_names_are_plain():
    assert are_plain(["张三", "D0001", "新桃源物业有限公司"])
    assert not any(are_plain(["张三", odd]) for odd in ("", "李 四", "ＡＢ", "\x00", "名" * (MAX_NAME + 1)))


NAMES = st.lists(
    st.text(max_size=6)
    | st.lists(st.sampled_from([*"张桃物業 \n　Ａa.-Σß", "有限公司", "分公司"]), max_size=5).map("".join),
    max_size=5,
)


@settings(deadline=None)  # the table of characters is made when it is first asked for
@given(NAMES)
def test_names_are_recognised_together_as_one_by_one(names):
    assert canonical_names(names) == {n: canonical_name(n) for n in names}


def test_a_name_that_is_not_plain_among_many_that_are():
    many = [f"张{chr(0x4E00 + n)}" for n in range(1200)]
    names = [*many, "張三", *many, "李 四有限公司"]
    assert canonical_names(names) == {n: canonical_name(n) for n in names}


@settings(deadline=None)  # the table of characters is made when it is first asked for
@given(st.sampled_from([name_value, person_value]), NAMES)
def test_a_name_once_read_is_read_the_same_again(read, names):
    for value in map(read, names):
        if isinstance(value, str):
            assert read(value) == value


@given(
    st.text("男女性别无此甲乙", max_size=8), st.lists(st.text("男女性别无此甲丙", max_size=8), max_size=6)
)
def test_what_is_most_like_a_text_is_what_difflib_says(text, known):
    assert closest_matches(text, known, 3) == difflib.get_close_matches(text, known, 3, 0.5)
