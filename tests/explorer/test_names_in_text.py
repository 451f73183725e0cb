"""People's names in names of files and sheets: masked as they look, whoever is held."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.names_in_text import mask_people
from explorer.viewer import Viewer, mask
from tests.support.books import save
from tests.support.command_line import Line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王小明.xlsx", "王**.xlsx"),
        ("党员王小明.xlsx", "党员王**.xlsx"),
        ("王小明党员表", "王**党员表"),
        ("2006-10_王小明_终稿.xlsx", "2006-10_王**_终稿.xlsx"),
        ("王小明和李芳名单.xlsx", "王**和李*名单.xlsx"),
        ("欧阳小明", "欧阳**"),
        ("诸葛亮", "诸葛*"),
        ("鄢仲麒", "鄢**"),
        ("员工王小明的简历", "员工王**的简历"),
        ("王小明（女）", "王**（女）"),
        ("阿卜杜拉·买买提", "阿**"),
        ("林海", "林*"),
    ],
)
def test_a_name_is_masked_where_it_stands(text: str, shown: str) -> None:
    assert mask_people(text, mask) == shown


@pytest.mark.parametrize(
    "text",
    [
        "檀香居民区.xlsx",
        "柳岸居民区.xlsx",
        "金桥物业公司",
        "方松街道2006-10",
        "石泉路街道调摸表2006.xlsx",
        "汇总.xlsx",
        "申报总数",
        "党员",
        "党支部",
        "单位",
        "居民区",
        "商业区",
        "联席会议",
        "Sheet1",
        "坏.xlsx",
        "a · b · 12",
        "",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask_people(text, mask) == text


def test_who_may_see_names_sees_them() -> None:
    assert Viewer(names=True).place_name("王小明.xlsx") == "王小明.xlsx"
    assert Viewer().place_name("王小明.xlsx") == "王**.xlsx"


@pytest.mark.slow
def test_a_load_and_its_history_say_no_name_of_a_file_or_sheet(tmp_path: Path) -> None:
    line = Line(tmp_path / "home")
    units = [["单位名称", "单位类别"], ["甲物业", "物业公司"], ["乙物业", "某某"], ["乙物业", "物业公司"]]
    book = save(tmp_path / "鄢仲麒.xlsx", 王小明=units, 李小芳=[["不", "认", "识"], [1, 2, 3]])
    load = ("load", str(book), "--round", "2006-11")
    with_engine: list[Any] = [
        line(*load),
        line(*load, "--json"),
        line(*load, "--clean-rows", "--yes"),
        line("history", "--json"),
        line("history"),
    ]
    problems = line("history", "--problems", line.json("history", "--json")[0]["load"])
    for done in (*with_engine, problems):
        said = done.stdout + done.stderr
        for name in ("仲麒", "小明", "小芳"):
            assert name not in said
    assert "鄢**.xlsx" in with_engine[0].stdout
    assert "鄢仲麒.xlsx" in line(*load, "--names").stdout
