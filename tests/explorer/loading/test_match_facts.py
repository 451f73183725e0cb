"""What is shown of a foreign sheet, to who may see names and to who may not."""

from explorer.loading.match_facts import asked, heading_text, target_text, targets_of, title_of
from explorer.viewer import Viewer
from graph_model.text import Text
from loaders.forms.form import read_forms
from loaders.match.proposal import ColumnProposal, SheetProposal

NAMES, MASKED = Viewer(names=True), Viewer(names=False)


def column(heading, target="note"):
    return ColumnProposal(2, heading, heading, target, "sure", "nothing")


def sheet(*columns, asks=True, name="通讯录"):
    return SheetProposal("a.xlsx", name, "members", "likely", "post_holders", columns, 1, 1, asks=asks)


def test_a_heading_that_may_be_a_name_is_its_letter_for_who_may_not_see_names():
    assert heading_text(column("王小明"), MASKED) == "（C）"
    assert heading_text(column("王小明"), NAMES) == "王小明"
    assert heading_text(column("民族"), MASKED) == "民族"


def test_a_column_of_another_form_is_named_with_it():
    assert target_text("members/姓名", "members") == Text("姓名", "姓名")
    assert target_text("branches/书记", "units").zh == "党支部：书记"
    assert target_text("leave", "units").en == "leave out"


def test_a_form_offers_its_columns_those_of_its_parts_a_note_and_nothing():
    units = next(f for f in read_forms() if f.id == "units")

    offered = targets_of(units)

    assert offered[-2:] == ("note", "leave")
    assert {"units/单位名称", "branches/书记", "post_holders/联络员姓名"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_a_title_says_the_sheet_the_form_how_sure_and_the_runner_up():
    assert title_of(sheet(column("民族")), NAMES) == Text(
        "a.xlsx · 通讯录：党员（很可能），也可能是党建联络员指导员",
        "a.xlsx · 通讯录: Members (likely), or else Liaisons and instructors",
    )


def test_sheets_of_the_same_headings_are_asked_once():
    one, two, read = (
        sheet(column("民族")),
        sheet(column("民族"), name="二"),
        sheet(column("学历"), asks=False),
    )

    assert asked([one, two, read]) == (two,)
