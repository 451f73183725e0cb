from graph_model.keys import KeyMaker
from loaders.survey import read_round
from tests.support.books import save

SECRET = b"test"
UNITS = ["单位名称", "单位类别", "从业人数"]


def balances(tmp_path, **sheets):
    path = save(tmp_path / "a.xlsx", **sheets)
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert reading.unaccounted == 0
    return {
        b.sheet: (b.rows, b.landed, b.merged, b.in_problems, b.sums, b.unmatched) for b in reading.balances
    }


def test_rows_in_are_rows_landed_and_rows_in_problems(tmp_path):
    found = balances(
        tmp_path,
        单位=[UNITS, ["甲物业", "物业公司", 5], ["乙物业", "某", 6], ["甲物业", "物业公司", 5], ["合计", None, 11]],
        党员=[["姓名", "入党时间", "所在单位"], ["张三", "2001", "丙物业"],
            ["李四", "2002", "甲物业"], [None, "2001", ""]],
        汇总=[["统计项目", "申报数"], ["党员", 2], ["没有的", 3]],
    )  # fmt: skip
    assert found["单位"] == (4, 2, 1, 1, 1, 0)
    assert found["党员"] == (3, 2, 0, 1, 0, 1)
    assert found["汇总"] == (2, 1, 0, 1, 0, 0)


def test_a_row_that_is_left_out_with_contradicting_ones_has_its_own_problem(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        单位=[UNITS, ["甲物业", "物业公司", 5], ["甲物业", "物业公司", 6], ["甲物业", "物业公司", None]],
    )
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert [(p.code, p.cell) for p in reading.problems] == [
        ("contradiction", "C2"),
        ("contradiction", "C3"),
        ("left_with_others", "A4"),
    ]
    assert reading.unaccounted == 0


def test_a_sheet_without_a_needed_heading_is_one_problem_for_all_of_its_rows(tmp_path):
    assert balances(tmp_path, 党员=[["性别", "入党时间"], ["男", "2001"]])["党员"] == (1, 0, 0, 1, 0, 0)


def test_columns_with_names_are_known_as_sensitive(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        单位=[UNITS, ["甲物业", "某", 5]],
        党支部=[["党支部名称", "组建单位", "书记"], ["甲支部", "甲物业", "王五"]],
    )
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert {(p.sheet, p.cell): reading.is_sensitive(p) for p in reading.problems if p.blocking} == {
        ("单位", "B2"): False,
        ("党支部", "B2"): False,
        ("党支部", "C2"): True,
    }


def test_what_a_sheet_says_of_its_own_rows_stands_beside_them(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        单位=[UNITS, ["甲物业", "物业公司", 5], ["合计", None, 5]],
        党员=[["姓名", "性别"], ["张三", "男"], ["李四", "女"], ["合计", "3人"]],
    )
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert {b.sheet: (b.declared, b.rows - b.sums) for b in reading.balances} == {
        "单位": (None, 1),
        "党员": (3, 2),
    }
