"""Read the part of the stored graph that a partial round affects, so that the rest need not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph_model.graph import EdgeKey, Graph, Node
from graph_model.plan import single_ends
from graph_model.schema import label_of
from graph_model.store.graph_source import GraphSource
from loaders.forms.form import single_name_relationships
from loaders.reconcile.control_totals import EMPTY_GRAPH
from loaders.resolve.aliases import RENAMED


def touched(desired: Graph, held: GraphSource) -> Graph:
    """What is held of the things and ties that a round names, and of the companies around them.

    For this round it stands for the whole: plan, control totals, and what came and left are the same.
    """
    ends = {end for _, source, target in desired.edges for end in (source, target)}
    nodes = held.nodes({*desired.nodes, *ends})
    targets: dict[str, set[str]] = defaultdict(set)
    for edge in desired.edges:
        for type_, end, key in single_ends(edge, single_name_relationships()):
            if end == "target":
                targets[type_].add(key)
    sources: dict[str, set[str]] = defaultdict(set)
    for type_, source, _ in desired.edges:
        sources[type_].add(source)
    edges = {k: e for type_, keys in sources.items() for k, e in held.ties(keys, [type_], "source").items()}
    for type_, those in targets.items():
        edges |= held.ties(those, [type_], "target")
    # a member counts where the company is, which the round may not say
    people = [k for k in desired.nodes if label_of(k) == "Member"]
    edges |= held.ties(people, ["EMPLOYED_BY"], "source")
    units = {k for k in nodes if label_of(k) == "Unit"}
    units |= {target for type_, _, target in edges if type_ == "EMPLOYED_BY"}
    edges |= held.ties(units, ["MANAGES"], "source")
    areas = {target for type_, _, target in edges if type_ == "MANAGES"}
    nodes |= held.nodes((units | areas) - nodes.keys())
    edges |= held.ties(_changing(desired, nodes, edges), ["EMPLOYED_BY"], "target")
    return Graph(nodes, edges)


def _changing(desired: Graph, nodes: Mapping[str, Node], edges: Mapping[EdgeKey, object]) -> set[str]:
    """The companies that come to count elsewhere than before, and with them everybody who works there."""
    moved = {k[1] for k in desired.edges if k[0] == "MANAGES" and k not in edges}
    kinds = {
        k
        for k, n in desired.nodes.items()
        if n.label == "Unit" and k in nodes and n.properties.get("kind") != nodes[k].properties.get("kind")
    }
    return {k for k in moved | kinds if k in nodes}


def rename_candidates(desired: Graph, held: GraphSource, part: Graph) -> Graph:
    """What is held that the new things of a round may be under another name: its names, and its ties."""
    fresh = {k: n for k, n in desired.nodes.items() if n.label in RENAMED and k not in part.nodes}
    if not fresh:
        return EMPTY_GRAPH
    nodes = dict(part.nodes)
    for label in sorted({n.label for n in fresh.values()}):
        for key, name, _, _ in held.named(label):
            nodes.setdefault(key, Node(label, key, {"name": name or ""}))
    beside = {
        far
        for _, source, target in desired.edges
        for near, far in ((source, target), (target, source))
        if near in fresh and far not in fresh
    }
    edges = held.ties(beside)
    alike = {end for _, *ends in edges for end in ends if end in nodes and end not in desired.nodes}
    return Graph(nodes, edges | held.ties(alike))
