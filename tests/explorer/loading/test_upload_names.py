"""The files of one upload each get a name of their own, whatever the browser calls them."""

from __future__ import annotations

import pytest

from explorer.loading.upload_names import upload_names


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (
            ["调摸表.xlsx", "调摸表.xlsx", "调摸表.xlsx"],
            ["调摸表.xlsx", "调摸表 (2).xlsx", "调摸表 (3).xlsx"],
        ),
        (["a.csv", "a.csv", "a (2).csv"], ["a.csv", "a (3).csv", "a (2).csv"]),
        (["A.xlsx", "a.XLSX"], ["A.xlsx", "a (2).XLSX"]),
        (["\u00e9.csv", "e\u0301.csv"], ["\u00e9.csv", "\u00e9 (2).csv"]),
        (["一居/表.xlsx", "二居\\表.xlsx", "../../表.xlsx"], ["表.xlsx", "表 (2).xlsx", "表 (3).xlsx"]),
        (["..", ".", "", "\x00.csv", "a\nb?.csv"], ["_", "_ (2)", "_ (3)", "_.csv", "a b？.csv"]),
        (["con.xls"], ["_con.xls"]),
        (["一　居  表.xlsx"], ["一　居  表.xlsx"]),
    ],
)
def test_each_has_a_name_of_its_own(given: list[str], named: list[str]) -> None:
    assert upload_names(given) == named


def test_a_long_name_can_be_written_and_keeps_its_ending() -> None:
    [one, two] = upload_names(["很长" * 100 + "一.xlsx", "很长" * 100 + "二.xlsx"])
    assert one != two
    assert one.endswith(".xlsx")
    assert two.endswith(" (2).xlsx")
    assert max(len(one.encode()), len(two.encode())) <= 255
