"""Findings brought up by several processes at once: each comes to the same, and none fails for another's sake."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.findings.findings import read_findings
from graph_model.findings.freshness import is_stale
from graph_model.profile import read_profile
from graph_model.store.driver import Address
from graph_model.store.store import Store
from tests.support import refresh_child
from tests.support.forks import forked
from tests.support.graphs import fill, graph, node

PROFILE = read_profile()
RULES = Catalogue((read_catalogue().rule("area_without_branch"),))


@pytest.mark.slow
def test_four_processes_bring_the_findings_up_at_once(store: Store, address: Address) -> None:
    areas = [node(f"r_{n}", name=f"第{n}居民区", households=9) for n in range(300)]
    fill(store, graph(*areas))
    with ExitStack() as stack:
        lines = [
            stack.enter_context(forked(refresh_child.main, address, RULES, PROFILE))[1] for _ in range(4)
        ]
        assert [line.recv() for line in lines] == ["ready"] * 4
        for line in lines:
            line.send("go")
        said = [line.recv() for line in lines]

    assert not [one for one in said if isinstance(one, str)]
    assert not is_stale(store, RULES, PROFILE)
    found = [f for f in read_findings(store) if f.rule == "area_without_branch"]
    assert {(f.rounds, f.text("first_seen")) for f in found} == {(1, store.state().round)}
    assert len(found) == 300
