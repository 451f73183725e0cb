"""The choice of a register as an address line, there and back; what cannot be read is left out."""

from __future__ import annotations

import pytest

from explorer.register.ready import ready_view, ready_views
from explorer.register.state import RegisterState, Where, from_link, to_link
from graph_model.coverage.catalogue import read_catalogue
from graph_model.register.kinds import kind

FULL = RegisterState(
    "Unit",
    ("name", "extra.网格,一;"),
    (Where("trade", "is", ("餐饮:;,", "")), Where("extra.a:b", "holds", ("%",)), Where("areas", "empty")),
    ("-employees", "name"),
    "新桃源",
    ("own_branch_due",),
    3,
    "areas",
    "kind",
    "own_branch_due",
)


@pytest.mark.parametrize("state", [FULL, RegisterState(), *(v.state for v in ready_views())])
def test_a_link_opens_the_same_register(state: RegisterState) -> None:
    assert from_link(to_link(state)) == state


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, None),
        ({"kind": "Finding"}, None),
        ({"kind": "Member", "page": "-1"}, RegisterState("Member")),
        ({"kind": "Member", "page": "٣"}, RegisterState("Member")),
        ({"kind": "Unit", "where": "a:b;name:gone:x;name:holds:;name:from:"}, RegisterState("Unit")),
        ({"kind": "Unit", "where": "name:empty:x"}, RegisterState("Unit", where=(Where("name", "empty"),))),
    ],
)
def test_what_cannot_be_read_is_left_out(told: dict[str, str], expected: RegisterState | None) -> None:
    assert from_link(told) == expected


def test_conditions_on_one_column_are_replaced_and_the_pages_begin_anew() -> None:
    new = FULL.with_where("trade", (Where("trade", "empty"),))
    assert (new.of("trade"), new.page, len(new.where)) == ((Where("trade", "empty"),), 0, 3)


@pytest.mark.parametrize("view", [v.id for v in ready_views()])
def test_a_ready_register_names_columns_and_rules_that_there_are(view: str) -> None:
    found = ready_view(view)
    assert found is not None
    known = kind(found.state.kind)
    asked = (*found.state.columns, *(s.removeprefix("-") for s in found.state.sort))
    asked += tuple(w.column for w in found.state.where)
    assert [id_ for id_ in asked if known.column(id_) is None] == []
    assert {read_catalogue().rule(id_).about for id_ in found.state.rules} <= {found.state.kind}
