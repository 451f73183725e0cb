"""A plan that is too large for the engine's memory is refused before it is begun."""

from __future__ import annotations

import pytest

from graph_model.errors import StoreError
from graph_model.plan import EdgeChange, NodeChange, Plan
from graph_model.store.capacity import BASE_MIB, THINGS_PER_MIB, check_room, needed_mib, size_of
from tests.support.graphs import node, tie


def plan(things: int) -> Plan:
    return Plan(added_nodes=tuple(node(f"u_{n}") for n in range(things)))


def test_what_fits_passes_and_a_server_is_not_asked() -> None:
    check_room(plan(1000), BASE_MIB + 1)
    check_room(plan(100_000), None)


def test_what_does_not_fit_is_refused_with_the_setting_that_helps() -> None:
    things = 100 * THINGS_PER_MIB
    with pytest.raises(StoreError) as refused:
        check_room(plan(things), BASE_MIB + 99)
    for text in (refused.value.text.zh, refused.value.text.en):
        assert "BRANCHMAP_ENGINE_HEAP" in text
        assert str(-(-needed_mib(things) // 512) * 512) in text
        assert "\n" not in text


def test_everything_that_a_plan_writes_counts() -> None:
    unit, member, edge = node("u_1"), node("m_1"), tie("m_1 EMPLOYED_BY u_1")
    changed, moved = NodeChange(unit, unit), EdgeChange(edge, edge)
    assert size_of(Plan((unit,), (changed,), (member,), (edge,), (moved,), (edge,), (unit,), (edge,))) == 8
