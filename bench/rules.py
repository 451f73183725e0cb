"""Every rule's figure, the first page of its list and the whole overview, against the same rules over networkx.

    python bench/rules.py [MEMBERS] [--heap 5g] [--pagecache 3g]

Takes over the developers' Neo4j (NEO4J_DEV_HOME, NEO4J_DEV_BOLT_PORT): it is EMPTIED, filled with an invented survey
by bulk import (the files of `branchmap synth`, read by the product's loader, with the product's indexes), and
started with the memory that is given. The peer runs each rule in plain Python over the same graph in memory.

`kept`: the figure as pages, reports and commands read it, once `refresh_findings` has run after the load.
`page`: the first rows of its list, likewise. `asked`: the figure asked of the graph now, as
`refresh_findings` does. Exits with 1 where any number differs from the peer's or from the survey's own answers, or
where a limit is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

import networkx as nx

from bench import bulk, rules_networkx, stores
from explorer.answers import Answers
from explorer.gaps.counts import gap_counts
from graph_model.coverage.catalogue import Catalogue, Rule, read_catalogue
from graph_model.coverage.evaluate import figure
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.snapshot import read_snapshot, subjects_page
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.profile import Profile, Reckoning, read_profile
from graph_model.store.store import Store
from loaders.survey import read_round
from loaders.synth.survey import make_survey

ROUND, SEED = "2006-10", 1
FIGURE_SECONDS, PAGE_SECONDS, OVERVIEW_SECONDS = 2.0, 1.0, 5.0
Numbers = tuple[int, int, int]
T = TypeVar("T")


def timed(work: Callable[[], T], *, times: int = 1) -> tuple[T, float]:
    """What it gives, and its median seconds."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - start)
    return answer, statistics.median(taken)


def networkx_graph(graph: Graph) -> nx.MultiDiGraph[str]:
    """The same graph in memory; properties are shared, not copied."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes.values():
        made.add_node(node.key, label=node.label, properties=node.properties)
    for edge in graph.edges.values():
        made.add_edge(edge.source, edge.target, key=edge.type)
    return made


def peer(field: rules_networkx.Field, rule: Rule, profile: Profile) -> tuple[Numbers, float]:
    """(population, gaps, unknown) of a rule over networkx, and the seconds."""
    run = rules_networkx.RULES[rule.id]
    found, seconds = timed(lambda: Counter(run(field, **rule.parameters(profile, ROUND))))
    return (found.total(), found["gap"], found["unknown"]), seconds


def prepared(members: int, folder: Path, heap: str, page_cache: str) -> tuple[dict[str, Numbers], Graph]:
    """The survey in the store; its own answers, and its graph."""
    made, seconds = timed(lambda: make_survey(members, SEED, folder / "survey", format="csv", round=ROUND))
    print(f"{seconds:7.1f} s  survey of {members:,} members written", flush=True)
    gc.disable()  # millions of new objects and none of them garbage
    reading, seconds = timed(lambda: read_round([made.folder], keys=KeyMaker(b"bench"), round=ROUND))
    gc.enable()
    if reading.blocking:
        raise SystemExit(f"the survey has blocking problems: {reading.problems[:3]}")
    graph = reading.graph
    print(f"{seconds:7.1f} s  read: {len(graph.nodes):,} nodes, {len(graph.edges):,} ties", flush=True)
    _, seconds = timed(lambda: bulk.fill(graph, folder, heap=heap, page_cache=page_cache, round_=ROUND))
    print(f"{seconds:7.1f} s  in the store, with indexes", flush=True)
    said = json.loads(made.answers.read_text("utf-8"))["rules"]
    return {id_: (n["population"], n["gaps"], n["unknown"]) for id_, n in said.items()}, graph


def overview(store: Store, catalogue: Catalogue, profile: Profile) -> float:
    """Seconds of everything that the first page shows, by somebody who has just opened the store."""

    def look() -> None:
        answers = Answers(store, catalogue, profile)
        answers.refresh()
        seen = answers.overview()
        answers.history()
        answers.changes()
        answers.parts()
        if seen.round is not None:
            gap_counts(answers, seen.round.name, date.today())

    return timed(look, times=3)[1]


@dataclass(frozen=True, slots=True)
class Measured:
    """One rule: its numbers by each way, and the seconds of each."""

    numbers: dict[str, Numbers]
    seconds: dict[str, float]


def measured(
    store: Store, catalogue: Catalogue, profile: Profile, rule: Rule, field: rules_networkx.Field
) -> Measured:
    """One rule by all ways."""
    kept, of_kept = timed(lambda: read_snapshot(store, catalogue, profile, ROUND).figure(rule), times=3)
    _, of_page = timed(lambda: subjects_page(store, catalogue, profile, ROUND, rule), times=3)
    asked, of_asked = timed(lambda: figure(store, rule, profile, ROUND, seconds=600))
    numbers, of_peer = peer(field, rule, profile)
    return Measured(
        {
            "networkx": numbers,
            "kept": (kept.population, kept.gaps, kept.unknown),
            "asked": (asked.population, asked.gaps, asked.unknown),
        },
        {"kept": of_kept, "page": of_page, "asked": of_asked, "networkx": of_peer},
    )


def main(members: int, heap: str, page_cache: str) -> int:
    """The table, and whether numbers agree and limits hold."""
    catalogue, profile = read_catalogue(), replace(read_profile(), given=Reckoning(ROUND, "setting"))
    with tempfile.TemporaryDirectory() as name:
        true, graph = prepared(members, Path(name), heap, page_cache)
    field = rules_networkx.Field(networkx_graph(graph))
    del graph
    faults: list[str] = []
    with Store.open(stores.address(), read_seconds=600) as store:
        _, seconds = timed(lambda: refresh_findings(store, catalogue, profile))
        print(
            f"{seconds:7.1f} s  brought up: every rule asked, its gaps noted, its figures kept", flush=True
        )
        print(
            "   kept s    page s   asked s  networkx s  kept/nx  asked/nx  rule: (population, gaps, unknown)"
        )
        for rule in catalogue.rules:
            found = measured(store, catalogue, profile, rule, field)
            of, numbers = found.seconds, set(found.numbers.values())
            if len(numbers | {true.get(rule.id, found.numbers["networkx"])}) > 1:
                faults.append(f"{rule.id}: {found.numbers}, the survey's own answer {true.get(rule.id)}")
            if of["kept"] > FIGURE_SECONDS or of["page"] > PAGE_SECONDS:
                faults.append(f"{rule.id}: too slow")
            print(
                f"{of['kept']:9.3f} {of['page']:9.3f} {of['asked']:9.2f} {of['networkx']:11.3f} "
                f"{of['kept'] / of['networkx']:8.3f} {of['asked'] / of['networkx']:9.2f}  "
                f"{rule.id}: {found.numbers['networkx']}",
                flush=True,
            )
        seconds = overview(store, catalogue, profile)
    print(f"{seconds:9.2f} s  the whole overview")
    if seconds > OVERVIEW_SECONDS:
        faults.append(f"the overview took {seconds:.1f} s")
    print("\n".join(faults) or "every number is the peer's and the survey's own; every limit holds")
    return int(bool(faults))


if __name__ == "__main__":
    line = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    line.add_argument("members", type=int, nargs="?", default=2_000_000)
    line.add_argument("--heap", default="5g")
    line.add_argument("--pagecache", default="3g")
    asked_for = line.parse_args()
    sys.exit(main(asked_for.members, asked_for.heap, asked_for.pagecache))
