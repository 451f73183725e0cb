"""Which picture is drawn: types, layouts and legend entries by their words; one thing by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.commands.export_what import entries_of, find_one, labels_of, layout_of, scene_near
from explorer.scene.scene import LAYOUTS, LegendEntry, Scene, SceneFilter
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.store.store import Store
from loaders.clean.pinyin import search_text
from tests.support.command_line import Printed
from tests.support.graphs import fill, graph, node, tie

SCENE = Scene(
    (),
    (),
    (
        LegendEntry("Member", "党员", "#b8661a", "dot", 2),
        LegendEntry("low", "问题：低", "#888888", "dot", 1),
    ),
    "",
    "",
    filters=(SceneFilter("round:2006-10", "round", "2006-10", "", 3),),
)


@pytest.mark.parametrize(
    ("off", "keys"),
    [
        (None, set()),
        ("", set()),
        (" ,，", set()),
        ("党员", {"Member"}),
        ("MEMBER，问题：低", {"Member", "low"}),
        ("2006-10", {"round:2006-10"}),
        ("Unit, manages", {"Unit", "tie:MANAGES"}),  # not in this picture: a line in a script need not know
        ("双重管理", {"tie:DUAL_MANAGED_WITH"}),
    ],
)
def test_legend_entries_are_named_by_key_or_text_in_either_language(
    off: str | None, keys: set[str]
) -> None:
    assert entries_of(SCENE, off) == keys


def test_an_unknown_entry_gets_those_there_are() -> None:
    with pytest.raises(InputError) as refused:
        entries_of(SCENE, "党员,不存在")
    assert (
        refused.value.text.zh
        == "图例中没有“不存在”；可用的有：党员（Member）、问题：低（low）、2006-10（round:2006-10）。"
    )
    assert refused.value.text.en.startswith("The legend has no “不存在”; there are: 党员 (Member)")


@pytest.mark.parametrize(
    ("types", "labels"),
    [
        (None, None),
        ("单位", ("Unit",)),
        ("Unit，党支部、unit", ("Unit", "Branch")),
        ("area", ("ResidentialArea", "CommercialArea")),
    ],
)
def test_types_are_named_in_either_language(types: str | None, labels: tuple[str, ...] | None) -> None:
    assert labels_of(types) == labels


@pytest.mark.parametrize("types", ["", "单位,", "备注", "Finding"])
def test_a_type_that_there_is_not_is_refused(types: str) -> None:
    with pytest.raises(InputError, match="没有类型"):
        labels_of(types)


def test_a_layout_is_one_of_those_there_are() -> None:
    assert [layout_of(name) for name in LAYOUTS] == list(LAYOUTS)
    with pytest.raises(InputError, match="没有排列方式“spiral”；可用的有：force、areas"):
        layout_of("spiral")


# ---- one thing by its name


def called(key: str, name: str) -> Node:
    return node(key, name=name, search=search_text([name], person=key[0] in "ml"))


FIELD = graph(
    called("u_1", "新桃源物业"),
    called("u_2", "檀香物业"),
    called("b_1", "檀香党支部"),
    called("b_2", "檀香第二党支部"),
    called("m_1", "王小明"),
    tie("m_1 EMPLOYED_BY u_1"),
)


@pytest.fixture
def held(store: Store) -> Store:
    fill(store, FIELD)
    return store


def refused(held: Store, tmp_path: Path, text: str, **how: object) -> InputError:
    with pytest.raises(InputError) as found:
        find_one(Printed.on(tmp_path, **how).context, held, text)  # type: ignore[arg-type]
    return found.value


def test_one_thing_by_key_by_name_or_as_it_may_be_written(held: Store, tmp_path: Path) -> None:
    context = Printed.on(tmp_path).context
    for text, key in (
        ("u_1", "u_1"),
        ("m_1", "m_1"),  # whoever has the key sees a masked name
        ("新桃源物业", "u_1"),
        ("新桃源物業有限公司", "u_1"),
        ("xty", "u_1"),
        ("檀香党支部", "b_1"),
    ):
        assert find_one(context, held, text).key == key


def test_several_or_none_are_said_with_candidates(held: Store, tmp_path: Path) -> None:
    several = refused(held, tmp_path, "檀香")
    assert several.text.zh.startswith("有多个对象符合“檀香”")
    assert all(key in several.text.zh for key in ("u_2", "b_1", "b_2"))
    near = refused(held, tmp_path, "新桃源物流", language="en")
    assert "Nothing is called “新桃源物流”. The nearest are: 新桃源物业（u_1）" in near.text.en
    assert "请检查名称。" in refused(held, tmp_path, "庚辛壬").text.zh


def test_a_person_is_not_confirmed_to_whoever_may_not_see_names(held: Store, tmp_path: Path) -> None:
    guessed, other = refused(held, tmp_path, "王小明"), refused(held, tmp_path, "王小日")
    assert guessed.text.zh.replace("王小明", "") == other.text.zh.replace("王小日", "")
    assert "--names" in guessed.text.en
    assert find_one(Printed.on(tmp_path, names=True).context, held, "王小明").key == "m_1"


def test_what_the_program_keeps_for_itself_is_no_thing_to_draw(held: Store, tmp_path: Path) -> None:
    held.put([Node("Note", "n_1", {"name": "2006-10 王小明", "body": "王小明", "subject": "u_1"})])
    for key in ("n_1", "z_state", "d_2006-10"):
        assert "没有叫" in refused(held, tmp_path, key).text.zh


def test_nothing_loaded_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="还没有导入任何数据"):
        scene_near(Printed.on(tmp_path).context, store, "甲", 1, None, "force", None)
