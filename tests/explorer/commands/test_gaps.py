"""`branchmap gaps`: what is asked wrongly is refused before a store is opened; figures and lists in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.commands.gaps import as_value, show_gaps
from explorer.gaps.rule_list import GapList, GapRow
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.evaluate import Figure
from graph_model.text import Text
from tests.support.command_line import Line, Printed

RULE = read_catalogue().rule("no_work_coverage")
ROW = {"key": "u_1", "name": "甲物业", "status": "gap", "reason": "", **{c.name: 0 for c in RULE.columns}}
ONE = GapList(Figure(RULE, 3, 1, 0), (GapRow(ROW, "没有党员"),))
WAITS = Catalogue((RULE,)).in_force("2006-10", todays=False)
FAILED = GapList(Figure(RULE, failed=Text("超时。", "Too slow.")), ())


def test_the_figures_of_each_rule_with_a_dash_for_one_that_failed(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path, language="en")
    show_gaps(printed.context, [ONE, FAILED], detailed=False)
    rows = [line for line in printed.out.getvalue().splitlines() if RULE.id in line]
    assert [[cell.strip() for cell in row.split("│")[3:-1]] for row in rows] == [
        ["Missing", "High", "1", "0", "3"],
        ["Missing", "High", "—", "—", "—"],
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "：共核查 3 个，存在问题 1 个，情况不明 0 个"), ("en", ": 1 problem and 0 unknown of 3")],
)
def test_the_list_of_a_rule_ends_in_source_and_advice(tmp_path: Path, language, title: str) -> None:
    printed = Printed.on(tmp_path, language=language)
    show_gaps(printed.context, [ONE], detailed=True)
    said = printed.out.getvalue()
    assert said.splitlines()[0].rstrip() == RULE.title.in_(language) + title
    assert RULE.source is not None
    assert said.splitlines()[-3:] == [
        ("要求：" if language == "zh" else "Norm: ") + RULE.clause.in_(language),
        ("依据：" if language == "zh" else "Source: ") + RULE.source.in_(language),
        ("建议：" if language == "zh" else "Advice: ") + RULE.advice.in_(language),
    ]


def test_a_rule_that_failed_has_no_list_of_none(tmp_path: Path) -> None:
    printed = Printed.on(tmp_path)
    show_gaps(printed.context, [FAILED], detailed=True)
    assert printed.out.getvalue() == ""


def test_json_has_null_where_a_rule_failed(tmp_path: Path) -> None:
    value = as_value(Printed.on(tmp_path, language="en").context, [ONE, FAILED], "2006-10", WAITS)
    good, failed = value["rules"]
    assert (value["as_of"], value["not_yet_in_force"], value["off"]) == ("2006-10", [RULE.id], [])
    assert (good["nature"], good["local"], good["later_norm"]) == ("blank", False, True)
    assert (good["gaps"], good["unknown"], good["population"], good["failed"]) == (1, 0, 3, None)
    assert good["rows"] == [{**ROW, "explained": "没有党员"}]
    assert (failed["gaps"], failed["population"], failed["failed"], failed["rows"]) == (
        None,
        None,
        "Too slow.",
        [],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "a.txt"], ".json、.csv 或 .xlsx"),
        (["--out", "a.csv", "--format", "table"], ".json、.csv 或 .xlsx"),
        (["--format", "xlsx"], "--out 缺口.xlsx"),
        (["no_such_rule"], "没有规则 no_such_rule"),
    ],
)
def test_what_cannot_be_written_is_refused_before_a_store_is_opened(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = Line(tmp_path / "home")("gaps", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "home" / "engine").exists()


def test_nothing_is_written_into_a_data_folder(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("gaps", "--out", str(tmp_path / "home" / "a.csv"))
    assert (done.returncode, "数据文件夹" in done.stderr) == (2, True)
