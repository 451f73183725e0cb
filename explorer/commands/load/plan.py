"""A plan on the terminal and as JSON: what a load, an undo or a newer round changes, in figures and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.commands.context import Context
from explorer.loading.load_facts import PARTS, Changed, Part, Step, names_in, only_held, shortened, steps
from graph_model.graph import Graph
from graph_model.plan import Plan
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.text import Text

if TYPE_CHECKING:
    from graph_model.store.store import Store

MOST_SHOWN = 12
"""So many steps of each part stand in the table; --json has them all."""
MOST_TOLD = 100_000
"""So many of each part stand in the JSON: a first load of a city would be larger than the memory."""
_TABLE_ORDER: Sequence[Part] = ("removed", "changed", "moved", "added")
"""First what somebody may not have meant."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The steps of a plan as the viewer may see them, and how many are not among them."""

    steps: tuple[Step, ...]
    left_out: int


def listed(context: Context, plan: Plan, graph: Graph, store: Store | None = None, *, most: int) -> Listed:
    """At most `most` steps of each part. `graph`: what the round says; what else is named is asked of the store."""
    short, left_out = shortened(plan, most)
    held = store.nodes(only_held(short, graph)) if store is not None else ()
    return Listed(tuple(steps(short, names_in(short, graph, held), context.viewer)), left_out)


def as_value(plan: Plan, found: Listed) -> dict[str, Any]:
    """The plan as JSON says it."""
    return {
        "plan": plan.counts(),
        "moves": len(plan.moves()),
        "list": [
            {
                "what": s.part,
                "type": s.type,
                "name": s.name,
                "changes": [_told(c) for c in s.changes],
            }
            for s in found.steps
        ],
        "list_left_out": found.left_out,
    }


def _told(one: Changed) -> dict[str, str | None]:
    return {"property": one.name or None, "before": one.before or None, "after": one.after or None}


def show_plan(
    context: Context, title: Text, plan: Plan, found: Listed, *, nothing: Text, as_json: bool = True
) -> None:
    """How many of each type, then the list; `nothing` is printed where there is no difference.

    `as_json`: the command can give all of it as JSON.
    """
    counts = plan.counts()
    types = [t for t in (*NODE_TYPES, *EDGE_TYPES) if any(t in part for part in counts.values())]
    if not types:
        context.line(nothing)
        return
    context.table(
        title,
        (Text("类型", "Type"), *(PARTS[p] for p in PARTS if p in counts)),
        [(context.named(t), *(counts[part].get(t, 0) for part in counts)) for t in types],
    )
    if moves := len(plan.moves()):
        context.line(
            Text(
                f"其中 {moves} 项是变动（换单位或转组织关系）。",
                f"{moves} of these {'is a move' if moves == 1 else 'are moves'}.",
            )
        )
    _table(context, found)
    if found.left_out:
        context.line(_more(found.left_out, as_json=as_json))


def _more(count: int, *, as_json: bool) -> Text:
    if not as_json:
        return Text(f"……另有 {count} 项。", f"… and {count} more.")
    return Text(
        f"……另有 {count} 项，加 --json 查看全部。", f"… and {count} more; see them all with --json."
    )


def _table(context: Context, found: Listed) -> None:
    rows = [
        row
        for part in _TABLE_ORDER
        for step in found.steps
        if step.part == part
        for row in _rows(context, step)
    ]
    context.table(
        Text("逐项变化", "One by one"),
        (
            Text("变化", "Change"),
            Text("类型", "Type"),
            Text("名称", "Name"),
            Text("内容", "What"),
            Text("变更前", "Before"),
            Text("变更后", "After"),
        ),
        rows,
    )


def _rows(context: Context, step: Step) -> list[tuple[object, ...]]:
    """A line for each property that changes."""
    head = context.say(PARTS[step.part]), context.named(step.type), step.name
    if not step.changes:
        return [(*head, "", "", "")]
    return [(*head, c.text, c.before or None, c.after or None) for c in step.changes]
