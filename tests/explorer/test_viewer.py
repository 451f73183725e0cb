"""Who may see names: captions, properties, rows and search."""

from __future__ import annotations

import pytest

from explorer.viewer import Viewer, mask
from graph_model.coverage.catalogue import Rule, read_catalogue
from graph_model.schema import NODE_TYPES

SECRET = {"name": "欧阳小明", "born": "1960-05", "joined": "1985-07-01", "standing": "full"}


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳**"),
        ("欧阳", "欧*"),
        ("王", "*"),
        ("", ""),
        ("阿卜杜勒·热合曼", "阿**"),
    ],
)
def test_only_the_surname_is_left(name: str, masked: str) -> None:
    assert mask(name) == masked


def test_people_are_masked_and_organisations_are_not() -> None:
    viewer = Viewer()
    assert viewer.caption("Member", SECRET) == "欧阳**"
    assert viewer.caption("Liaison", {"name": "李四"}) == "李*"
    assert viewer.caption("Unit", {"name": "新桃源物业"}) == "新桃源物业"
    assert Viewer(names=True).caption("Member", SECRET) == "欧阳小明"


def test_other_sensitive_values_are_left_out() -> None:
    assert Viewer().properties("Member", SECRET) == {"name": "欧阳**", "standing": "full"}
    assert Viewer(names=True).properties("Member", SECRET) == SECRET


def test_what_is_not_declared_is_never_shown() -> None:
    stored = {"name": "x", "search": "ouyangxiaoming", "source": 300000002, "key": "u_1"}
    assert Viewer(names=True).properties("Unit", stored) == {"name": "x"}


@pytest.mark.parametrize("rule", read_catalogue().rules, ids=lambda r: r.id)
def test_a_rules_row_about_people_is_masked(rule: Rule) -> None:
    row = {"key": "k", "name": "王小明", "n": 3, **dict.fromkeys(rule.sensitive, "王小明")}
    shown = Viewer().row(rule, row)
    about_people = NODE_TYPES[rule.about].property("name").sensitive
    assert shown["name"] == ("王**" if about_people else "王小明")
    assert all(shown[c] == "王**" for c in rule.sensitive)
    assert (shown["key"], shown["n"]) == ("k", 3)
    assert Viewer(names=True).row(rule, row) == row


def test_people_cannot_be_searched_for_by_who_may_not_see_them() -> None:
    hidden = {t for t in NODE_TYPES if NODE_TYPES[t].survey} - set(Viewer().searchable())
    assert hidden == {"Member", "Liaison"}
    assert {"Member", "Liaison"} <= set(Viewer(names=True).searchable())
