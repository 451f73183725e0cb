"""The legend as a filter: what is switched off leaves the scene, and its counts say what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from explorer.scene.scene import Scene, SceneEdge, SceneNode


def relationship_key(type_: str) -> str:
    """The legend's key of a tie type.

    >>> relationship_key("MANAGES")
    'tie:MANAGES'
    """
    return f"tie:{type_}"


def filter_keys(node: SceneNode) -> tuple[str, ...]:
    """Every entry of the legend that a node belongs to; switching off one of them hides it."""
    return (node.type, *((node.ring,) if node.ring else ()), *node.facets)


def apply_filters(scene: Scene, off: Collection[str]) -> Scene:
    """The scene without what is switched off, as exports and tables show it."""
    if not off:
        return scene
    gone = set(off)
    nodes = tuple(n for n in scene.nodes if gone.isdisjoint(filter_keys(n)))
    there = {n.id for n in nodes}
    edges = tuple(e for e in scene.edges if _stays(e, there, gone))
    counts = Counter(key for n in nodes for key in filter_keys(n))
    counts.update(relationship_key(e.type) for e in edges)
    legend = tuple(replace(e, count=counts[e.key]) for e in scene.legend if counts[e.key])
    filters = tuple(replace(e, count=counts[e.key]) for e in scene.filters if counts[e.key])
    return replace(scene, nodes=nodes, edges=edges, legend=legend, filters=filters)


def _stays(edge: SceneEdge, there: set[str], gone: set[str]) -> bool:
    return edge.source in there and edge.target in there and relationship_key(edge.type) not in gone
