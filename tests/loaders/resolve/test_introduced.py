"""What a row names and no row lists."""

from __future__ import annotations

from graph_model.keys import KeyMaker
from loaders.survey import read_round
from tests.support.books import save

UNITS = ["企业名称", "所属社区", "隶属党组织"]


def read(tmp_path, *rows, **more):
    book = save(tmp_path / "a.xlsx", 单位=[UNITS, *rows], **more)
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    return (
        sorted(
            (n.label, str(n.properties["name"])) for n in found.graph.nodes.values() if n.label != "Unit"
        ),
        [(p.code, p.cell, p.value, p.blocking) for p in found.problems],
    )


def test_where_a_unit_stands_and_what_is_above_it_become_things_of_their_own(tmp_path):
    things, problems = read(tmp_path, ["甲", "檀香居民区", "某镇党委"], ["乙", "檀香居民区", None])
    assert things == [("Branch", "某镇党委"), ("ResidentialArea", "檀香居民区")]
    assert problems == [("introduced", "B2", "檀香居民区", False), ("introduced", "C2", "某镇党委", False)]


def test_a_plaza_is_a_commercial_area(tmp_path):
    assert read(tmp_path, ["甲", "开元商业广场", None])[0] == [("CommercialArea", "开元商业广场")]


def test_what_is_listed_is_not_made_again(tmp_path):
    things, problems = read(
        tmp_path, ["甲", "檀香居民区", None], 居民区=[["居民区名称", "户数"], ["檀香居民区", "9"]]
    )
    assert (things, problems) == ([("ResidentialArea", "檀香居民区")], [])


def test_a_slip_of_the_pen_is_asked_about(tmp_path):
    _, problems = read(
        tmp_path, ["甲", "檀乡居民区", None], 居民区=[["居民区名称", "户数"], ["檀香居民区", "9"]]
    )
    assert problems == [("broken_reference", "B2", "檀乡居民区", True)]


def test_another_number_is_another_area(tmp_path):
    _, problems = read(
        tmp_path, ["甲", "第二居民区", None], 居民区=[["居民区名称", "户数"], ["第一居民区", "9"]]
    )
    assert problems == [("introduced", "B2", "第二居民区", False)]


def test_very_many_names_are_no_new_things(tmp_path):
    things, problems = read(tmp_path, *([f"单位{n}号", f"第{n}居民区", None] for n in range(1002)))
    assert (len(things), sum(blocking for *_, blocking in problems)) == (1000, 2)
