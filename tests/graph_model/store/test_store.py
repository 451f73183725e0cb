"""The store: every call, all or nothing, and what is refused; the same on each kind of store."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from graph_model.coverage.measures import count_totals
from graph_model.errors import (
    InputError,
    QueryRefused,
    SchemaError,
    StoreBusy,
    StoreDenied,
    StoreError,
    StoreUnavailable,
)
from graph_model.graph import Graph
from graph_model.plan import Plan, make_plan
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.store.driver import Address
from graph_model.store.store import BATCH, Round, State, Store, now
from tests.support.graphs import PLACE, ROUND, SITE, fill, graph, node, random_graph, tie

SMALL = graph(
    node("u_1", status="operating", employees=12, number="A-1"),
    node("m_1", standing="full"),
    node("t_1", resolved=True),
    node("b_1", founded="2001-12"),
    tie("m_1 EMPLOYED_BY u_1", position="总经理"),
    tie("m_1 AFFILIATED_WITH b_1", since="2001"),
    tie("m_1 SECRETARY_OF b_1"),
)


def again(desired: Graph, store: Store, *, complete: bool = True) -> Plan:
    return make_plan(desired, store.held(), complete=complete)


# ---- what it holds


def test_an_empty_store(store: Store) -> None:
    assert store.state() == State()
    assert store.held() == Graph.of()
    assert store.rounds() == ()
    counts = store.counts()
    assert counts["nodes"] == {t.label: 0 for t in NODE_TYPES.values() if t.survey}
    assert counts["edges"] == {t.type: 0 for t in EDGE_TYPES.values() if t.survey}
    assert set(count_totals(store).values()) == {0}
    assert store.find("新") == ()
    assert store.nodes(["u_1"]) == ()
    assert store.edges_of(["u_1"]) == ((), {})
    assert store.first("Unit") is None


def test_what_is_loaded_is_held_word_for_word(store: Store) -> None:
    fill(store, SMALL)
    assert store.held() == SMALL


def test_what_the_schema_does_not_declare_is_held_too(store: Store) -> None:
    old = graph(
        node("u_1", fax="5", kind="other"),
        node("u_2", kind="other"),
        node("m_1", **{"a`b": 1}),
        tie("m_1 EMPLOYED_BY u_1", position="会计", paid=True),
        tie("m_1 EMPLOYED_BY u_2", position="会计"),
    )
    fill(store, old)
    assert store.held() == old


def test_what_stands_nowhere_is_held_without_a_place(store: Store) -> None:
    one, other = (node(key)._replace(place=None) for key in ("u_1", "m_1"))
    loose = graph(one, other, tie("m_1 EMPLOYED_BY u_1")._replace(place=None))
    fill(store, loose)
    assert store.held() == loose


def test_held_tells_how_far_it_is(store: Store) -> None:
    fill(store, SMALL)
    told: list[tuple[str, int, int]] = []
    store.held(lambda what, done, of: told.append((what, done, of)))
    assert ("Member", told[0][2]) in [(what, of) for what, _, of in told]
    assert all(0 <= done <= of for _, done, of in told)


def test_loading_the_same_again_plans_nothing(store: Store) -> None:
    fill(store, SMALL)
    assert again(SMALL, store) == Plan()


@pytest.mark.parametrize("seed", range(3))
def test_any_graph_can_be_held_and_turned_into_any_other(store: Store, seed: int) -> None:
    one, other = random_graph(seed, 6), random_graph(seed + 50, 6)
    for desired in (one, other, Graph.of(), one):
        fill(store, desired)
        assert store.held() == desired


def test_counts(store: Store) -> None:
    fill(store, SMALL)
    counts = store.counts()
    assert {k: n for k, n in counts["nodes"].items() if n} == {
        "Unit": 1,
        "Member": 1,
        "Matter": 1,
        "Branch": 1,
    }
    assert {k: n for k, n in counts["edges"].items() if n} == {
        "EMPLOYED_BY": 1,
        "AFFILIATED_WITH": 1,
        "SECRETARY_OF": 1,
    }


def test_rounds_are_remembered_newest_first(store: Store) -> None:
    spring = Round("2006-04", "2006-04", now(), {"members": 44}, {})
    fill(store, SMALL, round=spring)
    fill(store, SMALL)
    assert store.rounds() == (ROUND, spring)
    assert store.state().round == "2006-10"


def test_the_same_round_twice_is_one_round(store: Store) -> None:
    fill(store, SMALL)
    fill(store, SMALL, round=replace(ROUND, declared={"companies": 30}))
    assert [r.declared for r in store.rounds()] == [{"companies": 30}]


def test_every_load_has_a_version_of_its_own(store: Store) -> None:
    first, second = fill(store, SMALL), fill(store, SMALL)
    assert (first.version, second.version) == (1, 2)
    assert first.load != second.load
    assert second == store.state()
    assert second.site == SITE


def test_text_of_every_kind_survives(store: Store) -> None:
    odd = "王·小明 “㐀𠮷” \\ ' \" $x {y} \n `z` 🙂 -- //"
    desired = graph(node("m_1", name=odd), node("u_1"), tie("m_1 EMPLOYED_BY u_1", position=odd))
    fill(store, desired)
    assert store.held() == desired
    assert again(desired, store) == Plan()


def test_numbers_and_truth_keep_their_type(store: Store) -> None:
    fill(store, graph(node("u_1", employees=0), node("t_1", resolved=False)))
    (unit, matter) = store.nodes(["u_1", "t_1"])
    assert unit.properties["employees"] == 0
    assert matter.properties["resolved"] is False


# ---- apply: each kind of change


def test_a_property_that_goes_is_gone(store: Store) -> None:
    fill(store, SMALL)
    desired = graph(
        *(n for n in SMALL.nodes.values() if n.key != "u_1"),
        node("u_1", status="closed"),
        *(e for e in SMALL.edges.values() if e.type != "EMPLOYED_BY"),
        tie("m_1 EMPLOYED_BY u_1"),
    )
    assert again(desired, store).counts()["changed"] == {"EMPLOYED_BY": 1, "Unit": 1}
    fill(store, desired)
    assert store.held() == desired


def test_a_removed_edge_leaves_its_ends(store: Store) -> None:
    fill(store, SMALL)
    desired = graph(*SMALL.nodes.values(), *(e for e in SMALL.edges.values() if e.type != "SECRETARY_OF"))
    fill(store, desired)
    assert store.held() == desired


def test_a_removed_node_takes_its_edges_along(store: Store) -> None:
    fill(store, SMALL)
    desired = graph(*(n for n in SMALL.nodes.values() if n.key != "m_1"))
    fill(store, desired)
    assert store.held() == desired
    assert set(store.counts()["edges"].values()) == {0}


def test_a_move_leads_elsewhere(store: Store) -> None:
    people = (node("m_1"), node("u_1"), node("u_2"))
    fill(store, graph(people, tie("m_1 EMPLOYED_BY u_1", position="会计")))
    desired = graph(people, tie("m_1 EMPLOYED_BY u_2"))
    assert [m.after.target for m in again(desired, store).moves()] == ["u_2"]
    fill(store, desired)
    assert store.held() == desired


def test_what_stands_elsewhere_is_restated(store: Store) -> None:
    fill(store, SMALL)
    place = PLACE._replace(round="2007-04", file="乙.xlsx", row=7)
    desired = Graph.of(
        (n._replace(place=place) for n in SMALL.nodes.values()),
        (e._replace(place=place) for e in SMALL.edges.values()),
    )
    assert again(desired, store).empty
    fill(store, desired)
    assert store.held() == desired


def test_a_partial_round_removes_nothing(store: Store) -> None:
    fill(store, SMALL)
    part = graph(node("u_2"), node("m_1", standing="full"), tie("m_1 EMPLOYED_BY u_2"))
    store.apply(again(part, store, complete=False), round=ROUND, expected=store.state(), site=SITE)
    held = store.held()
    assert set(held.nodes) == {*SMALL.nodes, "u_2"}
    assert [e.target for e in held.edges.values() if e.type == "EMPLOYED_BY"] == ["u_2"]


def test_a_load_larger_than_a_batch_lands_whole(store: Store) -> None:
    many = BATCH + 1
    people = [node(f"m_{i}") for i in range(many)]
    fill(store, graph(node("u_1"), *people, *(tie(f"m_{i} EMPLOYED_BY u_1") for i in range(many))))
    counts = store.counts()
    assert (counts["nodes"]["Member"], counts["edges"]["EMPLOYED_BY"]) == (many, many)


def test_apply_tells_how_far_it_is(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    plan = make_plan(SMALL, Graph.of())
    store.apply(plan, round=ROUND, expected=State(), site=SITE, on_progress=lambda *said: told.append(said))
    assert told[-1] == ("write", 7, 7)


def test_apply_tells_of_every_batch_once_the_store_has_taken_it(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    plan = Plan(added_nodes=tuple(node(f"m_{i}") for i in range(2 * BATCH + 1)))
    store.apply(plan, round=ROUND, expected=State(), site=SITE, on_progress=lambda *said: told.append(said))
    assert told == [("write", done, 2 * BATCH + 1) for done in (BATCH, 2 * BATCH, 2 * BATCH + 1)]


def test_findings_and_notes_are_not_the_surveys_to_touch(store: Store, address: Address) -> None:
    fill(store, SMALL)
    store._bolt.write(
        lambda tx: tx.run(
            "MATCH (u:Unit {key: 'u_1'}) CREATE (n:Note {key: 'n_1', name: 'x'}) CREATE (n)-[:ABOUT]->(u)"
        )
    )
    assert store.held() == SMALL
    assert again(SMALL, store) == Plan()
    fill(store, graph(*(n for n in SMALL.nodes.values() if n.key != "b_1")))
    assert store.ask("MATCH (n:Note)-[:ABOUT]->(u) RETURN u.key AS key").rows == ({"key": "u_1"},)


# ---- apply: all or nothing


def test_a_plan_with_a_missing_end_writes_nothing(store: Store) -> None:
    before = fill(store, SMALL)
    broken = Plan(added_nodes=(node("u_9"),), added_edges=(tie("m_9 EMPLOYED_BY u_9"),))
    with pytest.raises(StoreError, match="1"):
        store.apply(broken, round=replace(ROUND, name="2007-04"), expected=before, site=SITE)
    assert store.held() == SMALL
    assert store.state() == before
    assert store.rounds() == (ROUND,)


def test_a_plan_that_removes_what_is_not_there_writes_nothing(store: Store) -> None:
    before = fill(store, SMALL)
    with pytest.raises(StoreError):
        store.apply(
            Plan(added_nodes=(node("u_9"),), removed_nodes=(node("u_8"),)),
            round=ROUND,
            expected=before,
            site=SITE,
        )
    assert (store.held(), store.state()) == (SMALL, before)


def test_a_node_that_is_there_already_is_not_made_twice(store: Store) -> None:
    before = fill(store, SMALL)
    twice = Plan(added_nodes=(node("m_7"), node("u_1")))
    with pytest.raises(StoreError):
        store.apply(twice, round=ROUND, expected=before, site=SITE)
    assert (store.held(), store.state()) == (SMALL, before)


@pytest.mark.parametrize("at", [0, BATCH, 2 * BATCH], ids=["first batch", "second batch", "last batch"])
def test_one_tie_without_an_end_among_several_batches_writes_nothing(store: Store, at: int) -> None:
    before = fill(store, SMALL)
    people = [f"m_9{i}" for i in range(2 * BATCH + 1)]
    ties = [tie(f"{key} EMPLOYED_BY u_1") for key in people]
    ties[at] = tie("m_8 EMPLOYED_BY u_1")
    told: list[int] = []
    broken = Plan(added_nodes=tuple(node(key) for key in people), added_edges=tuple(ties))
    with pytest.raises(StoreError, match=f"took {min(BATCH, len(ties) - at) - 1} of"):
        store.apply(
            broken,
            round=replace(ROUND, name="2007-04"),
            expected=before,
            site=SITE,
            on_progress=lambda _what, done, _of: told.append(done),
        )
    assert told[-1] == len(people) + at  # up to the batch before, and no further
    assert (store.held(), store.state(), store.rounds()) == (SMALL, before, (ROUND,))


@pytest.mark.parametrize("at", [0, BATCH, 2 * BATCH], ids=["first batch", "second batch", "last batch"])
def test_one_key_that_is_there_already_among_several_batches_writes_nothing(store: Store, at: int) -> None:
    before = fill(store, SMALL)
    people = [node(f"m_9{i}") for i in range(2 * BATCH + 1)]
    people[at] = node("m_1")
    with pytest.raises(QueryRefused):
        store.apply(Plan(added_nodes=tuple(people)), round=ROUND, expected=before, site=SITE)
    assert (store.held(), store.state()) == (SMALL, before)


def test_a_load_that_is_stopped_between_two_batches_writes_nothing(store: Store) -> None:
    before = fill(store, SMALL)

    def stop(_what: str, _done: int, _of: int) -> None:
        raise KeyboardInterrupt

    many = Plan(added_nodes=tuple(node(f"m_9{i}") for i in range(2 * BATCH + 1)))
    with pytest.raises(KeyboardInterrupt):
        store.apply(many, round=ROUND, expected=before, site=SITE, on_progress=stop)
    assert (store.held(), store.state()) == (SMALL, before)
    fill(store, SMALL)  # and the store can be written again


def test_an_edge_that_the_schema_does_not_know_writes_nothing(store: Store) -> None:
    before = fill(store, SMALL)
    with pytest.raises(SchemaError, match="not in the schema"):
        store.apply(
            Plan(added_nodes=(node("u_9"),), added_edges=(tie("u_1 EMPLOYED_BY m_1"),)),
            round=ROUND,
            expected=before,
            site=SITE,
        )
    assert (store.held(), store.state()) == (SMALL, before)


def test_a_plan_made_before_another_load_is_refused(store: Store) -> None:
    expected = store.state()
    plan = make_plan(graph(node("u_2")), store.held())
    after = fill(store, SMALL)
    with pytest.raises(StoreBusy):
        store.apply(plan, round=ROUND, expected=expected, site=SITE)
    assert (store.held(), store.state()) == (SMALL, after)


def test_a_plan_for_a_store_that_was_emptied_is_refused(store: Store) -> None:
    with pytest.raises(StoreBusy):
        store.apply(Plan(added_nodes=(node("u_1"),)), round=ROUND, expected=State(version=3), site=SITE)
    assert store.state() == State()
    assert store.held() == Graph.of()


def test_another_sites_secret_is_refused(store: Store) -> None:
    before = fill(store, SMALL)
    with pytest.raises(InputError, match=r"site\.secret"):
        store.apply(Plan(), round=ROUND, expected=before, site="another-site")
    assert store.state() == before


@pytest.mark.parametrize("filled", [False, True])
def test_of_two_loads_at_once_exactly_one_lands(store: Store, address: Address, filled: bool) -> None:
    if filled:
        fill(store, SMALL)
    expected, held = store.state(), store.held()
    start = threading.Barrier(2, timeout=60)
    ended: dict[str, str] = {}

    def load(key: str) -> None:
        desired = graph(
            *held.nodes.values(), *held.edges.values(), *(node(f"{key}{i}") for i in range(300))
        )
        with Store.open(address) as own:
            plan = make_plan(desired, held)
            start.wait()
            try:
                own.apply(plan, round=ROUND, expected=expected, site=SITE)
                ended[key] = "landed"
            except StoreBusy:
                ended[key] = "busy"

    threads = [threading.Thread(target=load, args=(key,)) for key in ("u_a", "u_b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended.values()) == ["busy", "landed"]
    (winner,) = [key for key, how in ended.items() if how == "landed"]
    new = {k for k in store.held().nodes if k not in held.nodes}
    assert new == {f"{winner}{i}" for i in range(300)}
    assert store.state().version == expected.version + 1


# ---- ask


def test_ask_gives_rows_columns_and_parameters(store: Store) -> None:
    answer = store.ask("UNWIND [2, 1] AS n RETURN n, n + $more AS sum ORDER BY n", {"more": 1})
    assert answer.columns == ("n", "sum")
    assert answer.rows == ({"n": 1, "sum": 2}, {"n": 2, "sum": 3})
    assert not answer.truncated


@pytest.mark.parametrize(("limit", "truncated"), [(3, True), (4, True), (5, False), (6, False)])
def test_ask_says_when_there_was_more(store: Store, limit: int, truncated: bool) -> None:
    answer = store.ask("UNWIND range(1, 5) AS n RETURN n ORDER BY n", limit=limit)
    assert ([r["n"] for r in answer.rows], answer.truncated) == ([1, 2, 3, 4, 5][:limit], truncated)


@pytest.mark.parametrize(
    "writing",
    [
        "CREATE (n:Unit {key: 'u_9'}) RETURN n.key AS key",
        "MATCH (u:Unit) SET u.name = 'x' RETURN u.key AS key",
        "MATCH (u:Unit) SET u.brand_new = 'x' RETURN u.key AS key",
        "MATCH (u:Unit) REMOVE u.name",
        "MATCH (u:Unit) SET u:Branch",
        "MATCH ()-[r:EMPLOYED_BY]->() SET r.position = 'x'",
        "MATCH ()-[r:EMPLOYED_BY]->() DELETE r",
        "MATCH (u:Unit) DETACH DELETE u",
        "MERGE (n:Unit {key: 'u_9'}) RETURN n.key AS key",
        "MERGE (n:BrandNew {key: 'x_9'}) RETURN n.key AS key",
        "MATCH (u:Unit), (m:Member) MERGE (m)-[:TAKES_PART_IN]->(u)",
        "MATCH (u:Unit) FOREACH (x IN [1] | SET u.name = 'x')",
        "MATCH (u:Unit) CALL (u) { SET u.name = 'x' } RETURN u.key AS key",
        "CREATE CONSTRAINT mine IF NOT EXISTS FOR (n:Unit) REQUIRE n.name IS UNIQUE",
        "DROP CONSTRAINT unit_key",
        "CREATE INDEX mine IF NOT EXISTS FOR (n:Unit) ON (n.number)",
        "DROP INDEX unit_name",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:9/x.csv' AS line RETURN line",
    ],
)
def test_ask_never_writes(store: Store, writing: str) -> None:
    before = fill(store, SMALL)
    with pytest.raises(QueryRefused):
        store.ask(writing)
    assert store.held() == SMALL
    assert store.state() == before
    assert store.ask("MATCH (n:BrandNew) RETURN n.key AS key").rows == ()
    # the constraint still holds
    with pytest.raises(StoreError):
        store.apply(Plan(added_nodes=(node("u_1"),)), round=ROUND, expected=before, site=SITE)


def test_a_wrong_query_is_refused_with_what_the_store_said(store: Store) -> None:
    with pytest.raises(QueryRefused) as refused:
        store.ask("MATCH (n RETURN n")
    assert refused.value.message("zh").strip()


def test_a_parameter_is_never_read_as_cypher(store: Store) -> None:
    fill(store, SMALL)
    text = "x' OR 1 = 1 //"
    assert store.ask("MATCH (n:Unit) WHERE n.name = $t RETURN n.key AS key", {"t": text}).rows == ()
    assert store.find(text) == ()


HEAVY = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b % 7 = 9 RETURN count(*) AS n"


def test_a_query_that_takes_too_long_is_stopped(hasty_store: Store) -> None:
    with pytest.raises(QueryRefused, match="time limit"):
        hasty_store.ask(HEAVY, seconds=1)
    assert hasty_store.ask("RETURN 1 AS one").rows == ({"one": 1},)


# ---- nodes, find, edges


def test_nodes_come_in_the_order_asked_for(store: Store) -> None:
    fill(store, SMALL)
    found = store.nodes(["m_1", "u_9", "no-key", "b_1", "u_1", "m_1"])
    assert [n.key for n in found] == ["m_1", "b_1", "u_1"]
    assert found[2] == SMALL.nodes["u_1"]


def test_first_is_the_first_by_name(store: Store) -> None:
    fill(store, graph(node("u_1", name="乙"), node("u_2", name="丙"), node("s_1", name="甲")))
    found = store.first("Unit")
    assert found is not None
    assert found.key == "u_2"


def search_field(store: Store) -> None:
    fill(
        store,
        graph(
            node("u_1", name="新桃源物业", search="新桃源物业 xintaoyuanwuye xtywy"),
            node("u_2", name="新桃源", search="新桃源 xintaoyuan xty"),
            node("u_3", name="100%_物业", search="100%_物业"),
            node("b_1", name="新桃源党支部", search="新桃源党支部 xintaoyuandangzhibu xtydzb"),
            node("m_1", name="欧阳新", search="欧阳新 ouyangxin oyx"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("桃源", ["u_2", "u_1", "b_1"]),
        ("新桃源物业", ["u_1"]),
        ("XTY", ["u_2", "u_1", "b_1"]),
        (" 新 桃 源 ", ["u_2", "u_1", "b_1"]),
        ("ouyang", ["m_1"]),
        ("%_", ["u_3"]),
        (".*", []),
        ("", []),
        ("  ", []),
        ("没有", []),
    ],
)
def test_find_by_name_pinyin_or_initials(store: Store, text: str, keys: list[str]) -> None:
    search_field(store)
    assert [n.key for n in store.find(text)] == keys


def test_find_keeps_to_labels_and_limit(store: Store) -> None:
    search_field(store)
    assert [n.key for n in store.find("新", labels=["Branch"])] == ["b_1"]
    assert [n.key for n in store.find("新", labels=["Unit"], limit=1)] == ["u_2"]
    assert store.find("新", labels=[]) == ()


def test_edges_of_a_node_lead_both_ways(store: Store) -> None:
    fill(store, SMALL)
    edges, others = store.edges_of(["m_1"])
    assert {e.key: e for e in edges} == SMALL.edges
    assert set(others) == {"u_1", "b_1"}
    edges, others = store.edges_of(["b_1"], types=["SECRETARY_OF"])
    assert [e.key for e in edges] == [("SECRETARY_OF", "m_1", "b_1")]
    assert others == {"m_1": SMALL.nodes["m_1"]}


def test_edges_of_both_ends_come_once(store: Store) -> None:
    fill(store, SMALL)
    edges, others = store.edges_of(["m_1", "b_1", "u_1", "t_1"])
    assert len(edges) == 3
    assert set(others) == {"m_1", "b_1", "u_1"}


# ---- the line


def test_a_wrong_password_is_denied(wrong_password: Address) -> None:
    with pytest.raises(StoreDenied) as denied:
        Store.open(wrong_password)
    assert "not-the-password" not in str(denied.value)


def test_nobody_listening_is_said(nobody: Address, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(0), pytest.raises(StoreUnavailable) as gone:
        Store.open(nobody)
    assert nobody.url in str(gone.value)
    assert "a-secret-word" not in str(gone.value) + caplog.text


def test_the_password_shows_nowhere(
    store: Store, address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(0), Store.open(address) as opened:
        fill(opened, SMALL)
        with pytest.raises(QueryRefused) as refused:
            opened.ask("RETURN $missing + nothing")
    seen = caplog.text + str(refused.value) + repr(address) + repr(opened) + opened.url
    assert address.writer.password not in seen
    assert address.reader is None or address.reader.password not in seen


def test_a_second_store_on_the_same_graph_sees_what_the_first_wrote(store: Store, address: Address) -> None:
    with Store.open(address) as second:
        fill(store, SMALL)
        assert second.held() == SMALL
