"""The transaction of a load: claimed for one version, written whole, never twice, and its round remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph_model.errors import StoreBusy, StoreError
from graph_model.graph import Graph
from graph_model.plan import Plan, make_plan
from graph_model.store.load_transaction import (
    State,
    check_version,
    claim_load,
    is_committed,
    now,
    revision,
    round_after,
    write_digest,
    write_plan,
    write_round,
)
from graph_model.store.store import Store
from tests.support.graphs import ROUND, SITE, fill, graph, node, tie


class Answer:
    """A statement that was sent; notes when it is waited for."""

    def __init__(self, line: Line, number: int, rows: list[dict[str, Any]]) -> None:
        self.line, self.number, self.answered = line, number, rows

    def rows(self) -> list[dict[str, Any]]:
        self.line.order.append(f"answered {self.number}")
        return self.answered


class Line:
    """A transaction that keeps what it is given; `said`: rows of questions; `taken`: how much less it takes."""

    def __init__(self, *said: dict[str, Any], short: int = 0) -> None:
        self.said, self.short = list(said), short
        self.given: list[dict[str, Any]] = []
        self.order: list[str] = []

    def run(self, _text: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        self.given.append(parameters)
        return self.said

    def send(self, _text: str, parameters: dict[str, Any]) -> Answer:
        self.given.append(parameters)
        number = len(self.given)
        self.order.append(f"sent {number}")
        return Answer(self, number, [{"done": len(parameters["rows"]) - self.short}])


def plan_of(desired: Graph) -> Plan:
    return make_plan(desired, Graph.of([], []))


TWO_KINDS = graph(node("u_1"), node("m_1"), node("m_2"), tie("m_1 EMPLOYED_BY u_1"))


def test_a_load_claims_the_version_after_the_one_that_it_was_planned_for() -> None:
    line = Line({"version": 4})
    claim_load(line, State(3, "2006-04"), "2006-10", SITE, "a-load")  # type: ignore[arg-type]
    assert line.given == [{"key": "z_state", "round": "2006-10", "site": SITE, "load": "a-load"}]


@pytest.mark.parametrize("version", [3, 5])
def test_a_load_that_was_overtaken_is_refused(version: int) -> None:
    with pytest.raises(StoreBusy, match="Nothing was written"):
        claim_load(Line({"version": version}), State(3), "2006-10", SITE, "a-load")  # type: ignore[arg-type]


def test_what_is_about_another_version_is_refused() -> None:
    check_version(Line({"version": 3}), 3)  # type: ignore[arg-type]
    for line in (Line({"version": 4}), Line({"version": None}), Line()):
        with pytest.raises(StoreBusy):
            check_version(line, 3)  # type: ignore[arg-type]


def test_a_load_whose_confirmation_was_lost_is_known_again() -> None:
    assert is_committed(Line({"load": "a-load"}), "a-load")  # type: ignore[arg-type]
    assert not is_committed(Line({"load": "another"}), "a-load")  # type: ignore[arg-type]
    assert not is_committed(Line(), "a-load")  # type: ignore[arg-type]


def test_each_batch_is_sent_while_the_store_is_at_the_one_before() -> None:
    line = Line()
    told: list[tuple[str, int, int]] = []
    write_plan(line, plan_of(TWO_KINDS), lambda *said: told.append(said))  # type: ignore[arg-type]
    sent = [step for step in line.order if step.startswith("sent")]
    assert line.order[:3] == [sent[0], sent[1], line.order[2]]
    assert line.order[2].startswith("answered")
    assert line.order.count(line.order[2]) == 1
    assert len(line.order) == 2 * len(sent)
    assert told[-1] == ("write", 4, 4)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_nothing_to_write_is_nothing_sent() -> None:
    line = Line()
    write_plan(line, plan_of(Graph.of([], [])), lambda *_: pytest.fail("nothing to tell"))  # type: ignore[arg-type]
    assert line.order == []


def test_a_store_that_takes_fewer_than_it_was_given_is_an_error() -> None:
    with pytest.raises(StoreError, match="took 0 of 1 items") as told:
        write_plan(Line(short=1), plan_of(graph(node("u_1"))), lambda *_: None)  # type: ignore[arg-type]
    assert "1 项中的 0 项" in told.value.message("zh")


@pytest.mark.parametrize(
    ("loaded", "before", "complete", "after"),
    [
        ("2006-04", None, False, "2006-04"),
        ("2006-04", "2006-10", False, "2006-10"),
        ("2006-10", "2006-04", False, "2006-10"),
        ("2006-04", "2006-10", True, "2006-04"),
    ],
)
def test_the_round_that_a_store_is_at_after_a_load(
    loaded: str, before: str | None, complete: bool, after: str
) -> None:
    assert round_after(loaded, before, complete=complete) == after


def test_time_is_kept_to_the_second_and_a_revision_is_never_the_same() -> None:
    assert len(now()) == len("2006-11-01T08:00:00+00:00")
    assert now().endswith("+00:00")
    assert revision() != revision()


def test_what_is_said_of_a_round_and_of_all_there_is() -> None:
    line = Line()
    write_round(line, replace(ROUND, files={"甲.xlsx": "ab12"}))  # type: ignore[arg-type]
    write_digest(line, "0f")  # type: ignore[arg-type]
    [round_, digest] = line.given
    assert (round_["key"], round_["declared"], round_["files"]) == (
        "d_2006-10",
        '{"companies": 29}',
        '{"甲.xlsx": "ab12"}',
    )
    assert digest == {"key": "z_state", "digest": "0f"}


def test_state_and_rounds_are_read_as_they_were_written(store: Store) -> None:
    assert (store.state(), store.rounds()) == (State(), ())
    fill(store, graph(node("u_1")))
    earlier = replace(ROUND, name="2006-04", as_of="2006-04", declared={}, files={})
    after = fill(store, graph(node("u_1"), node("u_2")), round=earlier)
    assert (after.version, after.round, after.site) == (2, "2006-04", SITE)
    assert store.state() == after
    assert store.rounds() == (ROUND, earlier)


def test_a_plan_about_an_older_state_writes_nothing(store: Store) -> None:
    before = store.state()
    fill(store, graph(node("u_1")))
    with pytest.raises(StoreBusy):
        store.apply(plan_of(graph(node("u_2"))), round=ROUND, expected=before, site=SITE)
    assert list(store.held().nodes) == ["u_1"]
    assert store.state().version == 1
