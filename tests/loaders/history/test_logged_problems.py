from dataclasses import asdict

from loaders.history.load_log import LoadEntry, StateBefore
from loaders.history.logged_problems import read_logged_problems
from loaders.map.column_map import SheetColumns
from loaders.problems import problem

FOUND = problem("bad_value", "a.xlsx", "党员", "A2", "张三", heading="姓名", zh="x", en="y")
UNIT = problem("bad_value", "a.xlsx", "单位", "B2", "某", heading="单位类别", zh="x", en="y")
COLUMNS = (
    SheetColumns("members", (("姓名", 0), ("性别", 1)), (("a.xlsx", "党员"),)),
    SheetColumns("units", (("单位名称", 0), ("单位类别", 1)), (("a.xlsx", "单位"),)),
)


def entry(*problems, columns=COLUMNS):
    return LoadEntry(
        "1",
        "2006-10",
        True,
        "王主任",
        "2006-10-02",
        StateBefore(0, None, None, None),
        problems=tuple(asdict(p) for p in problems),
        columns=columns,
    )


def test_problems_come_back_as_they_were():
    assert read_logged_problems(entry(FOUND, UNIT)).problems == (FOUND, UNIT)


def test_the_column_of_names_is_told_from_the_others():
    found = read_logged_problems(entry())
    assert [found.names_somebody(p) for p in (FOUND, UNIT)] == [True, False]
    assert [found.is_sensitive(p) for p in (FOUND, UNIT)] == [True, False]


def test_where_the_columns_are_not_known_every_value_may_be_a_name():
    found = read_logged_problems(entry(columns=()))
    assert [found.is_sensitive(p) for p in (FOUND, UNIT)] == [True, True]
    assert found.names_somebody(UNIT)
