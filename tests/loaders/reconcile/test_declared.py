import pytest

from graph_model.coverage.totals import Total
from graph_model.graph import Place
from graph_model.text import Text
from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import worksheet_of
from loaders.reconcile.declared import DeclaredTotal, Difference, declared_totals, reconcile

COMPANIES = Total("companies", Text("物业公司", "Companies"), ("物业公司数",), "")
MEMBERS = Total("members", Text("党员", "Members"), (), "")
PLACE = Place("2006-10", "a.xlsx", "汇总", 2)


def declare(*rows):
    sheet = worksheet_of("a.xlsx", "汇总", [["统计项目", "申报数", "说明"], *rows])
    header = match_form(sheet, read_forms())
    assert header is not None
    return declared_totals(read_sheet(sheet, header).records, (COMPANIES, MEMBERS), "2006-10")


def test_a_total_is_declared_by_name_or_alias():
    declared, problems = declare(["物业 公司数", "29家", "含停业"])
    assert problems == ()
    assert declared == (DeclaredTotal("companies", 29, PLACE, "含停业"),)


def test_a_total_declared_twice_may_not_differ():
    assert [d.value for d in declare(["党员", "45"], ["党员", "45"])[0]] == [45]
    declared, problems = declare(["党员", "45"], ["党员", "46"])
    assert declared == ()
    assert [(p.code, p.cell) for p in problems] == [("contradiction", "B2"), ("contradiction", "B3")]


def test_every_total_has_a_difference_zero_or_not():
    found = reconcile(
        [DeclaredTotal("companies", 29, PLACE, "含停业")],
        {"companies": 27, "members": 45},
        (COMPANIES, MEMBERS),
    )
    assert found == (
        Difference("companies", COMPANIES.text, 29, 27, -2, PLACE, "含停业"),
        Difference("members", MEMBERS.text, None, 45, 0),
    )


def test_a_total_that_was_not_counted_is_our_fault():
    with pytest.raises(KeyError):
        reconcile([], {}, (COMPANIES,))
