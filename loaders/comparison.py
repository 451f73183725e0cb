"""Compare a round with what the store holds: the plan, the movements, and the names that may be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from graph_model.coverage.measures import count_openings
from graph_model.graph import Graph, counts_of, digest
from graph_model.inverse_plan import apply_plan
from graph_model.plan import Plan, make_plan
from graph_model.progress import Progress
from graph_model.store.graph_source import GraphSource, InMemoryGraph
from graph_model.store.store import State, Store
from loaders.forms.form import single_name_relationships
from loaders.reconcile.control_totals import EMPTY_GRAPH
from loaders.reconcile.movement import Movement, movements, with_openings
from loaders.resolve.affected_subgraph import rename_candidates, touched
from loaders.resolve.aliases import AliasBook, MatchProposal, propose_renames
from loaders.resolve.people import propose_corrections
from loaders.survey import ParsedRound


@dataclass(frozen=True, slots=True)
class Comparison:
    """A round against what is held of it.

    `beside`: what it may refer to without bringing it along. `digest`: gives that of what the store holds
    after a complete round.
    """

    held: Graph
    beside: Graph
    plan: Plan
    renamed: tuple[MatchProposal, ...]
    movements: tuple[Movement, ...]
    digest: Callable[[], str] | None = None


def compare_complete(
    store: Store, state: State, reading: ParsedRound, aliases: AliasBook, on_progress: Progress | None
) -> Comparison:
    """A complete round. Where the store says that it holds just this graph, it is not read again."""
    graph = reading.graph
    mark = cache(partial(digest, graph))  # made while writing, where there is nothing to compare it with
    same = (
        state.digest is not None
        and state.digest == mark()
        and without_zeros(store.counts()) == counts_of(graph)
    )
    held = graph if same else store.held(on_progress)
    plan = make_plan(graph, held, complete=True)
    return Comparison(
        held,
        EMPTY_GRAPH,
        plan,
        (
            *propose_renames(graph, held, aliases),
            *(
                propose_corrections(graph, InMemoryGraph(held), held.nodes, aliases)
                if held.nodes and held is not graph
                else ()
            ),
        ),
        movements(held, graph),  # which is what a complete round leaves behind
        mark,
    )


def without_zeros(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The counts of the types of which there is something."""
    return {of: {name: n for name, n in those.items() if n} for of, those in counts.items()}


def compare_partial(
    store: Store, state: State, holdings: GraphSource, reading: ParsedRound, aliases: AliasBook
) -> Comparison:
    """A partial round: only what it names is read."""
    graph = reading.graph
    held = touched(graph, holdings)
    plan = make_plan(graph, held, complete=False, one=single_name_relationships())
    moved = movements(held, apply_plan(plan, held), part=bool(state.version))
    openings = count_openings(store, {m.area for m in moved if m.area}) if moved else {}
    return Comparison(
        held,
        held,
        plan,
        (
            *propose_renames(graph, rename_candidates(graph, holdings, held), aliases),
            *propose_corrections(graph, holdings, held.nodes, aliases),
        ),
        with_openings(moved, openings) if held.nodes or any(openings.values()) else (),
    )
