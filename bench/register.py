"""How soon a register of 100,000 units answers: a page, a filter, a sort, a group; beside bare Cypher and pandas.

    .venv/bin/python bench/register.py [--rows N] [--home FOLDER]

Ours goes the way of the page: keys of the page, their values with derived columns, masked texts. The peers run in
the same process on the same data: bare Cypher asks the same engine for the same fifty things with their properties;
pandas holds the whole table in memory, which a page cannot do for each reader.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from explorer.answers import Answers
from explorer.register.pivot import register_pivot
from explorer.register.rows import PAGE, register_page
from explorer.register.state import RegisterState, Where
from explorer.viewer import Viewer
from graph_model.connect import StoreChoice, open_store
from graph_model.coverage.catalogue import Catalogue
from graph_model.graph import Edge, Graph, Node, Place
from graph_model.plan import make_plan
from graph_model.profile import read_profile
from graph_model.store.store import Round, Store

PLACE = Place("2006-10", "甲.xlsx", "单位", 2)
ROUND = Round("2006-10", "2006-10", "2006-11-01T08:00:00+00:00", {}, {})
TRADES = ("餐饮", "零售", "物业", "软件", "教育")
KINDS = ("property_company", "school", "other")
COLUMNS = ("name", "kind", "trade", "employees", "areas", "organisations", "secretary")
STATES: dict[str, tuple[RegisterState, str]] = {
    "page": (RegisterState("Unit", COLUMNS), "ORDER BY n.name, n.key"),
    "tenth page": (RegisterState("Unit", COLUMNS, page=9), f"ORDER BY n.name, n.key SKIP {9 * PAGE}"),
    "filter": (
        RegisterState("Unit", COLUMNS, (Where("trade", "is", ("软件",)),)),
        "WHERE n.trade = '软件' ORDER BY n.name, n.key",
    ),
    "filter by area": (
        RegisterState("Unit", COLUMNS, (Where("areas", "is", ("第5居民区",)),)),
        "-[:LOCATED_IN]->(x) WHERE x.name = '第5居民区' ORDER BY n.name, n.key",
    ),
    "sort": (RegisterState("Unit", COLUMNS, sort=("-employees",)), "ORDER BY n.employees DESC, n.key"),
    "sort by two": (
        RegisterState("Unit", COLUMNS, sort=("trade", "-employees")),
        "ORDER BY n.trade, n.employees DESC, n.key",
    ),
    "search": (
        RegisterState("Unit", COLUMNS, search="99公"),
        "WHERE n.search CONTAINS '99公' ORDER BY n.name",
    ),
}


def survey(rows: int) -> Graph:
    """So many units in a hundred areas, every third thirtieth of them with a branch."""
    nodes = [
        Node(
            "Unit",
            f"u_{i:07}",
            {
                "name": f"第{(i * 7919) % rows}公司",
                "search": f"第{(i * 7919) % rows}公司",
                "kind": KINDS[i % 3],
                "trade": TRADES[i % 5],
                "employees": (i * 31) % 500,
            },
            PLACE,
        )
        for i in range(rows)
    ]
    nodes += [Node("ResidentialArea", f"r_{i:03}", {"name": f"第{i}居民区"}, PLACE) for i in range(100)]
    nodes += [Node("Branch", f"b_{i:06}", {"name": f"第{i}支部"}, PLACE) for i in range(rows // 30)]
    edges = [Edge("LOCATED_IN", f"u_{i:07}", f"r_{i % 100:03}", {}, PLACE) for i in range(rows)]
    edges += [Edge("ORGANISED_IN", f"b_{i:06}", f"u_{i * 30:07}", {}, PLACE) for i in range(rows // 30)]
    return Graph.of(nodes, edges)


def timed(act: Callable[[], object], times: int = 5) -> float:
    """Milliseconds, the median."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


def bare(store: Store, text: str) -> Callable[[], object]:
    """The same fifty things by one statement."""
    where, _, order = text.rpartition("ORDER BY")
    things = f"MATCH (n:Unit){where if where.startswith('-') else ' ' + where}"
    return lambda: store.ask(f"{things}\nRETURN properties(n) AS p ORDER BY{order} LIMIT {PAGE}")


def in_memory(frame: pd.DataFrame, state: RegisterState) -> Callable[[], object]:
    """The same by pandas, where the columns are own ones."""

    def act() -> object:
        found = frame
        for where in state.where:
            found = found[found[where.column].isin(where.values)]
        if state.search:
            found = found[found["name"].str.contains(state.search, regex=False)]
        order = [s.removeprefix("-") for s in state.sort] or ["name"]
        found = found.sort_values(order, ascending=[not s.startswith("-") for s in state.sort] or [True])
        return found.iloc[state.page * PAGE : (state.page + 1) * PAGE]

    return act


def main() -> None:
    """Load, then time each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--home", type=Path)
    told = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(StoreChoice(told.home or Path(folder))) as store,
    ):
        desired = survey(told.rows)
        if store.state().version == 0:
            store.apply(make_plan(desired, store.held()), round=ROUND, expected=store.state(), site="bench")
        answers, viewer = Answers(store, Catalogue(()), read_profile()), Viewer()
        frame = pd.DataFrame(
            [
                {**n.properties, "areas": f"第{int(n.key[2:]) % 100}居民区"}
                for n in desired.nodes.values()
                if n.label == "Unit"
            ]
        )
        print(
            f"{told.rows} units, medians of 5\n{'':16}{'ours':>9}{'Cypher':>9}{'pandas':>9}   ours/Cypher"
        )
        for name, (state, text) in STATES.items():
            ours = timed(lambda state=state: register_page(answers, viewer, state))
            cypher, memory = timed(bare(store, text)), timed(in_memory(frame, state))
            print(f"{name:16}{ours:6.0f} ms{cypher:6.0f} ms{memory:6.0f} ms   {ours / cypher:.2f}")
        group = RegisterState("Unit", by="trade", across="kind")
        ours = timed(lambda: register_pivot(answers, viewer, group))
        cypher = timed(lambda: store.ask("MATCH (n:Unit) RETURN n.trade, n.kind, count(n)"))
        memory = timed(lambda: frame.groupby(["trade", "kind"]).size())
        print(f"{'group':16}{ours:6.0f} ms{cypher:6.0f} ms{memory:6.0f} ms   {ours / cypher:.2f}")


if __name__ == "__main__":
    main()
