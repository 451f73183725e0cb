"""A survey as tables: the headings of the forms, one code a cell, each row in the workbook of its area."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.forms.form import read_forms
from loaders.synth.dates import EMPTY
from loaders.synth.tables import SampleTable, make_tables
from loaders.synth.world import World, make_world

WORLD = make_world(300, 1, "2006-10")


@pytest.fixture(scope="module")
def tables() -> dict[str, SampleTable]:
    return {t.sheet: t for t in make_tables(WORLD, {"党员": 300})}


def shown(table: SampleTable, heading: str) -> list[str | None]:
    column = table.columns[heading]
    return [column.words[c] if c != EMPTY else None for c in column.codes.tolist()]


def test_every_table_has_the_headings_of_a_form(tables: dict[str, SampleTable]) -> None:
    forms = [{c.heading for c in form.columns} for form in read_forms()]
    for table in tables.values():
        assert any(set(table.columns) <= headings for headings in forms), table.sheet


def test_every_column_is_as_long_as_its_table_and_every_code_is_a_word(
    tables: dict[str, SampleTable],
) -> None:
    for table in tables.values():
        for heading, column in table.columns.items():
            assert len(column.codes) == len(table.book), (table.sheet, heading)
            assert column.codes.min(initial=0) >= EMPTY
            assert column.codes.max(initial=EMPTY) < len(column.words)


def test_rows_lie_in_the_workbook_of_their_area(tables: dict[str, SampleTable]) -> None:
    assert tables["单位"].book.tolist() == WORLD.units.home.tolist()
    assert tables["党员"].book.tolist() == WORLD.members.area.tolist()
    assert set(tables["街道"].book.tolist()) == {EMPTY}
    assert all(t.book.max(initial=EMPTY) < len(WORLD.areas.names) for t in tables.values())


def test_what_is_several_stands_in_one_cell(tables: dict[str, SampleTable]) -> None:
    managed = shown(tables["单位"], "管理区域")
    for unit, text in enumerate(managed):
        areas = WORLD.units.manages.target[WORLD.units.manages.source == unit].tolist()
        assert text == ("、".join(WORLD.areas.names[a] for a in areas) or None)


def test_names_and_numbers_are_as_they_were_drawn(tables: dict[str, SampleTable]) -> None:
    assert shown(tables["单位"], "单位名称") == WORLD.units.names
    assert shown(tables["党支部"], "党支部名称") == WORLD.branches.names
    sizes = shown(tables["居民区"], "户数")
    assert [int(s or -1) for s in sizes] == WORLD.areas.size[: WORLD.areas.residential].tolist()


def test_what_is_declared_is_on_the_summary_sheet(tables: dict[str, SampleTable]) -> None:
    [sheet] = [t for t in tables.values() if "申报数" in t.columns]
    assert (shown(sheet, "统计项目"), shown(sheet, "申报数")) == (["党员"], ["300"])
    assert np.unique(sheet.book).tolist() == [EMPTY]


def test_a_world_is_left_as_it_is() -> None:
    def total(world: World) -> int:
        return int(world.members.name.sum())

    before = total(WORLD)
    make_tables(WORLD, {})
    assert total(WORLD) == before
