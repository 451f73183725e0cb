import csv
import io

import openpyxl
import pytest

from explorer.gaps.files import escape_formula, to_csv, to_xlsx
from explorer.gaps.rule_list import GapList, GapRow
from explorer.viewer import Viewer
from graph_model.coverage import catalogue
from graph_model.coverage.evaluate import Figure

RULE = catalogue.read_catalogue().rule("no_work_coverage")


def gaps(name: str) -> GapList:
    values = {
        "key": "u_1",
        "name": name,
        "status": "gap",
        "reason": "",
        **{c.name: 0 for c in RULE.columns},
    }
    return GapList(Figure(RULE, 3, 1, 0), (GapRow(values, "why"),))


@pytest.mark.parametrize(
    "nasty", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("x")']
)
def test_no_cell_is_a_formula(nasty: str) -> None:
    row = list(csv.reader(io.StringIO(to_csv([gaps(nasty)], Viewer()).decode("utf-8-sig"))))[1]
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx([gaps(nasty)], Viewer())))["no_work_coverage"]["A3"]

    assert row[2].startswith("'")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == nasty.strip()


def test_ordinary_text_stays_as_it_is() -> None:
    row = list(csv.reader(io.StringIO(to_csv([gaps("荷汐物业")], Viewer()).decode("utf-8-sig"))))[1]
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx([gaps("荷汐物业")], Viewer())))["no_work_coverage"][
        "A3"
    ]

    assert row[2] == "荷汐物业" == escape_formula("荷汐物业")
    assert (cell.value, cell.quotePrefix) == ("荷汐物业", False)


def test_several_rules_share_the_columns_that_all_have() -> None:
    text = to_csv([gaps("甲"), gaps("乙")], Viewer(language="en")).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text))) == [
        ["Rule", "Kind of problem", "Name", "Result", "Reason", "Key"],
        ["no_work_coverage", RULE.title.en, "甲", "Problem", "why", "u_1"],
        ["no_work_coverage", RULE.title.en, "乙", "Problem", "why", "u_1"],
    ]
