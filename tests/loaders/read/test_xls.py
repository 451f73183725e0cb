import random
from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.read.workbooks import read_workbook
from loaders.survey import read_round

pytestmark = pytest.mark.slow

OFFICE = Path(__file__).parents[2] / "data" / "office.xls"
"""Saved by LibreOffice: a merged title, a merged cell in the body, month-only dates, a hidden row, a sum."""


def test_an_old_workbook_reads_as_a_new_one_does():
    people, units = read_workbook(OFFICE)
    assert [r.cells for r in people.rows()] == [
        ("党员名册", None, None, None, None),
        ("姓名", "性别", "入党时间", "所在单位", "职务"),
        ("张　三", "男", "2001-12", "甲物业", "经理"),
        ("李四", "女", "2001-12-05 00:00:00", None, None),
        ("王五", "男", "2001.10", "甲物业", None),
        ("合计", "3", None, None, None),
    ]
    assert (people.details.merged, people.details.hidden) == (((3, 3, 3, 4),), {5})
    assert (people.numeric(1), people.numeric(0)) == ({6}, frozenset())
    assert (units.name, units.height) == ("单位", 2)


def test_an_old_workbook_as_a_round():
    reading = read_round([OFFICE], keys=KeyMaker(b"test"), round="2006-10")
    assert [(p.code, p.cell) for p in reading.problems] == [("hidden_rows", "A5"), ("total_row", "A6")]
    assert (len(reading.graph.nodes), len(reading.graph.edges)) == (4, 3)
    assert {c.sheet: c.declared for c in reading.counts} == {"党员": 3, "单位": None}


@pytest.mark.parametrize("seed", [0, 1, 3, 6])
def test_damage_ends_in_a_message_in_bounded_time(tmp_path, seed):
    """Seed 6 has a chain of sectors that goes round in circles."""
    chance = random.Random(seed)
    data = bytearray(OFFICE.read_bytes())
    for _ in range(6):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    path = tmp_path / "a.xls"
    path.write_bytes(data[: chance.randrange(600, len(data))] if seed % 2 else data)
    try:
        found = read_workbook(path)
    except InputError as error:
        found, said = (), error.text.zh
        assert path.name in said
    assert all(s.file == "a.xls" for s in found)
