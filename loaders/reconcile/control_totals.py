"""The control totals counted in a desired graph: what a load will find, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from itertools import chain, groupby
from operator import itemgetter

from graph_model.coverage.areas import AREA_LABELS
from graph_model.graph import EdgeKey, Graph, Node
from graph_model.schema import label_of

EMPTY_GRAPH = Graph({}, {})
ROWS_OF: Mapping[str, str] = {"members": "Member"}
"""Total -> the node type whose rows it counts; every other total counts rows of units."""


def computed_totals(graph: Graph, held: Graph = EMPTY_GRAPH) -> dict[str, int]:
    """{total id: number}, by the same definitions as graph_model/coverage/totals.toml, without a store.

    `held`: what a partial load may refer to; it is asked what a company is, and never counted itself.
    """
    known = companies(graph, held)
    return _counted(graph, held, known, {k for k in known if k in graph.nodes})


def computed_totals_by_area(graph: Graph, held: Graph = EMPTY_GRAPH) -> dict[str, dict[str, int]]:
    """{area key: {total id: number}}: the same totals, of the companies that manage each area.

    A company that manages two areas is counted in both, so that the areas add up to more than the whole.
    """
    known = companies(graph, held)
    per_unit = _per_unit(graph, held, known)
    found: dict[str, dict[str, int]] = {
        k: dict.fromkeys(per_unit, 0) for k, n in graph.nodes.items() if n.label in AREA_LABELS
    }
    for unit, areas in areas_of_units(graph, held).items():
        for area in areas if unit in known else ():
            counts = found.setdefault(area, dict.fromkeys(per_unit, 0))
            for total, numbers in per_unit.items():
                counts[total] += numbers[unit]
            counts["commercial" if label_of(area) == "CommercialArea" else "residential"] += (
                unit in graph.nodes
            )
    return found


def areas_of_units(graph: Graph, held: Graph = EMPTY_GRAPH) -> dict[str, tuple[str, ...]]:
    """Unit key -> the areas that it manages, in the round or as it is held."""
    found: dict[str, set[str]] = defaultdict(set)
    for source in (graph, held):
        for _, unit, area in _ties(source, "MANAGES"):
            found[unit].add(area)
    return {unit: tuple(sorted(areas)) for unit, areas in found.items()}


def employers(graph: Graph, of: Container[str]) -> dict[str, str]:
    """Member key -> the company that employs them; units other than `of` are left out."""
    return {s: t for _, s, t in _ties(graph, "EMPLOYED_BY") if t in of}


def companies(graph: Graph, held: Graph = EMPTY_GRAPH) -> dict[str, Node]:
    """The companies by key: those of the round, and others that are held."""
    known = {k: n for k, n in held.nodes.items() if _is_company(n) and k not in graph.nodes}
    return known | {k: n for k, n in graph.nodes.items() if _is_company(n)}


def _is_company(node: Node) -> bool:
    return node.label == "Unit" and node.properties.get("kind") == "property_company"


def _ties(graph: Graph, type_: str) -> Iterable[EdgeKey]:
    """The ties of a type."""
    # edges are in order as a rule, so that those of a type stand together
    return chain.from_iterable(run for of, run in groupby(graph.edges, itemgetter(0)) if of == type_)


def _organised(graph: Graph, held: Graph, companies: Mapping[str, Node]) -> set[str]:
    return {
        t
        for _, s, t in _ties(graph, "ORGANISED_IN")
        if t in companies and "dissolved" not in (graph.nodes.get(s) or held.nodes[s]).properties
    }


def _counted(graph: Graph, held: Graph, companies: Mapping[str, Node], own: set[str]) -> dict[str, int]:
    ownership = Counter(companies[k].properties.get("ownership") for k in own)
    managing = {(s, label_of(t)) for _, s, t in _ties(graph, "MANAGES") if s in companies}
    employed = [(s, t) for _, s, t in _ties(graph, "EMPLOYED_BY") if t in companies]
    return {
        "companies": len(own),
        "collective": ownership["collective"],
        "private": ownership["private"],
        "commercial": _labelled(managing, "CommercialArea"),
        "residential": _labelled(managing, "ResidentialArea"),
        "with_branch": len(_organised(graph, held, companies)),
        "with_members": len({t for _, t in employed}),
        "members": len({s for s, _ in employed}),
    }


def _labelled(managing: Iterable[tuple[str, str]], label: str) -> int:
    return sum(found == label for _, found in managing)


def _per_unit(graph: Graph, held: Graph, companies: Mapping[str, Node]) -> dict[str, Mapping[str, int]]:
    """Total -> company -> how much it adds to each of its areas; an area's kind comes later."""
    own = [k for k in companies if k in graph.nodes]
    members: Counter[str] = Counter(map(itemgetter(2), _ties(graph, "EMPLOYED_BY")))
    return {
        "companies": Counter(own),
        "collective": Counter(k for k in own if companies[k].properties.get("ownership") == "collective"),
        "private": Counter(k for k in own if companies[k].properties.get("ownership") == "private"),
        "commercial": Counter(),
        "residential": Counter(),
        "with_branch": Counter(_organised(graph, held, companies)),
        "with_members": Counter(members.keys()),
        "members": members,
    }
