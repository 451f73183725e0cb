"""What one transaction needs of the bundled engine's memory: asked before it begins, not when the engine dies of it."""

from __future__ import annotations

from graph_model.errors import StoreError
from graph_model.plan import Plan
from graph_model.store.driver import more_heap

BASE_MIB, THINGS_PER_MIB = 64, 600
"""The engine keeps a transaction in its memory until the commit. Measured with members of ten properties and two ties
each: 256 MiB took 93,000 things and died of 124,000."""


def needed_mib(things: int) -> int:
    """About how much memory the engine needs to write so many nodes and edges in one transaction.

    >>> needed_mib(0), needed_mib(600_000)
    (64, 1064)
    """
    return BASE_MIB + things // THINGS_PER_MIB


def check_room(plan: Plan, heap_mib: int | None) -> None:
    """Raise StoreError where a plan is too large for so much memory; None is a server, which knows by itself."""
    things = size_of(plan)
    needed = needed_mib(things)
    if heap_mib is None or needed <= heap_mib:
        return
    todo = more_heap(needed)
    raise StoreError(
        f"这次导入要写入 {things} 项，约需内置引擎内存 {needed} MiB，现有 {heap_mib} MiB，没有写入任何内容。{todo.zh}",
        f"This load writes {things} things, for which the bundled engine needs about {needed} MiB; it has {heap_mib} "
        f"MiB. Nothing was written. {todo.en}",
    )


def size_of(plan: Plan) -> int:
    """How many nodes and edges a plan writes."""
    nodes = (plan.added_nodes, plan.changed_nodes, plan.removed_nodes, plan.restated_nodes)
    edges = (plan.added_edges, plan.changed_edges, plan.removed_edges, plan.restated_edges)
    return sum(map(len, (*nodes, *edges)))
