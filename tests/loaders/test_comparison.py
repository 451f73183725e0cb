"""A round against what is held: the whole of it, or only what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.store.graph_source import InMemoryGraph
from graph_model.store.store import State, Store
from loaders.comparison import compare_complete, compare_partial, without_zeros
from loaders.resolve.aliases import NO_ALIASES
from loaders.survey import ParsedRound, read_round
from tests.support.books import save_round
from tests.support.graphs import ROUND, SITE, fill, graph, node

UNITS = ["单位名称", "单位类别", "从业人数"]


@pytest.fixture
def reading(tmp_path: Path) -> ParsedRound:
    folder = save_round(
        tmp_path / "2006-10", 单位=[UNITS, ["甲物业", "物业公司", 5], ["乙物业", "物业公司", 6]]
    )
    return read_round([folder], keys=KeyMaker(b"test"))


def test_types_of_which_there_is_nothing_are_left_out() -> None:
    counts = {"nodes": {"Unit": 2, "Member": 0}, "edges": {}}
    assert without_zeros(counts) == {"nodes": {"Unit": 2}, "edges": {}}


def test_a_complete_round_removes_what_it_does_not_mention(store: Store, reading: ParsedRound) -> None:
    state = fill(store, graph(node("u_9", name="旧公司")))
    found = compare_complete(store, state, reading, NO_ALIASES, None)
    assert found.plan.counts() == {"added": {"Unit": 2}, "changed": {}, "removed": {"Unit": 1}}
    assert (list(found.held.nodes), len(found.beside.nodes)) == (["u_9"], 0)
    assert found.digest is not None


def test_what_the_store_holds_already_is_not_read_again(store: Store, reading: ParsedRound) -> None:
    first = compare_complete(store, State(), reading, NO_ALIASES, None)
    state = store.apply(first.plan, round=ROUND, expected=State(), site=SITE, digest=first.digest)
    told: list[str] = []
    again = compare_complete(store, state, reading, NO_ALIASES, lambda step, *_: told.append(step))
    assert (again.held is reading.graph, told) == (True, [])
    assert again.plan.counts() == {"added": {}, "changed": {}, "removed": {}}
    assert [(m.came, m.left) for m in again.movements if m.came or m.left] == []
    assert again.renamed == ()


def test_a_digest_alone_is_not_believed_where_the_counts_differ(store: Store, reading: ParsedRound) -> None:
    first = compare_complete(store, State(), reading, NO_ALIASES, None)
    state = store.apply(first.plan, round=ROUND, expected=State(), site=SITE, digest=first.digest)
    more = graph(*reading.graph.nodes.values(), node("u_9"))
    state = store.apply(
        make_plan(more, reading.graph), round=ROUND, expected=state, site=SITE, digest=first.digest
    )
    again = compare_complete(store, state, reading, NO_ALIASES, None)
    assert again.plan.counts()["removed"] == {"Unit": 1}


def test_a_partial_round_leaves_alone_what_it_does_not_name(store: Store, reading: ParsedRound) -> None:
    held = graph(node("u_9", name="旧公司"))
    state = fill(store, held)
    found = compare_partial(store, state, InMemoryGraph(held), reading, NO_ALIASES)
    assert found.plan.counts() == {"added": {"Unit": 2}, "changed": {}, "removed": {}}
    assert (len(found.held.nodes), found.digest) == (0, None)
