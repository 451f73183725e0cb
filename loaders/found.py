"""The control totals counted in a desired graph: what a load will find, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from graph_model.graph import Graph, Node
from graph_model.schema import label_of

EMPTY = Graph({}, {})
AREA_LABELS = ("ResidentialArea", "CommercialArea")
ROWS_OF: Mapping[str, str] = {"members": "Member"}
"""Total -> the node type whose rows it counts; every other total counts rows of units."""


def found_totals(graph: Graph, held: Graph = EMPTY) -> dict[str, int]:
    """{total id: number}, by the same definitions as graph_model/totals.toml, without a store.

    `held`: what a partial load may refer to; it is asked what a company is, and never counted itself.
    """
    companies = _companies(graph, held)
    return _counted(graph, held, companies, {k for k in companies if k in graph.nodes})


def found_by_area(graph: Graph, held: Graph = EMPTY) -> dict[str, dict[str, int]]:
    """{area key: {total id: number}}: the same totals, of the companies that manage each area.

    A company that manages two areas is counted in both, so that the areas add up to more than the whole.
    """
    companies = _companies(graph, held)
    per_unit = _per_unit(graph, held, companies)
    found: dict[str, dict[str, int]] = {
        k: dict.fromkeys(per_unit, 0) for k, n in graph.nodes.items() if n.label in AREA_LABELS
    }
    for unit, areas in areas_of_units(graph, held).items():
        for area in areas if unit in companies else ():
            counts = found.setdefault(area, dict.fromkeys(per_unit, 0))
            for total, numbers in per_unit.items():
                counts[total] += numbers[unit]
            counts["commercial" if label_of(area) == "CommercialArea" else "residential"] += (
                unit in graph.nodes
            )
    return found


def areas_of_units(graph: Graph, held: Graph = EMPTY) -> dict[str, tuple[str, ...]]:
    """Unit key -> the areas that it manages, in the round or as it is held."""
    found: dict[str, set[str]] = defaultdict(set)
    for source in (graph, held):
        for type_, unit, area in source.edges:
            if type_ == "MANAGES":
                found[unit].add(area)
    return {unit: tuple(sorted(areas)) for unit, areas in found.items()}


def employers(graph: Graph, held: Graph = EMPTY) -> dict[str, str]:
    """Member key -> the company that employs them; other units are left out."""
    companies = _companies(graph, held)
    return {s: t for type_, s, t in graph.edges if type_ == "EMPLOYED_BY" and t in companies}


def _companies(graph: Graph, held: Graph) -> dict[str, Node]:
    known = {k: n for k, n in held.nodes.items() if _is_company(n) and k not in graph.nodes}
    return known | {k: n for k, n in graph.nodes.items() if _is_company(n)}


def _is_company(node: Node) -> bool:
    return node.properties.get("kind") == "property_company"


def _organised(graph: Graph, held: Graph, companies: Mapping[str, Node]) -> set[str]:
    return {
        t
        for type_, s, t in graph.edges
        if type_ == "ORGANISED_IN"
        and t in companies
        and "dissolved" not in (graph.nodes.get(s) or held.nodes[s]).properties
    }


def _counted(graph: Graph, held: Graph, companies: Mapping[str, Node], own: set[str]) -> dict[str, int]:
    ownership = Counter(companies[k].properties.get("ownership") for k in own)
    managing = {(s, label_of(t)) for type_, s, t in graph.edges if type_ == "MANAGES" and s in companies}
    employed = [(s, t) for type_, s, t in graph.edges if type_ == "EMPLOYED_BY" and t in companies]
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
    members: Counter[str] = Counter(t for type_, _, t in graph.edges if type_ == "EMPLOYED_BY")
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
