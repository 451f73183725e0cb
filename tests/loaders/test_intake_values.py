"""Values and names as offices write them: small workbooks of each kind, read as a whole round."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.keys import KeyMaker
from loaders.forms.answers import MatchAnswers, TermAnswer
from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.map.read_files import FileDigest, parse_sheets
from loaders.read.worksheet import worksheet_of
from loaders.survey import ParsedRound, read_round, resolve_round
from tests.support.books import save

INTAKE = Path(__file__).parents[1] / "data" / "intake"


def read(name: str) -> ParsedRound:
    return read_round([INTAKE / name], keys=KeyMaker(b"test"), round="2006-10")


def called(reading: ParsedRound, label: str) -> list[str]:
    return sorted(str(n.properties["name"]) for n in reading.graph.nodes.values() if n.label == label)


def ties(reading: ParsedRound, type_: str) -> list[tuple[str, str]]:
    name = {k: str(n.properties["name"]) for k, n in reading.graph.nodes.items()}
    return sorted((name[s], name[t]) for t_, s, t in reading.graph.edges if t_ == type_)


def told(reading: ParsedRound) -> list[tuple[str, str, str]]:
    return sorted((p.code, p.sheet, p.cell) for p in reading.problems)


def test_unseen_characters_behind_a_name_make_no_other_unit():
    reading = read("invisible_units.xlsx")
    assert told(reading) == []
    assert ties(reading, "MANAGES") == [
        ("翠竹物业", "翠竹居民区"),
        ("青松物业", "翠竹居民区"),
        ("青松物业", "青松居民区"),
    ]


def test_unseen_characters_in_a_heading_do_not_hide_it():
    reading = read("invisible_heading.xlsx")
    assert told(reading) == []
    assert ties(reading, "EMPLOYED_BY") == [("张小明", "青松物业")]


def test_headings_in_brackets_and_with_footnote_marks_are_read():
    reading = read("head_marks.xlsx")
    [member] = (n for n in reading.graph.nodes.values() if n.label == "Member")
    assert (member.properties["standing"], ties(reading, "EMPLOYED_BY")) == (
        "full",
        [("张小明", "青松物业")],
    )
    assert {p.value for p in reading.problems if p.code == "kept_notes"} == {"学历、备注"}
    assert not reading.blocking


def test_numbers_that_were_exported_as_formulas_are_numbers():
    reading = read("prefix_equals.csv")
    assert told(reading) == []
    assert sorted(str(n.properties["number"]) for n in reading.graph.nodes.values()) == ["0012", "0013"]


def test_rare_characters_are_letters_of_a_name():
    assert called(read("rare_ext_h.csv"), "Member") == ["张\U00031350"]


def test_a_private_character_of_old_gbk_is_the_standard_one():
    assert called(read("rare_private_use.csv"), "Member") == ["张䶮"]


def test_digits_that_may_be_two_dates_are_asked():
    reading = read("date_19987.xlsx")
    [found] = reading.problems
    assert (found.code, found.cell, found.blocking) == ("bad_value", "C2", True)
    assert "1998.07 或 1954.09.20" in found.right.zh


UNITS = (("单位名称", "单位类别", "性质"), ("青松物业", "物业公司", "民营"))
MEMBERS = (
    ("姓名", "性别", "入党时间", "所在单位", "组织关系所在党支部", "组织关系是否在外"),
    ("张小明", "男", "2001-12", "青松物业", "远山市机关党支部", "是"),
    ("买买提·艾力", "男", "2002年3月", "青松物业有限公司", None, None),
)
UNSEEN = "\u00ad\u200b\u200d\u200e\u202c\u2028\u2060\u2069\u3164\ufe0f\ufeff\U000e0101"


def read_sheets(units, members) -> ParsedRound:
    sheets = [worksheet_of("a.xlsx", "单位", units), worksheet_of("a.xlsx", "党员", members)]
    return resolve_round(
        parse_sheets("2006-10", [(FileDigest("a.xlsx", ""), sheets)]), keys=KeyMaker(b"test")
    )


@st.composite
def strewn(draw, rows):
    """The rows with unseen characters anywhere in their cells."""

    def cell(text):
        at = draw(st.integers(0, len(text)))
        return text[:at] + draw(st.text(UNSEEN, max_size=2)) + text[at:]

    return tuple(tuple(c and cell(c) for c in row) for row in rows)


@settings(deadline=None)
@given(strewn(UNITS), strewn(MEMBERS))
def test_unseen_characters_anywhere_change_nothing(units, members):
    assert read_sheets(units, members) == read_sheets(UNITS, MEMBERS)


def _of(reading: ParsedRound, name: str, *properties: str) -> list[object]:
    [node] = (n for n in reading.graph.nodes.values() if n.properties["name"] == name)
    return [node.properties.get(p) for p in properties]


@pytest.mark.parametrize("name", ["word_dash2.xlsx", "word_none.xlsx"])
def test_words_for_no_value_are_told_once_a_column_and_block_nothing(name):
    reading = read(name)
    assert not reading.blocking
    assert called(reading, "Unit") == ["翠竹物业", "青松物业"]
    assert called(reading, "Branch") == ["远山市机关党支部", "青松物业党支部"]
    assert _of(reading, "李小红", "born", "joined", "standing") == [None, None, "full"]
    assert _of(reading, "翠竹物业", "ownership") == [None]
    assert ties(reading, "SECRETARY_OF") == []
    assert [(sheet, cell) for code, sheet, cell in told(reading) if code == "unknown_word"] == [
        *(("党员", cell) for cell in ("C3", "D3", "F3", "G3", "H3")),
        ("党支部", "D2"),
        *(("单位", cell) for cell in ("C3", "D3")),
    ]


def test_marks_for_the_value_above_are_that_value_and_told():
    reading = read("ditto_text.xlsx")
    assert _of(reading, "翠竹物业", "trade") == ["物业管理"]
    assert {e.properties["buildings"] for e in reading.graph.edges.values()} == {"1-6"}
    assert told(reading) == [("value_above", "单位", "D3"), ("value_above", "单位", "F3")]
    assert not reading.blocking


def test_names_with_other_dots_and_remarks_are_the_same_people():
    reading = read("name_dots.xlsx")
    assert called(reading, "Member") == ["买买提·艾力", "赵小兰"]
    assert [code for code, _, _ in told(reading)] == ["name_remark", *["written_twice"] * 3]
    assert not reading.blocking


def test_people_are_found_beside_remarks():
    reading = read("name_remarks.xlsx")
    assert ties(reading, "SECRETARY_OF") == [("赵小兰", "青松物业党支部")]
    assert [name for name, _ in ties(reading, "COMMITTEE_MEMBER_OF")] == ["买买提·艾力", "张小明"]
    assert told(reading) == [("name_remark", "党支部", "D2"), ("name_remark", "党支部", "E2")]


def test_signs_before_a_name_make_no_other_person():
    reading = read("prefix_apostrophe.xlsx")
    assert called(reading, "Member") == ["张小明", "李小红", "王小刚", "赵小兰"]
    assert told(reading) == [("written_twice", "党员", "A3")]


def test_numbers_that_may_be_two_dates_are_asked_as_texts_are(tmp_path):
    heads, rows = ["姓名", "性别", "入党时间"], [["张小明", "男", 19987], ["李小红", "女", 980701]]
    path = save(tmp_path / "a.xlsx", 党员=[heads, *rows])
    found = read_round([path], keys=KeyMaker(b"test"), round="2006-10").problems
    assert [(p.code, p.cell, p.blocking) for p in found] == [
        ("bad_value", "C2", True),
        ("bad_value", "C3", True),
    ]
    assert ["1998.07" in p.right.zh for p in found] == [True, True]


_LEGAL = {"integer": "1", "boolean": "是", "date": "2001-01"}


@pytest.mark.parametrize("form", read_forms(), ids=lambda form: form.id)
@given(
    word=st.sampled_from(
        ["无", "—", "——", "-", "－", "/", "不详", "略", "空", "待补", "N/A", "（暂无）", "。"]
    )
)
def test_no_word_for_no_value_makes_a_thing_or_blocks_in_any_form(form, word):
    def cell(column):
        if not column.required:
            return word
        if column.property is not None and column.property.terms:
            return column.property.terms[0].text.zh
        kind = "date" if column.part == "date" else column.property.type if column.property else "text"
        return _LEGAL.get(kind, f"青松{column.heading}")

    rows = [[c.heading for c in form.columns], [cell(c) for c in form.columns]]
    sheet = worksheet_of("a.xlsx", form.sheets[0], rows)
    header = match_form(sheet, read_forms())
    assert header is not None
    assert header.form.id == form.id
    reading = read_sheet(sheet, header, "2006-10")
    assert not any(p.blocking for p in reading.problems)
    [record] = reading.records
    assert word not in {*record.properties.values(), *(n for _, names in record.references for n in names)}
    told_at = [p.cell for p in reading.problems if p.code == "unknown_word"]
    asked = [c for c in form.columns if not c.required and not (word == "无" and _asks_yes_or_no(c))]
    assert len(set(told_at)) == len(told_at) == len(asked)


def _asks_yes_or_no(column) -> bool:
    return column.flag or (column.property is not None and column.property.type == "boolean")


def test_a_word_that_is_only_near_a_term_is_told(tmp_path):
    book = save(
        tmp_path / "a.xlsx", 单位=[["企业名称", "企业类型"], ["甲", "有限责任公司"], ["乙", "私营企业"]]
    )
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    assert sorted(str(n.properties["ownership"]) for n in found.graph.nodes.values()) == [
        "private",
        "shareholding",
    ]
    assert [(p.code, p.cell, p.value, p.blocking) for p in found.problems] == [
        ("near_term", "B2", "有限责任公司", False)
    ]


def test_a_word_that_is_near_a_term_of_another_list_is_no_value(tmp_path):
    book = save(tmp_path / "a.xlsx", 单位=[["企业名称", "单位类别"], ["甲", "有限责任公司"]])
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    assert [(p.code, p.cell, p.value, p.blocking) for p in found.problems] == [
        ("unknown_term", "B2", "有限责任公司", True)
    ]


def test_a_word_near_a_term_is_told_once_a_word_and_read_otherwise_where_that_is_answered(tmp_path):
    kinds = ["有限责任公司", "国有控股", "有限责任公司"]
    rows = [["企业名称", "企业类型"], *([name, kind] for name, kind in zip("甲乙丙", kinds, strict=True))]
    book = save(tmp_path / "a.xlsx", 单位=rows)
    answers = MatchAnswers(terms=(TermAnswer("Unit.ownership", "有限责任公司", "private"),))
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    assert [(p.code, p.cell, p.value) for p in found.problems] == [
        ("near_term", "B2", "有限责任公司"),
        ("near_term", "B3", "国有控股"),
    ]
    assert [(q.word, q.count, q.code, q.taken, q.nearest) for q in found.words] == [
        ("有限责任公司", 2, "near_term", "shareholding", ("shareholding",)),
        ("国有控股", 1, "near_term", "mixed", ("mixed",)),
    ]
    again = read_round([book], keys=KeyMaker(b"test"), round="2024-06", answers=answers)
    assert sorted(str(n.properties["ownership"]) for n in again.graph.nodes.values()) == [
        "mixed",
        "private",
        "private",
    ]
    assert [(p.code, p.cell) for p in again.problems] == [("answered_term", "B2"), ("near_term", "B3")]


def test_one_word_in_several_sheets_is_one_question(tmp_path):
    units = [["单位名称", "性质"], ["甲", "个体户"], ["乙", "个体户"]]
    more = [["单位名称", "性质"], ["丙", "个体户"]]
    books = [save(tmp_path / "a.xlsx", 单位=units), save(tmp_path / "b.xlsx", 单位=more)]
    found = read_round(books, keys=KeyMaker(b"test"), round="2024-06")
    assert [(p.code, p.file, p.cell) for p in found.problems] == [
        ("unknown_term", "a.xlsx", "B2"),
        ("unknown_term", "b.xlsx", "B2"),
    ]
    assert [(q.word, q.count, q.file, q.cell) for q in found.words] == [("个体户", 3, "a.xlsx", "B2")]
    assert [(b.rows, b.landed, b.in_problems, b.unaccounted) for b in found.balances] == [
        (2, 0, 2, 0),
        (1, 0, 1, 0),
    ]


def test_a_word_of_a_sheet_of_people_may_be_a_name_that_slipped(tmp_path):
    people = [["姓名", "性别"], ["张三", "李四"]]
    units = [["单位名称", "性质"], ["甲", "个体户"]]
    book = save(tmp_path / "a.xlsx", 党员=people, 单位=units)
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    assert [(q.word, found.is_sensitive(q)) for q in found.words] == [("李四", True), ("个体户", False)]


def test_a_word_is_near_in_one_list_and_the_very_term_in_another(tmp_path):
    rows = [["党组织名称", "组织类别", "组建形式"], ["甲", "社区党总支", "社区党总支"]]
    found = read_round([save(tmp_path / "a.xlsx", 党组织=rows)], keys=KeyMaker(b"test"), round="2024-06")
    assert [(p.code, p.cell) for p in found.problems] == [("near_term", "C2")]


def test_a_credit_code_is_kept_and_checked(tmp_path):
    codes = ["91350100m000100y43", "91350100M000100Y44", "91310000MA1"]
    rows = [[name, code] for name, code in zip("甲乙丙", codes, strict=True)]
    book = save(tmp_path / "a.xlsx", 单位=[["企业名称", "统一社会信用代码"], *rows])
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    kept = {n.properties["name"]: n.properties["credit_code"] for n in found.graph.nodes.values()}
    assert kept == {"甲": "91350100M000100Y43", "乙": "91350100M000100Y44", "丙": "91310000MA1"}
    assert [(p.code, p.cell, p.blocking) for p in found.problems] == [("odd_credit_code", "B3", False)]
